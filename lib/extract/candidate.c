#include "extract/candidate.h"

#include "base/buf.h"
#include "extract/finder.h"
#include "extract/panel.h"
#include "extract/rating.h"
#include "json/write.h"

bool
finder_in_section(const struct field *f, const struct clause *c)
{
	return f->sections == 0 || (f->sections & c->sections) != 0;
}

/* Whether the field may have a value here, by section and by subject. */
bool
finder_standing_at(const struct finder *x, const struct field *f,
    const struct clause *c, uint32_t from, uint32_t to)
{
	return finder_in_section(f, c) && reading_concerns(x->r, f, from, to);
}

/* "左叶结节性甲状腺肿,大结节2.8cm": a word that only says again what it was. */
static bool
is_any_thing(const struct reading *r, const struct topic *t)
{
	static const char *const words[] = { "结节", "大者", "病灶", "最大灶",
		NULL };
	struct slice s =
	    slice_span(r->view.text.p + t->from, r->view.text.p + t->to);

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_is(s, words[i]))
			return true;
	return false;
}

/* Whether the subject is only said along with others: 其余瓣膜. */
bool
finder_is_weak(const struct finder *x, uint32_t field, uint32_t at)
{
	const struct reading *r = x->r;
	const struct topic *t = reading_topic(r, at);
	const struct clause *c;

	if (t == NULL || r->type->fields[field].how.weak.n == 0)
		return false;
	if (is_any_thing(r, t) && t > r->topics &&
	    reading_clause(r, t[-1].from)->sentence ==
		reading_clause(r, t->from)->sentence)
		t--;
	c = reading_clause(r, t->from);
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_WEAK && w->field == field &&
		    r->hits[k].from >= t->from && r->hits[k].from < t->to)
			return true;
	}
	return false;
}

/* "A1g、B0.6g(均第3天)": the objects of the sentence that 均 is said of, or 0. */
static uint32_t
all_of_them(const struct reading *r, const struct field *f,
    const struct clause *c, uint32_t at)
{
	const struct cast *cast = &r->casts[f->group];
	uint32_t mask = 0, from = c->from;

	for (size_t i = 0; i < cast->nnamings && cast->namings[i].to <= at; i++)
		if (reading_clause(r, cast->namings[i].from)->sentence ==
		    c->sentence) {
			mask |= cast->namings[i].objects;
			from = cast->namings[i].to;
		}
	return from < at &&
		slice_find(
		    slice_span(r->view.text.p + from, r->view.text.p + at),
		    SLICE("均")) != NULL
	    ? mask
	    : 0;
}

/* Whether an object is named in the sentence of a clause or the one before. */
static bool
was_just_named(
    const struct reading *r, const struct field *f, const struct clause *c)
{
	const struct cast *cast = &r->casts[f->group];
	const struct clause *last = r->clauses;

	for (size_t i = 0;
	     i < cast->nnamings && cast->namings[i].from < c->from; i++)
		last = reading_clause(r, cast->namings[i].from);
	return last->sentence + 1 >= c->sentence;
}

/* Which first part of an object's place a hit says, or -1. */
static int
place_code(
    const struct field *id, const struct doctype *t, const struct word *w)
{
	if (&t->fields[w->field] != id)
		return -1;
	if (w->role == ROLE_PART)
		return w->value >> 16 == 0 ? (int)w->value : -1;
	return w->role == ROLE_CODE ? (int)w->value : -1;
}

static const struct clause *
first_of_sentence(const struct reading *r, const struct clause *c)
{
	while (c > r->clauses && c[-1].sentence == c->sentence)
		c--;
	return c;
}

/* Whether a word that sets objects aside stands in the sentence. */
static bool
is_set_aside(
    const struct reading *r, const struct field *f, const struct clause *c)
{
	for (size_t k = first_of_sentence(r, c)->hit; k < r->nhits; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (reading_clause(r, r->hits[k].from)->sentence != c->sentence)
			return false;
		if (w->role == ROLE_EXCLUDE && w->value == (uint32_t)f->group)
			return true;
	}
	return false;
}

/* "实质回声不均,见散在点状强回声": told of the gland, and no object announced. */
static bool
is_of_gland(const struct reading *r, const struct clause *c, uint32_t at,
    const struct field *id)
{
	const struct clause *first = first_of_sentence(r, c);
	struct slice s;

	s = slice_span(r->view.text.p + first->from, r->view.text.p + at);
	if (slice_find(s, SLICE("实质")) == NULL &&
	    slice_find(s, SLICE("腺体")) == NULL)
		return false;
	for (size_t k = first->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_ANCHOR && &r->type->fields[w->field] == id)
			return false;
	}
	return true;
}

/*
 * "左叶见粗大钙化。右叶结节5mm": before any object is spoken of, what the sentence
 * says of a place where none is, is of none; nor is "散在低回声区,非结节".
 */
static bool
is_of_none(const struct reading *r, const struct field *f, uint32_t at)
{
	const struct doctype *t = r->type;
	const struct field *id = t->groups[f->group].identify;
	const struct cast *cast = &r->casts[f->group];
	const struct clause *c = reading_clause(r, at);

	if (id == NULL || cast->n == 0 ||
	    (!id->announced && !candidate_is_measured(f)))
		return false;
	if (id->announced &&
	    (is_set_aside(r, f, c) || is_of_gland(r, c, at, id)))
		return true;
	for (size_t k = reading_first_hit(r, at); k-- > 0;) {
		int code = place_code(id, t, reading_word(r, &r->hits[k]));

		if (reading_clause(r, r->hits[k].from)->sentence != c->sentence)
			return false;
		if (code < 0)
			continue;
		for (size_t i = 0; i < cast->n; i++)
			if (cast->objects[i].part[0].code < 0 ||
			    cast->objects[i].part[0].code == code)
				return false;
		return true;
	}
	return false;
}

/* "停用A(已用7天)": the last name of the clause before a place is no object's. */
static bool
is_of_no_object(const struct reading *r, const struct field *f,
    const struct clause *c, uint32_t at)
{
	const struct cast *cast = &r->casts[f->group];
	const struct field *id = r->type->groups[f->group].identify;

	for (size_t k = reading_first_hit(r, at); k-- > c->hit;) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);

		if (w->role != ROLE_CODE || &r->type->fields[w->field] != id)
			continue;
		for (size_t i = 0; i < cast->nnamings; i++)
			if (cast->namings[i].from <= h->from &&
			    cast->namings[i].to >= h->to)
				return false;
		return true;
	}
	return false;
}

/*
 * Whose the value is: of several objects of the clause the one named last
 * before it.  False where objects must be named and none is yet.
 */
static bool
own_objects(const struct reading *r, const struct field *f, uint32_t at,
    uint32_t *objects)
{
	const struct clause *c = reading_clause(r, at);
	const struct focus focus = reading_focus(r, f, c);
	bool named = r->type->groups[f->group].how->named;
	uint32_t here = reading_named(r, f, c, at), all;

	if (named && c->all && (all = all_of_them(r, f, c, at)) != 0) {
		*objects = all;
		return true;
	}
	/* "右叶结节与左叶结节均为低回声": of both, though the last is nearer. */
	if (c->all && !named)
		return true;
	if (here != 0 && (named || (*objects & (*objects - 1)) != 0))
		*objects = here;
	if (!named)
		return *objects != 0 || !is_of_none(r, f, at);
	/* A table of susceptibilities may stand before the only name. */
	if (r->casts[f->group].n == 1 && f->d->type == TYPE_TEXT)
		return true;
	if (here == 0 && is_of_no_object(r, f, c, at))
		return false;
	return here != 0 ||
	    (focus.last != 0 && !reading_names(r, f, c) &&
		(!candidate_is_measured(f) || was_just_named(r, f, c)));
}

/*
 * "4枚实性结节:右肺上叶…;左肺下叶…": what the head of a list says before its colon,
 * with how many there are, is of all.
 */
static bool
is_said_of_list(const struct reading *r, const struct field *f,
    const struct clause *c, uint32_t at)
{
	static const char *const counts[] = { "枚", "个", "多发", "均", NULL };
	const struct cast *cast = &r->casts[f->group];
	const char *p = r->view.text.p;
	const char *colon = memchr(p + at, ':', c->to - at);
	struct slice head;
	bool counted = false;

	if (colon == NULL || cast->n < 2 || candidate_is_measured(f))
		return false;
	head = slice_span(p + c->from, colon);
	for (size_t i = 0; counts[i] != NULL; i++)
		counted |= slice_find(head, slice_of(counts[i])) != NULL;
	for (size_t i = 0; i < cast->nnamings && counted; i++)
		counted = cast->namings[i].from < c->from ||
		    p + cast->namings[i].from > colon;
	return counted;
}

static void
insert(struct candidates *out, struct candidate *k)
{
	struct candidate **at = &out->first[k->field];
	struct candidate *last = out->last[k->field];

	if (last == NULL || last->from <= k->from) {
		if (last != NULL)
			at = &last->next;
		out->last[k->field] = k;
	} else {
		while ((*at)->from <= k->from)
			at = &(*at)->next;
	}
	k->next = *at;
	*at = k;
}

struct candidate *
candidate_add(struct candidates *out, const struct reading *r, uint32_t field,
    uint32_t from, uint32_t to, int score)
{
	const struct field *f = &r->type->fields[field];
	const struct clause *c = reading_clause(r, from);
	const struct focus focus = reading_focus(r, f, c);
	uint32_t objects = focus.objects;
	struct candidate *k;

	if (f->how.own && f->group >= 0 && !own_objects(r, f, from, &objects))
		return NULL;
	if (out->count[field] >= CANDIDATE_MAX) {
		out->too_many[field] = true;
		return NULL;
	}
	if (f->group >= 0 && (objects & (objects - 1)) != 0) {
		uint32_t labelled = reading_labelled(r, f, c, from, to);

		objects = labelled != 0 ? labelled : objects;
	}
	out->count[field]++;
	k = arena_zalloc(r->arena, sizeof(*k));
	k->field = field;
	k->from = from;
	k->to = to;
	k->score = f->preferred & c->sections ? score + SCORE_PREFERRED : score;
	/* "共4.8ml(术前2.4ml,术后2.4ml)": of its own time before one of any. */
	if (r->type->events != 0 && f->group < 0 && c->marked &&
	    (c->sections & f->sections & ~r->type->events) != 0)
		k->score += SCORE_TIMED;
	k->context = reading_context(r, from, to) & ~f->how.despite;
	k->objects = objects;
	k->last = focus.last;
	if (f->how.own && f->group >= 0 && is_said_of_list(r, f, c, from))
		k->objects = k->last = 0;
	insert(out, k);
	return k;
}

struct candidate *
finder_add(
    struct finder *x, uint32_t field, uint32_t from, uint32_t to, int score)
{
	return candidate_add(x->out, x->r, field, from, to, score);
}

const char *
candidate_lost(const struct candidate *c)
{
	static const struct {
		enum cue_kind kind;
		const char *why;
	} reasons[] = { { CUE_HISTORY, "of another time" },
		{ CUE_OUTSIDE, "of another house" },
		{ CUE_PLANNED, "planned or advised" },
		{ CUE_ELSEWHERE, "of something else" },
		{ CUE_INSTRUCTS, "the sentence instructs its reader" },
		{ CUE_UNCERTAIN, "in doubt" }, { CUE_NEGATED, "denied" } };

	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		if (c->context & 1u << reasons[i].kind)
			return reasons[i].why;
	return "another has a better score or came first";
}

uint32_t
finder_distance(const struct hit *h, const struct measure *m)
{
	if (h->to <= m->from)
		return h->to < m->lead ? m->lead - h->to : 0;
	return h->from >= m->to ? h->from - m->to : 0;
}

/* The nearest word of this role and field in the clause, or UINT32_MAX. */
uint32_t
finder_nearest(const struct finder *x, const struct clause *c, enum role role,
    uint32_t field, const struct measure *m)
{
	uint32_t best = UINT32_MAX;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);

		if (w->role == role && w->field == field &&
		    finder_distance(&x->r->hits[k], m) < best)
			best = finder_distance(&x->r->hits[k], m);
	}
	return best;
}

struct slice
finder_quoted(const struct finder *x, struct slice s)
{
	struct buf b = { 0 };
	struct slice out;

	json_put_string(&b, s);
	out = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
	return out;
}

/* A text's value: as it was written, without the blanks of noise. */
struct slice
finder_written(const struct finder *x, uint32_t from, uint32_t to)
{
	return finder_quoted(x, view_words(&x->r->view, from, to, x->r->arena));
}

void
candidates_find(struct candidates *out, const struct reading *r)
{
	struct finder x = { .r = r, .out = out };
	size_t n = r->type->nfields + 1;

	out->first = arena_zalloc(r->arena, n * sizeof(*out->first));
	out->last = arena_zalloc(r->arena, n * sizeof(*out->last));
	out->count = arena_zalloc(r->arena, n * sizeof(*out->count));
	out->too_many = arena_zalloc(r->arena, n * sizeof(*out->too_many));
	x.taken = arena_zalloc(r->arena, r->nmeasures + 1);
	finder_cells(&x);
	for (size_t i = 0; i < r->type->nfields; i++)
		for (size_t k = 0; k < r->type->fields[i].npatterns; k++)
			finder_pattern(
			    &x, (uint32_t)i, &r->type->fields[i].patterns[k]);
	panel_find(out, r);
	rating_find(&x);
	for (size_t i = 0; i < r->nmeasures; i++)
		if (!x.taken[i])
			finder_measure(&x, &r->measures[i]);
	for (size_t i = 0; i < r->nhits; i++)
		finder_word(&x, &r->hits[i]);
}
