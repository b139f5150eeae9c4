#include "extract/rival.h"

static bool
rests_on(const struct answer *a, const struct evidence *place)
{
	for (const struct evidence *e = a->evidence; e != NULL; e = e->next)
		if (e->span.from == place->span.from &&
		    e->span.to == place->span.to &&
		    slice_eq(e->src, place->src))
			return true;
	return false;
}

/* The bit of the object of this number among those that live. */
static uint32_t
object_bit(uint32_t alive, unsigned number)
{
	while (--number > 0)
		alive &= alive - 1;
	return alive & -alive;
}

static bool
speaks_of(const struct answers *all, const struct answer *a,
    const struct candidate *c)
{
	uint32_t alive = a->object == 0 ? 0 : all->groups[a->group].alive;

	return alive == 0 || c->objects == 0 ||
	    (c->objects & object_bit(alive, a->object)) != 0;
}

void
rivals_add(struct answers *all, const struct reading *r,
    const struct candidates *found, const struct source *sources,
    size_t nsources)
{
	for (size_t i = 0; i < all->n; i++) {
		struct answer *a = &all->list[i];
		const struct field *f = doctype_field(r->type, a->d->id);
		const struct rival **end = &a->rivals;
		const struct candidate *c =
		    f == NULL ? NULL : found->first[f - r->type->fields];

		for (; c != NULL; c = c->next) {
			const struct evidence *place =
			    evidence_at(r, sources, nsources, c->from, c->to);
			struct rival *one;

			if (!speaks_of(all, a, c) || rests_on(a, place))
				continue;
			one = arena_zalloc(r->arena, sizeof(*one));
			one->value = c->value;
			one->rule = c->rule;
			one->place = place;
			one->why = candidate_lost(c);
			*end = one;
			end = &one->next;
		}
	}
}
