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

/* The candidate of a sum's parts, or the next one, that counts. */
static const struct candidate *
next_part(const struct field *f, const struct candidate *c)
{
	while (c != NULL &&
	    (!candidate_stands(f, c) || c->total || c->measure == NULL))
		c = c->next;
	return c;
}

/* Whether parts of what ends at a byte are told behind it: "(", ":", 其中. */
static bool
tells_parts(const struct reading *r, uint32_t from, uint32_t to)
{
	struct slice s = slice_span(r->view.text.p + from, r->view.text.p + to);

	return memchr(s.p, '(', s.n) != NULL || memchr(s.p, ':', s.n) != NULL ||
	    slice_find(s, SLICE("其中")) != NULL;
}

/*
 * "2/19枚(食管旁1/9,贲门旁1/6,胃左动脉旁0/4)": a first ratio that is in both
 * numbers the sum of those told behind it is their total, though no word calls
 * it one.
 */
static const struct candidate *
total_of_parts(const struct reading *r, const struct field *f,
    const struct candidate *first)
{
	const struct candidate *total = next_part(f, first), *c;
	double sum[2] = { 0, 0 };
	unsigned n = 0;

	for (c = total; c != NULL; c = next_part(f, c->next), n++) {
		if (c->measure->kind != MEASURE_RATIO)
			return NULL;
		if (n == 1 && !tells_parts(r, total->measure->to, c->from))
			return NULL;
		for (size_t i = 0; i < 2; i++)
			sum[i] += decimal_double(&c->measure->value[i]);
	}
	for (size_t i = 0; i < 2 && n > 2; i++)
		if (sum[i] != 2 * decimal_double(&total->measure->value[i]))
			return NULL;
	return n > 2 ? total : NULL;
}

/* "另送2枚,均未见转移(0/2)": it comes on top of a total before it. */
static bool
is_besides(const struct reading *r, const struct candidate *c)
{
	const struct clause *own = reading_clause(r, c->from);
	const struct clause *first = own;

	if (own > r->clauses && own[-1].sentence == own->sentence)
		first--;
	return slice_find(slice_span(r->view.text.p + first->from,
			      r->view.text.p + c->from),
		   SLICE("另")) != NULL;
}

/* Ranges and fractions are not added up: the sum then has no value. */
void
tally_sum(struct tally *t, const struct reading *r, const struct field *f,
    const struct candidate *first, const struct candidate *stated)
{
	const struct candidate *all =
	    stated != NULL ? stated : total_of_parts(r, f, first);
	struct decimal sum = decimal_of_long(0, r->arena);
	struct err e;

	*t = (struct tally){ 0 };
	for (const struct candidate *c = first; c != NULL; c = c->next) {
		if (c != all &&
		    (c != next_part(f, c) ||
			(all != NULL &&
			    (c->from < all->to || !is_besides(r, c)))))
			continue;
		if (c->measure->kind == MEASURE_RANGE ||
		    !decimal_add(
			&sum, number_of(f, c->measure), r->arena, &sum, &e))
			return;
		rests_on(t, c);
	}
	if (t->n > 0)
		t->value = decimal_text(&sum, r->arena);
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
tally_objects(struct tally *t, const struct reading *r, const struct field *f,
    const struct candidate *first, unsigned nobjects, bool vague)
{
	const struct candidate *total = NULL, *most = NULL, *none = NULL;
	struct slice own = slice_of(arena_printf(r->arena, "%u", nobjects));
	const struct candidate *same = NULL, *best;

	*t = (struct tally){ 0 };
	for (const struct candidate *c = first; c != NULL; c = c->next) {
		if (!candidate_stands(f, c))
			continue;
		if (c->measure == NULL)
			none = tally_denies_all(r, first) ? c : NULL;
		else if (c->total)
			total = c;
		else if (is_more(f, c, most))
			most = c;
		if (c->measure != NULL && slice_eq(c->value, own))
			same = c;
	}
	if (most != NULL && candidate_extent(f, most->measure) < nobjects)
		most = NULL;
	if (same != NULL && most != NULL && tally_is_placed(r, same))
		same = NULL;
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
