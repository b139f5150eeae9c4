/*
 * The order of objects: that in which the text describes them, where it has
 * only counted or listed them before ("左叶2个,右叶1个。左叶上极结节5x4mm…").
 */
#include "extract/objects_part.h"

#include "extract/phrase.h"

/* Where each object's own size is told first; UINT32_MAX: nowhere. */
static bool
find_sizes(const struct tracker *t, uint32_t at[READING_OBJECTS])
{
	const struct reading *r = t->r;
	const struct clause *c = r->clauses;
	bool all = true;

	for (size_t i = 0; i < t->cast->n; i++)
		at[i] = UINT32_MAX;
	for (size_t k = 0; k < r->nmeasures; k++) {
		const struct measure *m = &r->measures[k];
		uint32_t objects;
		size_t i = 0;

		while (c + 1 < r->clauses + r->nclauses && c->to <= m->from)
			c++;
		objects = t->cast->focus[c - r->clauses].objects;
		if (m->unit == NULL || m->unit->dimension != DIM_LENGTH ||
		    reading_bits(objects) != 1)
			continue;
		while ((objects & (uint32_t)1 << i) == 0)
			i++;
		if (at[i] == UINT32_MAX)
			at[i] = m->from;
	}
	for (size_t i = 0; i < t->cast->n; i++)
		all &= at[i] != UINT32_MAX;
	return all;
}

/* Where each object's place is announced last: in the conclusion. */
static void
find_names(const struct tracker *t, uint32_t at[READING_OBJECTS])
{
	for (size_t i = 0; i < t->cast->n; i++) {
		at[i] = 0;
		for (size_t k = 0; k < t->nphrases; k++)
			if (t->phrases[k].code ==
				t->cast->objects[i].part[0].code &&
			    t->phrases[k].from > at[i])
				at[i] = t->phrases[k].from;
	}
}

static uint32_t
renumbered(uint32_t mask, const unsigned *number)
{
	uint32_t new = 0;

	for (unsigned i = 0; mask >> i != 0; i++)
		if (mask & (uint32_t)1 << i)
			new |= (uint32_t)1 << number[i];
	return new;
}

void
objects_order(struct tracker *t)
{
	struct cast *c = t->cast;
	struct object old[READING_OBJECTS];
	uint32_t at[READING_OBJECTS];
	unsigned number[READING_OBJECTS];
	bool moved = false;

	if (c->n < 2)
		return;
	if (t->phrases != NULL)
		find_names(t, at);
	else if (t->group->how->named || !find_sizes(t, at))
		return;
	for (size_t i = 0; i < c->n; i++) {
		number[i] = 0;
		old[i] = c->objects[i];
		for (size_t k = 0; k < c->n; k++)
			number[i] += at[k] < at[i];
		moved |= number[i] != i;
	}
	if (!moved)
		return;
	for (size_t i = 0; i < c->n; i++)
		c->objects[number[i]] = old[i];
	for (size_t i = 0; i < c->nnamings; i++)
		c->namings[i].objects =
		    renumbered(c->namings[i].objects, number);
	for (size_t i = 0; i < t->r->nclauses; i++) {
		struct focus *f = &c->focus[i];

		*f = (struct focus){ renumbered(f->objects, number),
			renumbered(f->last, number) };
	}
}
