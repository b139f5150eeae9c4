/*
 * Whether a measure is of now, of before or of all times.
 */
#include "extract/number_part.h"

/* Whether the bytes from a place on begin with a word of this time. */
static bool
begins_now(const struct reading *r, uint32_t at)
{
	static const char *const now[] = { "本次", "此次", "目前", "现片",
		NULL };

	for (size_t i = 0; now[i] != NULL; i++)
		if (slice_starts(slice_span(r->view.text.p + at,
				     r->view.text.p + r->view.text.n),
			now[i]))
			return true;
	return false;
}

/* Whether a word that turns to this time stands in [from,to): 现. */
static bool
is_resumed(const struct reading *r, uint32_t from, uint32_t to)
{
	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].to <= to; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CUE && w->value >> 8 == CUE_RESUMES)
			return true;
	}
	return false;
}

bool
number_is_dated_before(
    const struct finder *x, const struct clause *c, const struct measure *m)
{
	const struct reading *r = x->r;
	const struct clause *end = r->clauses + r->nclauses, *next = c + 1;
	const struct measure *date = NULL;

	for (size_t i = reading_first_measure(r, c->from);
	     i < r->nmeasures && r->measures[i].from < m->from; i++)
		if (r->measures[i].kind == MEASURE_DATE)
			date = &r->measures[i];
	if (date == NULL || is_resumed(r, date->to, m->from))
		return false;
	while (next < end && next->sentence == c->sentence &&
	    !begins_now(r, next->from))
		next++;
	return next < end && begins_now(r, next->from);
}

bool
number_is_past(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m)
{
	return x->past ||
	    (f->past != NULL &&
		((reading_context(x->r, m->from, m->to) & 1u << CUE_HISTORY) !=
			0 ||
		    number_is_dated_before(x, c, m)));
}

bool
number_is_of_all_times(
    const struct finder *x, const struct field *f, const struct clause *c)
{
	const struct clause *end = x->r->clauses + x->r->nclauses;

	if (x->r->type->events == 0 || f->sections == 0 || f->group >= 0 ||
	    c->marked)
		return false;
	for (const struct clause *k = c + 1;
	     k < end && k->sentence == c->sentence; k++)
		if (k->marked &&
		    (k->sections & ~f->sections & ~x->r->type->events) != 0)
			return true;
	return false;
}

bool
number_is_of_now(
    const struct finder *x, const struct clause *c, const struct measure *m)
{
	static const char *const now[] = { "今日", "本次", "目前", "此次",
		NULL };
	const struct reading *r = x->r;
	const char *p = r->view.text.p;
	const struct clause *b = c;

	while (b > r->clauses && b[-1].sentence == c->sentence && c - b < 2)
		b--;
	for (size_t k = b->hit; k < r->nhits && r->hits[k].from < m->from; k++)
		for (size_t i = 0; now[i] != NULL; i++)
			if (reading_word(r, &r->hits[k])->role == ROLE_CUE &&
			    slice_is(slice_span(p + r->hits[k].from,
					 p + r->hits[k].to),
				now[i]))
				return true;
	return false;
}
