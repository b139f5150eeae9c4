#include "extract/phrase.h"

#include <stdlib.h>

#include "extract/organ.h"
#include "extract/phrase_part.h"

#define MOST 128 /* phrases of a field in a text */

#define BAD_CONTEXT                                                         \
	(1u << CUE_HISTORY | 1u << CUE_OUTSIDE | 1u << CUE_PLANNED |        \
	    1u << CUE_ELSEWHERE | 1u << CUE_INSTRUCTS | 1u << CUE_NEGATED | \
	    1u << CUE_UNCERTAIN)

/* Where the field's words begin, of each role. */
static void
mark_roles(struct phrase_finder *x)
{
	const struct reading *r = x->r;

	x->roles =
	    arena_zalloc(r->arena, (r->view.text.n + 1) * sizeof(*x->roles));
	for (size_t k = 0; k < r->nhits; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->field != x->number)
			continue;
		x->roles[r->hits[k].from] |= 1u << w->role;
		x->any |= 1u << w->role;
	}
}

/* All places, announced or not. */
static void
grow_places(struct phrase_finder *x)
{
	const struct reading *r = x->r;
	size_t room = 0;
	uint32_t done = 0, linked = 0, behind = 0;

	for (size_t k = 0; k < r->nhits; k++) {
		const struct hit *h = &r->hits[k];
		const struct hit *anchor;
		struct place *place;
		struct phrase p;
		uint32_t from;

		if (phrase_has_role(x, h, ROLE_LINK) && h->to > linked)
			linked = h->to;
		/* "一[处]骨转移": the end of a link begins no place. */
		if (h->from < done ||
		    (h->from < linked && h->to == linked &&
			(x->roles[h->from] & 1u << ROLE_CODE) == 0) ||
		    (x->roles[h->from] &
			(1u << ROLE_CODE | 1u << ROLE_CHAIN)) == 0)
			continue;
		/* "右颈Ⅱ区多发肿大淋巴结": the noun stands behind links alone. */
		if (!phrase_grow(x, h->from, &p) &&
		    (p.to == p.from || phrase_grow_on(x, &p) == p.to)) {
			done = p.to;
			continue;
		}
		phrase_leave_kind(x, &p);
		x->places = arena_room(
		    r->arena, x->places, x->nplaces, &room, sizeof(*x->places));
		place = &x->places[x->nplaces++];
		place->from = p.from;
		phrase_take_nodes(x, &p);
		place->end = phrase_grow_on(x, &p);
		anchor = phrase_word_at(x, place->end, ROLE_ANCHOR);
		done = anchor != NULL ? anchor->to : place->end;
		from = phrase_named_before(x, behind, p.from);
		if (from < p.from && from == behind && x->nplaces > 1 &&
		    place[-1].end == from) {
			/* "右侧喉[返神经]旁": of the place before them. */
			p.from = place[-1].phrase.from;
			place[-1] =
			    (struct place){ p, place[-1].from, place->end };
			x->nplaces--;
		} else {
			p.from = from;
			place->phrase = p;
		}
		behind = done;
	}
}

/* Whether places stand in lists, each for itself. */
static bool
lists_places(const struct field *f)
{
	for (size_t i = 0; i < f->how.links.n; i++)
		if (slice_is(f->how.links.list[i], "、"))
			return true;
	return false;
}

static struct phrase_finder
finder_of(const struct reading *r, const struct field *f, unsigned bad)
{
	struct phrase_finder x = { .r = r,
		.field = f,
		.list = arena_alloc(r->arena, MOST * sizeof(struct phrase)),
		.number = (uint32_t)(f - r->type->fields),
		.lists = lists_places(f),
		.bad = bad };

	mark_roles(&x);
	grow_places(&x);
	return x;
}

static unsigned
organs_of(const struct phrase_finder *x, const struct phrase *p)
{
	const char *text = x->r->view.text.p;

	return organs_in(slice_span(text + p->from, text + p->to));
}

/* Whether a place is of no organ, or of one that is told already. */
static bool
is_told(const struct phrase_finder *x, const struct phrase *p)
{
	unsigned of = organs_of(x, p);

	return of == 0 || (of & x->told) != 0;
}

/* Of a list each place has its own mark, "肝(+)、肺(-)", if it has any. */
static bool
stands(const struct phrase_finder *x, const struct phrase *p, bool led)
{
	struct phrase_finder despite = *x;
	int mark = led ? reading_mark(x->r, p->to) : 0;

	if (mark > 0)
		despite.bad &= ~(1u << CUE_NEGATED);
	return mark >= 0 && phrase_holds(&despite, p->from, p->to);
}

static void
find(struct phrase_finder *x, enum announced how)
{
	bool listed = false; /* the place before was announced from before */
	uint32_t list_end = 0;

	for (size_t i = 0; i < x->nplaces && x->n < MOST; i++) {
		const struct place *place = &x->places[i];
		struct phrase p = place->phrase;
		bool led;

		if (x->told != 0 &&
		    (!phrase_is_announced(x, &p, place->end, how, false) ||
			is_told(x, &p)))
			continue;
		led = phrase_follows_strong(x, place->from) ||
		    (listed && phrase_goes_on_list(x, list_end, place));
		listed = led;
		list_end = place->end;
		if (how == BY_WEAK_WORD)
			phrase_leave_inside(x, &p);
		if (phrase_is_never(x, &p) ||
		    (!led && phrase_is_beside(x, p.from)) ||
		    !stands(x, &p, led) ||
		    !phrase_is_announced(x, &p, place->end, how, led))
			continue;
		if (how == BY_WEAK_WORD &&
		    (phrase_is_said_never(x, &p) ||
			phrase_is_told_other(x, &p)))
			continue;
		x->list[x->n++] = p;
	}
}

/*
 * The organs of the first n phrases in the sentence of the byte; all, where it
 * has none.
 */
static unsigned
organs_beside(const struct phrase_finder *x, size_t n, uint32_t at)
{
	const uint32_t sentence = reading_clause(x->r, at)->sentence;
	unsigned of = 0;

	for (size_t i = 0; i < n; i++)
		if (reading_clause(x->r, x->list[i].from)->sentence == sentence)
			of |= organs_of(x, &x->list[i]);
	return of != 0 ? of : ~0u;
}

/*
 * The organs that the anchors name, or those of the first n phrases where these
 * are what an anchor without one tells of.
 */
static unsigned
organs_announced(const struct phrase_finder *x, size_t n)
{
	const struct reading *r = x->r;
	const char *text = r->view.text.p;
	unsigned announced = 0;

	for (size_t k = 0; k < r->nhits; k++) {
		const struct hit *h = &r->hits[k];
		unsigned of;

		if (!phrase_has_role(x, h, ROLE_ANCHOR))
			continue;
		of = organs_in(slice_span(text + h->from, text + h->to));
		if ((of != 0 && (of & ~announced) == 0) ||
		    !phrase_is_anchor(x, h))
			continue;
		announced |= of != 0 ? of : organs_beside(x, n, h->from);
	}
	return announced;
}

/* "宫颈癌放疗后。骶骨异常信号": of another organ than all that is announced. */
static bool
is_of_other_organ(
    const struct phrase_finder *x, const struct phrase *p, size_t n)
{
	unsigned of;

	if (x->lists)
		return false;
	of = organs_of(x, p);
	return of != 0 && (of & organs_announced(x, n)) == 0;
}

/*
 * Of those by weak words the ones in an anchor's sentence, else the first,
 * unless the field lists places: of many things one is no metastasis.
 */
static void
keep_nearest(struct phrase_finder *x)
{
	struct phrase first = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++) {
		struct phrase p = x->list[i];

		if (is_of_other_organ(x, &p, 0))
			continue;
		if (first.to == 0)
			first = p;
		if (phrase_has_anchor_near(x, p.from))
			x->list[n++] = p;
	}
	if (n == 0 && first.to != 0 && !x->lists)
		x->list[n++] = first;
	x->n = n;
}

/* An anchor that stands: something is said to be there, if not where. */
static bool
has_anchor(const struct phrase_finder *x)
{
	if ((x->any >> ROLE_ANCHOR & 1) == 0)
		return false;
	for (size_t k = 0; k < x->r->nhits; k++)
		if (phrase_is_anchor(x, &x->r->hits[k]))
			return true;
	return false;
}

static bool
tells_nodes(const struct reading *r, const struct phrase *p)
{
	const char *text = r->view.text.p;
	uint32_t to = p->end > p->to ? p->end : p->to;

	return slice_find(slice_span(text + p->from, text + to),
		   SLICE("淋巴结")) != NULL;
}

/* "双肺", "双肺门淋巴结": the nodes of an organ are another place than it is. */
static bool
is_organ_of_nodes(
    const struct reading *r, const struct phrase *a, const struct phrase *b)
{
	static const struct slice organs[] = { SPELT("骨"), SPELT("肺"),
		SPELT("肝"), SPELT("脑"), SPELT("肾"), SPELT("胃"), SPELT("脾"),
		SPELT("胰"), SPELT("腹膜"), SPELT("胸膜"), SPELT("网膜"),
		SPELT_END };

	return slice_ends_in(r->view.text.p, a->to, organs) > 0 &&
	    !tells_nodes(r, a) && tells_nodes(r, b);
}

/* Whether all of a stands in b, in its order: 右肺 in 右肺上叶. */
static bool
is_within(
    const struct reading *r, const struct phrase *a, const struct phrase *b)
{
	uint32_t k = b->from;

	for (uint32_t i = a->from; i < a->to; i++) {
		while (k < b->to && r->view.text.p[k] != r->view.text.p[i])
			k++;
		if (k++ >= b->to)
			return false;
	}
	return !is_organ_of_nodes(r, a, b);
}

static bool
same_sentence(const struct phrase_finder *x, const struct phrase *a,
    const struct phrase *b)
{
	return reading_clause(x->r, a->from)->sentence ==
	    reading_clause(x->r, b->from)->sentence;
}

/* "左侧顶叶、小脑结节,脑转移瘤": the kind of place that another one is. */
static bool
is_kind_of(
    const struct reading *r, const struct phrase *kind, const struct phrase *p)
{
	static const struct {
		const char *kind, *parts[24];
	} kinds[] = { { "脑",
			  { "额", "颞", "顶", "枕", "岛", "脑", "基底节", "丘",
			      "胼胝", "桥", "延髓", NULL } },
		{ "骨",
		    { "骨", "椎", "肋", "髋", "T1", "T2", "L1", "L2", "L3",
			"L4", "L5", "腰", "骶", "髂", "胸1", "胸2", "胸3",
			"胸4", "胸5", "胸6", "胸7", "胸8", "胸9", NULL } } };
	static const char *const inside[] = { "脑内", "颅内", "脑实质", NULL };
	const char *text = r->view.text.p;
	struct slice a = slice_span(text + kind->from, text + kind->to);
	struct slice b = slice_span(text + p->from, text + p->to);

	for (size_t i = 0; inside[i] != NULL; i++)
		if (slice_is(a, inside[i]))
			a = slice_of(kinds[0].kind);
	/* "锁骨上[淋巴结]" is no bone. */
	if (slice_find(b, SLICE("淋巴结")) != NULL ||
	    slice_find(b, SLICE("锁骨")) != NULL)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		for (size_t k = 0;
		     slice_is(a, kinds[i].kind) && kinds[i].parts[k] != NULL;
		     k++)
			if (slice_find(b, slice_of(kinds[i].parts[k])) != NULL)
				return true;
	return false;
}

/*
 * Whether a phrase by a weak word tells more than the first n do: it is of an
 * anchor that has no place of its own (磨玻璃结节,病理微浸润腺癌), or says more
 * closely where one in its sentence is (前列腺外周带结节,前列腺癌).
 */
static bool
tells_more(const struct phrase_finder *x, const struct phrase *p, size_t n)
{
	bool alone = phrase_has_anchor_near(x, p->from);

	for (size_t i = 0; i < n; i++) {
		const struct phrase *o = &x->list[i];

		if (!same_sentence(x, o, p))
			continue;
		if (is_kind_of(x->r, o, p))
			return p->from != o->from;
		if (is_within(x->r, o, p))
			return p->to - p->from > o->to - o->from;
		alone = false;
	}
	return alone;
}

static int
by_place(const void *a, const void *b)
{
	const struct phrase *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

/*
 * "胃窦部胃壁增厚…。诊断:胃窦癌": of a place that the findings tell more closely
 * than the diagnosis does, the first that they tell.
 */
static bool
first_closer(const struct phrase_finder *x, const struct phrase *p, size_t n)
{
	if (x->lists)
		return false;
	for (size_t i = 0; i < x->n; i++)
		if (same_sentence(x, &x->list[i], p) ||
		    (i >= n && is_within(x->r, &x->list[0], &x->list[i])))
			return false;
	return n == 1 && is_within(x->r, &x->list[0], p) &&
	    p->to - p->from > x->list[0].to - x->list[0].from;
}

static void
add_closer(struct phrase_finder *x)
{
	struct phrase_finder weak = *x;
	size_t n = x->n;

	weak.list = arena_alloc(x->r->arena, MOST * sizeof(struct phrase));
	weak.n = 0;
	find(&weak, BY_WEAK_WORD);
	for (size_t i = 0; i < weak.n && x->n < MOST; i++)
		if ((tells_more(x, &weak.list[i], n) ||
			first_closer(x, &weak.list[i], n)) &&
		    !is_of_other_organ(x, &weak.list[i], n))
			x->list[x->n++] = weak.list[i];
	qsort(x->list, x->n, sizeof(*x->list), by_place);
}

/* "左侧顶叶、小脑结节,脑转移瘤": a kind goes where what is of it is told. */
static void
drop_kinds(struct phrase_finder *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++) {
		size_t k = 0;

		while (k < x->n &&
		    (k == i || !same_sentence(x, &x->list[i], &x->list[k]) ||
			!is_kind_of(x->r, &x->list[i], &x->list[k])))
			k++;
		if (k == x->n)
			x->list[n++] = x->list[i];
	}
	x->n = n;
}

/* "胰头部…。诊断:胰头癌": the longer of two names is the other one's region. */
static bool
is_region_of(const struct reading *r, const struct phrase *longer,
    const struct phrase *name)
{
	static const struct slice regions[] = { SPELT("部"), SPELT("处"),
		SPELT_END };
	const char *p = r->view.text.p;
	const uint32_t n = name->to - name->from;

	return longer->to - longer->from == n + PHRASE_HAN &&
	    slice_ends_in(p, longer->to, regions) > 0 &&
	    memcmp(p + longer->from, p + name->from, n) == 0;
}

/*
 * Phrases of one place have one code, and know the longest of them, or the last
 * where that is no more than a region of it.
 */
static void
tell_places(struct phrase_finder *x)
{
	int codes = 0;

	for (size_t i = 0; i < x->n; i++) {
		struct phrase *p = &x->list[i];

		p->code = codes;
		p->best = (uint32_t)i;
		for (size_t k = 0; k < i; k++) {
			const struct phrase *o = &x->list[k];

			if (!is_within(x->r, p, o) && !is_within(x->r, o, p))
				continue;
			p->code = o->code;
			p->best = o->best;
			break;
		}
		if (p->code == codes)
			codes++;
		if (p->to - p->from <=
			x->list[p->best].to - x->list[p->best].from &&
		    (same_sentence(x, &x->list[p->best], p) ||
			!is_region_of(x->r, &x->list[p->best], p)))
			continue;
		for (size_t k = 0; k <= i; k++)
			if (x->list[k].code == p->code)
				x->list[k].best = (uint32_t)i;
	}
}

/*
 * "食管上段癌…,下咽癌": besides a cancer that is told with its place, the organs
 * of others that stand in their names alone.
 */
static void
add_named(struct phrase_finder *x)
{
	struct phrase_finder named = *x;

	for (size_t i = 0; i < x->n; i++)
		named.told |= organs_of(x, &x->list[i]);
	if (named.told == 0)
		return;
	find(&named, WITHIN_ANCHOR);
	x->n = named.n;
	qsort(x->list, x->n, sizeof(*x->list), by_place);
}

/* Whether a place has the name of a phrase, and stands before it. */
static bool
is_same_before(const struct phrase_finder *x, const struct phrase *p,
    const struct phrase *of)
{
	const char *text = x->r->view.text.p;

	return p->from < of->from &&
	    slice_eq(slice_span(text + p->from, text + p->to),
		slice_span(text + of->from, text + of->to));
}

/*
 * "食管下段管壁增厚,长4cm。…诊断:食管下段癌": what the findings tell of a place
 * that is announced only later is of it, too.
 */
static void
add_earlier(struct phrase_finder *x)
{
	const size_t n = x->n;

	for (size_t i = 0; i < x->nplaces; i++) {
		const struct phrase *p = &x->places[i].phrase;
		size_t k = 0;

		while (k < n && !is_same_before(x, p, &x->list[k]))
			k++;
		if (k < n && x->n < MOST && phrase_holds(x, p->from, p->to))
			x->list[x->n++] = *p;
	}
	qsort(x->list, x->n, sizeof(*x->list), by_place);
}

struct phrase *
phrases_find(const struct reading *r, const struct field *f, size_t *n)
{
	struct phrase_finder x = finder_of(r, f, BAD_CONTEXT);

	find(&x, BY_ANCHOR);
	if (f->how.weak.n > 0 && has_anchor(&x)) {
		if (x.n > 0) {
			add_closer(&x);
		} else {
			find(&x, BY_WEAK_WORD);
			keep_nearest(&x);
		}
	}
	if (x.n == 0)
		find(&x, WITHIN_ANCHOR);
	else if (!x.lists)
		add_named(&x);
	if (x.n == 0)
		find(&x, BEHIND_ANCHOR);
	if (!x.lists)
		phrase_drop_treated(&x);
	drop_kinds(&x);
	if (!x.lists)
		add_earlier(&x);
	tell_places(&x);
	*n = x.n;
	return x.list;
}

bool
phrase_doubted(
    const struct reading *r, const struct field *f, struct phrase *out)
{
	struct phrase_finder x =
	    finder_of(r, f, BAD_CONTEXT & ~(1u << CUE_UNCERTAIN));

	find(&x, BY_ANCHOR);
	if (x.n > 0)
		*out = x.list[0];
	return x.n > 0;
}
