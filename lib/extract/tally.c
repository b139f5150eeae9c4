#include "extract/tally.h"

static void
rests_on(struct tally *t, const struct candidate *c)
{
	if (t->n < TALLY_PARTS)
		t->parts[t->n++] = c;
}

static const struct decimal *
number_of(const struct field *f, const struct measure *m)
{
	return &m->value[f->how.part == PART_SECOND ? 1 : 0];
}

/* Ranges and fractions are not added up: the sum then has no value. */
void
tally_sum(struct tally *t, const struct field *f, const struct candidate *first,
    struct arena *a)
{
	struct decimal sum = decimal_of_long(0, a);
	struct err e;

	*t = (struct tally){ 0 };
	for (const struct candidate *c = first; c != NULL; c = c->next) {
		if (!candidate_stands(f, c) || c->total || c->measure == NULL)
			continue;
		if (c->measure->kind == MEASURE_RANGE ||
		    !decimal_add(&sum, number_of(f, c->measure), a, &sum, &e))
			return;
		rests_on(t, c);
	}
	if (t->n > 0)
		t->value = decimal_text(&sum, a);
}

static bool
is_more(const struct field *f, const struct candidate *c,
    const struct candidate *than)
{
	return than == NULL ||
	    candidate_extent(f, c->measure) >
	    candidate_extent(f, than->measure);
}

void
tally_objects(struct tally *t, const struct field *f,
    const struct candidate *first, unsigned nobjects, bool vague,
    struct arena *a)
{
	const struct candidate *total = NULL, *most = NULL, *none = NULL;
	struct slice own = slice_of(arena_printf(a, "%u", nobjects));
	const struct candidate *same = NULL, *best;

	*t = (struct tally){ 0 };
	for (const struct candidate *c = first; c != NULL; c = c->next) {
		if (!candidate_stands(f, c))
			continue;
		if (c->measure == NULL)
			none = c;
		else if (c->total)
			total = c;
		else if (is_more(f, c, most))
			most = c;
		if (c->measure != NULL && slice_eq(c->value, own))
			same = c;
	}
	if (most != NULL && candidate_extent(f, most->measure) < nobjects)
		most = NULL;
	best = total != NULL ? total : same != NULL ? same : most;
	if (best == NULL && nobjects == 0)
		best = none;
	if (best != NULL) {
		t->value = best->value;
		rests_on(t, best);
	} else if (nobjects > 0 && !vague) {
		t->value = own;
	}
}
