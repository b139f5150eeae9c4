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

static int
by_place(const void *a, const void *b)
{
	const struct phrase *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
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
		if ((phrase_tells_more(x, &weak.list[i], n) ||
			phrase_first_closer(x, &weak.list[i], n)) &&
		    !is_of_other_organ(x, &weak.list[i], n))
			x->list[x->n++] = weak.list[i];
	qsort(x->list, x->n, sizeof(*x->list), by_place);
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
	phrase_drop_kinds(&x);
	if (!x.lists)
		add_earlier(&x);
	phrase_tell_places(&x);
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
