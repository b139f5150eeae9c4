/*
 * Values that go round the objects: as many sizes in a list as there are
 * objects, which may so become several, or a column of a table for each.
 */
#include "extract/objects_part.h"

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
void
objects_divide(struct tracker *t, struct clause *c)
{
	const struct object *one = objects_only(t->cast, t->now);
	const uint32_t first = t->now;
	unsigned n;

	if (t->now == 0 || t->group->how->named || t->group->identify == NULL ||
	    !t->group->identify->announced)
		return;
	n = listed(t, c, true);
	if (n < 2)
		return;
	if (n == reading_bits(t->now))
		c->each = true;
	if (one == NULL || one->label.n > 0)
		return;
	c->each = true;
	for (unsigned k = 1; k < n; k++) {
		struct object like = *one;
		int i = objects_new(t, SLICE(""));

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

static bool
are_alike(const struct measure *a, const struct measure *b)
{
	return a->unit == NULL || b->unit == NULL ||
	    a->unit->dimension == b->unit->dimension;
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
		    (m->kind != m[-1].kind || !are_alike(m, &m[-1]) ||
			!is_blank(r, m[-1].to, m->from)))
			return false;
	}
	return n == t->cast->n;
}

/*
 * "右叶…、左叶…,均30W,时间分别为40s、75s": as many values as objects so far; sizes
 * need no 分别.
 */
bool
objects_go_round(const struct tracker *t, const struct clause *c)
{
	return t->cast->n >= 2 &&
	    (is_row(t, c) || (c->each && listed(t, c, false) == t->cast->n) ||
		(t->cast->n == 2 && listed(t, c, true) == 2));
}
