/*
 * The objects of the repeating groups: told apart by labels (①, 结节1, 较大者)
 * and by their place, which may have two parts said apart (右叶 … 位于中部).
 * Where the field that tells them has anchors, a place is one only beside one.
 *
 * A clause speaks of the objects it names; else, within a sentence, of those
 * of the clause before it; else of all.
 */
#include "extract/phrase.h"
#include "extract/reading.h"

#include <stdlib.h>

#define BAD_CONTEXT                                                  \
	(1u << CUE_HISTORY | 1u << CUE_OUTSIDE | 1u << CUE_PLANNED | \
	    1u << CUE_ELSEWHERE | 1u << CUE_INSTRUCTS)

/* Of a word that excludes: it does not, or not yet. */
#define NOT_DONE (1u << CUE_PLANNED | 1u << CUE_INSTRUCTS)

#define LIST 32 /* clauses from the head of a list to its items */

#define TEST_REACH 96 /* bytes from the name of a test to its result */

#define DENIED (1u << CUE_NEGATED | 1u << CUE_UNCERTAIN)

struct tracker {
	struct reading *r;
	const struct group *group;
	struct cast *cast;
	struct hit *labels; /* word: 0 */
	size_t nlabels;
	struct phrase *phrases; /* that tell the objects, if codes do not */
	size_t nphrases, phrase;
	size_t room;               /* of the cast's namings */
	struct mention place;      /* the last first part that was said */
	const struct clause *idle; /* its clause, if no object is told there */
	uint32_t now, last;
	uint32_t sentence;
};

/* Which part of the identity a word is, or -1. */
static int
part_of(const struct tracker *t, const struct word *w, int *code)
{
	const struct field *id = t->group->identify;
	const struct field *f = &t->r->type->fields[w->field];

	*code = (int)w->value;
	if (f == t->group->also && w->role == ROLE_CODE)
		return 1;
	if (id == NULL || f != id)
		return -1;
	if (w->role == ROLE_PART) {
		*code = (int)(w->value & 0xFFFF);
		return (int)(w->value >> 16);
	}
	if (w->role != ROLE_CODE)
		return -1;
	return 0;
}

static int
label_cmp(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static void
find_labels(struct tracker *t)
{
	struct reading *r = t->r;
	size_t room = 64;

	t->labels = arena_alloc(r->arena, room * sizeof(*t->labels));
	for (size_t i = 0; i < t->group->nlabels; i++) {
		struct pattern_match m;
		size_t from = 0;

		while (t->nlabels < room &&
		    reading_match(r, t->group->labels[i], from, &m)) {
			t->labels[t->nlabels++] =
			    (struct hit){ (uint32_t)m.from[0],
				    (uint32_t)m.to[0], 0 };
			from = m.to[0] > m.from[0] ? m.to[0] : m.to[0] + 1;
			if (from >= r->view.text.n)
				break;
		}
	}
	qsort(t->labels, t->nlabels, sizeof(*t->labels), label_cmp);
}

static int
new_object(struct tracker *t, struct slice label)
{
	struct cast *c = t->cast;

	if (c->n >= t->group->how->max)
		return -1;
	c->objects[c->n] = (struct object){ .label = label,
		.part = { { -1, 0, 0 }, { -1, 0, 0 } } };
	return (int)c->n++;
}

static bool
agrees(const struct object *o, const struct mention part[2])
{
	for (int k = 0; k < 2; k++)
		if (part[k].code >= 0 && o->part[k].code >= 0 &&
		    part[k].code != o->part[k].code)
			return false;
	return part[0].code < 0 || o->part[0].code >= 0;
}

static void
fill(struct object *o, const struct mention part[2])
{
	for (int k = 0; k < 2; k++)
		if (part[k].code >= 0 && o->part[k].code < 0)
			o->part[k] = part[k];
}

static struct object *
only(struct cast *c, uint32_t mask)
{
	for (size_t i = 0; i < c->n; i++)
		if (mask == (uint32_t)1 << i)
			return &c->objects[i];
	return NULL;
}

/* The objects that a place means; one is made where none has it. */
static uint32_t
placed(struct tracker *t, const struct mention part[2])
{
	struct cast *c = t->cast;
	struct object *one = only(c, t->now != 0 ? t->now : t->last);
	uint32_t mask = 0;
	int i;

	/* "大者3mm,位于右肺上叶": its own place, not the one before. */
	if (part[0].code >= 0 && t->now != 0 && one != NULL && one->inherited &&
	    one->label.n > 0 && !agrees(one, part)) {
		one->part[0] = one->part[1] = (struct mention){ -1, 0, 0 };
		one->inherited = false;
		fill(one, part);
		return t->now;
	}
	if (part[0].code < 0 && one != NULL && agrees(one, part) &&
	    (t->place.code < 0 || one->part[0].code < 0 ||
		one->part[0].code == t->place.code)) {
		fill(one, part);
		return t->now != 0 ? t->now : t->last;
	}
	for (size_t k = 0; k < c->n; k++)
		if (agrees(&c->objects[k], part) &&
		    (part[0].code >= 0 ||
			c->objects[k].part[1].code == part[1].code))
			mask |= (uint32_t)1 << k;
	if ((one = only(c, mask)) != NULL)
		fill(one, part);
	if (mask != 0)
		return mask;
	i = new_object(t, SLICE(""));
	if (i < 0)
		return 0;
	fill(&c->objects[i], part);
	if (part[0].code < 0 && t->place.code >= 0) {
		c->objects[i].part[0] = t->place;
		c->objects[i].inherited = true;
	}
	return (uint32_t)1 << i;
}

/* Whether a clause says where something is. */
static bool
has_place(const struct tracker *t, const struct clause *c)
{
	int code;

	for (size_t k = c->hit; k < c->hits_end; k++)
		if (part_of(t, reading_word(t->r, &t->r->hits[k]), &code) >= 0)
			return true;
	return false;
}

/*
 * A word of the clause that announces an object, of the right subject; or one
 * that is the head of a list: "各1枚结节:".
 */
static bool
has_anchor(const struct tracker *t, const struct clause *c, bool head)
{
	const struct field *id = t->group->identify;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &t->r->hits[k];
		const struct word *w = reading_word(t->r, h);

		if (w->role == ROLE_ANCHOR &&
		    &t->r->type->fields[w->field] == id &&
		    reading_concerns(t->r, id, h->from, h->to) &&
		    (reading_context(t->r, h->from, h->to) &
			(BAD_CONTEXT | DENIED)) == 0 &&
		    (!head ||
			(h->to < c->to && t->r->view.text.p[h->to] == ':')))
			return true;
	}
	return false;
}

/* Whether the sentence of a clause is an item of the list before it. */
static bool
goes_on(const struct tracker *t, const struct clause *c)
{
	const struct view *v = &t->r->view;
	const struct clause *first = t->r->clauses;

	while (c > first && c[-1].sentence == c->sentence)
		c--;
	if (c->from == 0)
		return false;
	return v->text.p[c->from - 1] == ';' ||
	    (v->text.p[c->from - 1] == '\n' && v->text.p[c->from] >= '1' &&
		v->text.p[c->from] <= '9');
}

/*
 * A place is an object's where a word announces one: in its clause, in the
 * next ones of the sentence before another place is named ("右叶下极，直径约
 * 5mm的结节"), or in the one before it, which names none ("多发结节，大者位于右
 * 叶下极"); also in a list with such a head.
 */
static bool
announced(const struct tracker *t, const struct clause *c)
{
	const struct field *id = t->group->identify;
	const struct clause *first = t->r->clauses;
	const struct clause *end = first + t->r->nclauses;
	const struct object *one = only(t->cast, t->now);

	if (id == NULL || !id->announced || has_anchor(t, c, false) ||
	    (one != NULL && one->label.n > 0))
		return true;
	for (const struct clause *k = c + 1;
	     k < end && k->sentence == c->sentence && !has_place(t, k); k++)
		if (has_anchor(t, k, false))
			return true;
	for (const struct clause *k = c; k > first && c - k < LIST; k--) {
		bool here = k[-1].sentence == c->sentence;

		if (k[-1].sentence != k->sentence && !goes_on(t, k))
			break;
		if (has_anchor(t, k - 1, true) ||
		    (here && k == c && !has_place(t, k - 1) &&
			has_anchor(t, k - 1, false)))
			return true;
	}
	return false;
}

static bool
next_phrase(struct tracker *t, const struct clause *c, struct mention part[2])
{
	const struct phrase *p = &t->phrases[t->phrase], *best;

	part[1] = (struct mention){ -1, 0, 0 };
	if (t->phrase >= t->nphrases || p->from >= c->to)
		return false;
	t->phrase++;
	best = &t->phrases[p->best];
	part[0] = (struct mention){ p->code, best->from, best->to };
	if (best->rest != 0)
		part[1] = (struct mention){ 0, best->rest, best->end };
	return true;
}

/*
 * "肺炎支原体核酸 阳性": a spelling that is the name of a test tells of itself
 * only by a result, behind it before the next name or before it in its clause.
 */
static bool
is_mere_test(const struct tracker *t, const struct clause *c, size_t hit)
{
	const struct reading *r = t->r;
	const struct hit *h = &r->hits[hit];
	bool test = false;
	int code;

	for (size_t k = c->hit; k < r->nhits; k++) {
		const struct hit *o = &r->hits[k];
		const struct word *w = reading_word(r, o);

		if (o->from > h->to + TEST_REACH ||
		    (o->from >= h->to && part_of(t, w, &code) >= 0))
			break;
		test |= w->role == ROLE_TEST && o->from == h->to;
		if (w->role == ROLE_CUE && w->value >> 8 == CUE_AFFIRMED)
			return false;
	}
	return test;
}

/* A genus (诺卡菌属) without the word that calls it one. */
static struct slice
stem(struct slice name)
{
	static const char genus[] = "属";
	size_t n = sizeof(genus) - 1;

	if (name.n > n && memcmp(name.p + name.n - n, genus, n) == 0)
		name.n -= n;
	return name;
}

/*
 * Names that texts write as they like are of one object where one holds the
 * other: 诺卡菌属 is the 皮疽诺卡菌 of the same report.  The longer one stays.
 */
static int
known_as(const struct tracker *t, const struct hit *h, int code)
{
	const char *p = t->r->view.text.p;
	struct slice name = stem(slice_span(p + h->from, p + h->to));

	for (size_t i = 0; i < t->cast->n; i++) {
		struct mention *m = &t->cast->objects[i].part[0];
		struct slice other = stem(slice_span(p + m->from, p + m->to));

		if (m->code < 0)
			continue;
		if (slice_find(other, name) != NULL)
			return m->code;
		if (slice_find(name, other) != NULL) {
			*m = (struct mention){ code, h->from, h->to };
			return code;
		}
	}
	return code;
}

/* The next place said in the clause: its first part, its second, or both. */
static bool
next_place(struct tracker *t, const struct clause *c, size_t *k,
    struct mention part[2])
{
	const struct reading *r = t->r;
	const struct field *id = t->group->identify;
	unsigned bad = BAD_CONTEXT |
	    (t->group->how->named || (id != NULL && id->announced) ? DENIED
								   : 0);
	int seen = -1;

	if (t->phrases != NULL)
		return next_phrase(t, c, part);
	part[0] = part[1] = (struct mention){ -1, 0, 0 };
	for (; *k < c->hits_end; (*k)++) {
		const struct hit *h = &r->hits[*k];
		int code, which = part_of(t, reading_word(r, h), &code);

		if (which < 0 || (reading_context(r, h->from, h->to) & bad) ||
		    (id->sections != 0 && (id->sections & c->sections) == 0) ||
		    !reading_concerns(r, id, h->from, h->to) ||
		    (id->how.tests.n > 0 && is_mere_test(t, c, *k)))
			continue;
		if (which <= seen)
			return true;
		if (t->group->how->named && id->d->type == TYPE_TEXT)
			code = known_as(t, h, code);
		part[which] = (struct mention){ code, h->from, h->to };
		seen = which;
	}
	return seen >= 0;
}

/*
 * An object that was told by its place alone takes the label that comes behind
 * it: "右肺上叶两枚结节：较大者位于尖段" tells of no third one.
 */
static bool
adopt(struct tracker *t, struct slice label, const struct mention part[2])
{
	struct object *one = only(t->cast, t->now);

	if (one == NULL || one->label.n > 0 || !agrees(one, part))
		for (size_t k = 0; k < t->cast->n && part[0].code >= 0; k++) {
			one = &t->cast->objects[k];
			if (one->label.n == 0 && one->part[0].code >= 0 &&
			    agrees(one, part))
				break;
			one = NULL;
		}
	if (one == NULL || one->label.n > 0 || !agrees(one, part))
		return false;
	one->label = label;
	return true;
}

/* 较大者: of each place there may be one; ① is one object's alone. */
static bool
is_relative(struct slice label)
{
	static const char *const ends[] = { "者", "枚", NULL };

	for (size_t i = 0; ends[i] != NULL; i++)
		if (label.n >= 3 &&
		    memcmp(label.p + label.n - 3, ends[i], 3) == 0)
			return true;
	return false;
}

static uint32_t
labelled(
    struct tracker *t, struct slice label, const struct clause *c, bool *fresh)
{
	struct mention part[2];
	size_t hit = c->hit;
	int i;

	for (int again = 0; again < 2; again++) {
		if (again == 0)
			next_place(t, c, &hit, part);
		for (size_t k = 0; k < t->cast->n; k++)
			if (slice_eq(t->cast->objects[k].label, label) &&
			    (!is_relative(label) ||
				agrees(&t->cast->objects[k], part)))
				return (uint32_t)1 << k;
		if (again == 0) {
			if (!adopt(t, label, part))
				break;
		}
	}
	i = new_object(t, label);
	*fresh = i >= 0;
	return i < 0 ? 0 : (uint32_t)1 << i;
}

/* The labels of a clause; *fresh: an object was made for one. */
static uint32_t
clause_labels(struct tracker *t, const struct clause *c, bool *fresh)
{
	uint32_t mask = 0;

	for (size_t i = 0; i < t->nlabels; i++) {
		const struct hit *h = &t->labels[i];
		bool one = false;

		if (h->from < c->from || h->from >= c->to)
			continue;
		/* "较大者:①": the second is the label. */
		if (i + 1 < t->nlabels && h[1].from == h->to + 1 &&
		    t->r->view.text.p[h->to] == ':')
			continue;
		if ((reading_context(t->r, h->from, h->to) & BAD_CONTEXT) ||
		    (t->group->identify != NULL &&
			!reading_concerns(
			    t->r, t->group->identify, h->from, h->to)))
			continue;
		mask |= labelled(t,
		    slice_span(
			t->r->view.text.p + h->from, t->r->view.text.p + h->to),
		    c, &one);
		*fresh |= one;
	}
	return mask;
}

static void
note_naming(struct tracker *t, const struct mention part[2], uint32_t objects)
{
	struct cast *c = t->cast;
	const struct mention *m = part[0].code >= 0 ? &part[0] : &part[1];

	c->namings = arena_room(t->r->arena, c->namings, c->nnamings, &t->room,
	    sizeof(*c->namings));
	c->namings[c->nnamings++] = (struct naming){ m->from,
		part[1].code >= 0 && part[1].from == m->to ? part[1].to : m->to,
		objects };
}

/* "左叶大小正常,其内下极见结节": a place that is not yet an object's. */
static void
remember_place(struct tracker *t, const struct clause *c)
{
	struct mention part[2];
	size_t k = c->hit;

	while (next_place(t, c, &k, part))
		if (part[0].code >= 0) {
			t->place = part[0];
			t->idle = c;
		}
}

/* "右叶：49×20mm；其内囊实性结节": an object of the place that was said last. */
static uint32_t
of_idle_place(struct tracker *t, const struct clause *c)
{
	struct mention part[2] = { t->place, { -1, 0, 0 } };
	const struct field *id = t->group->identify;
	struct slice s =
	    slice_span(t->r->view.text.p + c->from, t->r->view.text.p + c->to);

	if (t->idle == NULL || t->idle == c || t->now != 0 || !id->announced ||
	    c->sentence - t->idle->sentence > 1 ||
	    (t->r->view.text.p[c->from - 1] != ';' &&
		!slice_starts(s, "其内") && !slice_starts(s, "内")) ||
	    has_place(t, c) || !has_anchor(t, c, false))
		return 0;
	t->idle = NULL;
	return placed(t, part);
}

static void
places(struct tracker *t, const struct clause *c, uint32_t by_label, bool fresh)
{
	struct object *one = only(t->cast, by_label);
	struct mention part[2];
	uint32_t mask = 0;
	size_t k = t->phrases != NULL || by_label != 0 || announced(t, c)
	    ? c->hit
	    : c->hits_end;

	if (k == c->hits_end && t->phrases == NULL)
		remember_place(t, c);
	if (by_label == 0)
		mask = of_idle_place(t, c);
	while (next_place(t, c, &k, part)) {
		t->idle = NULL;
		if (part[0].code >= 0)
			t->place = part[0];
		if (by_label == 0) {
			uint32_t objects = placed(t, part);

			mask |= objects;
			note_naming(t, part, objects);
		} else if (one != NULL) {
			fill(one, part);
		}
	}
	if (one != NULL && fresh && one->part[0].code < 0 &&
	    t->place.code >= 0) {
		one->part[0] = t->place;
		one->inherited = true;
	}
	if (by_label != 0)
		t->now = by_label;
	else if (mask != 0)
		t->now = mask;
}

static unsigned
bits(uint32_t mask)
{
	unsigned n = 0;

	for (; mask != 0; mask &= mask - 1)
		n++;
	return n;
}

/* Whether a measure may stand in a list of which first is the first. */
static bool
is_item(const struct measure *m, const struct measure *first)
{
	return (m->kind == MEASURE_DIMS || m->kind == MEASURE_NUMBER) &&
	    !m->past && !m->part && !m->reference && m->unit != NULL &&
	    (first == NULL || m->unit->dimension == first->unit->dimension);
}

/*
 * How many measures of one dimension a clause lists, "8x6mm、5x4mm"; 1 where
 * it lists none.  lengths: others are passed over.
 */
static unsigned
listed(const struct tracker *t, const struct clause *c, bool lengths)
{
	static const char *const links[] = { "、", "和", "及", "与", NULL };
	const struct reading *r = t->r;
	const struct measure *last = NULL;
	unsigned n = 0;

	for (size_t i = reading_first_measure(r, c->from);
	     i < r->nmeasures && r->measures[i].from < c->to; i++) {
		const struct measure *m = &r->measures[i];
		bool linked = false;

		if (!is_item(m, last) ||
		    (lengths && m->unit->dimension != DIM_LENGTH))
			continue;
		for (size_t k = 0; last != NULL && links[k] != NULL; k++)
			linked |= slice_is(slice_span(r->view.text.p + last->to,
					       r->view.text.p + m->from),
			    links[k]);
		if (n > 0 && !linked)
			return 1;
		last = m;
		n++;
	}
	return n < 1 ? 1 : n;
}

/* What the sentence has said of an object so far it says of others too. */
static void
share(struct tracker *t, const struct clause *c, uint32_t one, uint32_t others)
{
	struct cast *cast = t->cast;
	size_t i = (size_t)(c - t->r->clauses), k = cast->nnamings;
	uint32_t from = c->from;

	while (i > 0 && t->r->clauses[i - 1].sentence == c->sentence) {
		i--;
		if (cast->focus[i].objects == one)
			cast->focus[i].objects = cast->focus[i].last =
			    one | others;
		from = t->r->clauses[i].from;
	}
	while (k-- > 0 && cast->namings[k].from >= from)
		if (cast->namings[k].objects == one)
			cast->namings[k].objects |= others;
}

/* "右叶见两枚结节，分别为8x6mm、5x4mm": as many objects as sizes. */
static void
divide(struct tracker *t, struct clause *c)
{
	const struct object *one = only(t->cast, t->now);
	const uint32_t first = t->now;
	unsigned n;

	if (t->now == 0 || t->group->how->named || t->group->identify == NULL ||
	    !t->group->identify->announced)
		return;
	n = listed(t, c, true);
	if (n < 2)
		return;
	if (n == bits(t->now))
		c->each = true;
	if (one == NULL || one->label.n > 0)
		return;
	c->each = true;
	for (unsigned k = 1; k < n; k++) {
		struct object like = *one;
		int i = new_object(t, SLICE(""));

		if (i < 0)
			break;
		t->cast->objects[i] = like;
		t->now |= (uint32_t)1 << i;
	}
	share(t, c, first, t->now & ~first);
}

static bool
is_blank(const struct reading *r, uint32_t from, uint32_t to)
{
	return from < to
	    ? slice_is(
		  slice_span(r->view.text.p + from, r->view.text.p + to), " ")
	    : from == to && r->view.gap[to];
}

/*
 * "功率(W) 35 30": a line of a table has a column an object; blanks alone part
 * as many measures as there are objects.
 */
static bool
is_row(const struct tracker *t, const struct clause *c)
{
	const struct reading *r = t->r;
	size_t first = reading_first_measure(r, c->from), n = 0;

	for (const struct measure *m = r->measures + first;
	     m < r->measures + r->nmeasures && m->to <= c->to; m++) {
		if (n++ > 0 &&
		    (m->kind != m[-1].kind || !is_blank(r, m[-1].to, m->from)))
			return false;
	}
	return n == t->cast->n;
}

/* "右叶…、左叶…,均30W,时间分别为40s、75s": as many values as objects so far. */
static bool
goes_round(const struct tracker *t, const struct clause *c)
{
	return t->cast->n >= 2 &&
	    (is_row(t, c) || (c->each && listed(t, c, false) == t->cast->n));
}

static uint32_t
all_so_far(const struct cast *c)
{
	return c->n == 0 ? 0 : UINT32_MAX >> (32 - c->n);
}

/* 前者, 后者: of the two objects that were named last. */
static uint32_t
one_of_two(const struct tracker *t, const struct clause *c)
{
	struct slice s =
	    slice_span(t->r->view.text.p + c->from, t->r->view.text.p + c->to);

	if (t->cast->n < 2)
		return 0;
	if (slice_find(s, SLICE("前者")) != NULL)
		return (uint32_t)1 << (t->cast->n - 2);
	if (slice_find(s, SLICE("后者")) != NULL)
		return (uint32_t)1 << (t->cast->n - 1);
	return 0;
}

/* The objects that the text names between two places of a clause. */
static uint32_t
named_between(
    const struct tracker *t, const struct clause *c, uint32_t from, uint32_t to)
{
	const struct cast *cast = t->cast;
	uint32_t mask = 0;

	for (size_t i = cast->nnamings; i-- > 0;) {
		const struct naming *m = &cast->namings[i];

		if (m->from < c->from)
			break;
		if (m->from >= from && m->from < to)
			mask |= m->objects;
	}
	if (!t->group->how->named)
		return mask;
	/* "停用X" denies X, which so makes no object, and may mean one. */
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &t->r->hits[k];
		int code;

		if (h->from < from || h->from >= to ||
		    part_of(t, reading_word(t->r, h), &code) != 0 ||
		    (reading_context(t->r, h->from, h->to) & BAD_CONTEXT) != 0)
			continue;
		for (size_t i = 0; i < cast->n; i++)
			if (cast->objects[i].part[0].code == code)
				mask |= (uint32_t)1 << i;
	}
	return mask;
}

/*
 * The objects that an excluding word means: those that its clause names, as
 * far as no word that resumes stands between (停用A改为B); else the ones that
 * are spoken of, by their labels or from before.
 */
static uint32_t
excluded_by(const struct tracker *t, const struct clause *c,
    const struct hit *word, uint32_t labels)
{
	const struct reading *r = t->r;
	uint32_t from = c->from, to = c->to;
	bool names = false;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		int code;

		names |= part_of(t, reading_word(r, h), &code) >= 0;
		if ((reading_word(r, word)->value & ROLE_GONE) != 0 ||
		    reading_word(r, h)->role != ROLE_CUE ||
		    reading_word(r, h)->value >> 8 != CUE_RESUMES)
			continue;
		if (h->to <= word->from)
			from = h->to;
		else if (h->from >= word->to && h->from < to)
			to = h->from;
	}
	return names && labels == 0 ? named_between(t, c, from, to) : t->now;
}

static void
set_aside(struct tracker *t, uint32_t mask)
{
	for (size_t i = 0; i < t->cast->n; i++)
		if (mask & (uint32_t)1 << i)
			t->cast->objects[i].excluded = true;
}

/*
 * "A改为B": what the clause names before a word of change, else what was spoken
 * of last, gives way to what it names behind it.
 */
static void
replace(struct tracker *t, const struct clause *c)
{
	const struct reading *r = t->r;

	if (!t->group->how->named)
		return;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);
		uint32_t old, new;

		if (w->role != ROLE_CUE || w->value >> 8 != CUE_RESUMES ||
		    (w->value & 0xFF) != SCOPE_SENTENCE ||
		    (reading_context(r, h->from, h->to) & NOT_DONE))
			continue;
		new = named_between(t, c, h->to, c->to);
		old = named_between(t, c, c->from, h->from);
		if (new != 0)
			set_aside(t, (old != 0 ? old : t->last) & ~new);
	}
}

static void
exclude(struct tracker *t, const struct clause *c, uint32_t labels)
{
	const struct reading *r = t->r;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);
		uint32_t mask;

		if (w->role != ROLE_EXCLUDE ||
		    (w->value & ~ROLE_GONE) !=
			(uint32_t)(t->group - r->type->groups) ||
		    (reading_context(r, h->from, h->to) & NOT_DONE))
			continue;
		mask = excluded_by(t, c, h, labels);
		if ((w->value & ROLE_GONE) == 0)
			set_aside(t, mask);
		for (size_t i = 0; i < t->cast->n; i++)
			if (w->value & ROLE_GONE && mask & (uint32_t)1 << i)
				t->cast->objects[i].gone = true;
	}
}

/*
 * "病灶1…术后19mm / 病灶2 大小22mm": where a new object begins a sentence, its
 * story begins again, up to the next word of a section.
 */
static void
reopen(struct reading *r, size_t i)
{
	if (i == 0 || r->type->opening == 0 ||
	    r->clauses[i].sentence == r->clauses[i - 1].sentence)
		return;
	for (; i < r->nclauses && !r->clauses[i].marked; i++)
		r->clauses[i].sections = r->type->opening;
}

static void
follow(struct tracker *t)
{
	struct reading *r = t->r;

	const struct field *id = t->group->identify;

	find_labels(t);
	if (id != NULL && id->how.chain.n > 0)
		t->phrases = phrases_find(r, id, &t->nphrases);
	for (size_t i = 0; i < r->nclauses; i++) {
		const struct clause *c = &r->clauses[i];
		const size_t known = t->cast->n;
		bool fresh = false;
		uint32_t labels;

		if (c->sentence != t->sentence)
			t->now = 0;
		t->sentence = c->sentence;
		labels = clause_labels(t, c, &fresh);
		if (labels == 0)
			labels = one_of_two(t, c);
		places(t, c, labels, fresh);
		if (known > 0 && t->cast->n > known)
			reopen(r, i);
		if (labels == 0 && !has_place(t, c) && goes_round(t, c))
			r->clauses[i].each = r->clauses[i].all = true;
		else
			divide(t, &r->clauses[i]);
		exclude(t, c, labels);
		replace(t, c);
		if (t->now != 0)
			t->last = t->now;
		t->cast->focus[i] = (struct focus){ t->now, t->last };
		if (c->all && labels == 0 && !has_place(t, c))
			t->cast->focus[i] =
			    (struct focus){ 0, all_so_far(t->cast) };
	}
}

void
reading_objects(struct reading *r)
{
	const struct doctype *type = r->type;

	r->casts =
	    arena_zalloc(r->arena, (type->ngroups + 1) * sizeof(*r->casts));
	for (size_t g = 0; g < type->ngroups; g++) {
		struct tracker t = { .r = r,
			.group = &type->groups[g],
			.cast = &r->casts[g],
			.place = { -1, 0, 0 } };

		t.cast->focus = arena_alloc(
		    r->arena, (r->nclauses + 1) * sizeof(*t.cast->focus));
		follow(&t);
	}
}
