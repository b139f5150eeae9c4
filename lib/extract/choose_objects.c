/*
 * Which objects of the reading a group has answers for; one without a place
 * where the text describes such a thing all the same.
 */
#include "extract/choose_part.h"

/* Whether words announce the objects of a group, and not places alone. */
static bool
is_told(const struct reading *r, int group)
{
	const struct field *id = r->type->groups[group].identify;

	return id != NULL && id->announced;
}

/* Something said of this object and no other. */
static bool
has_own(const struct chooser *x, int group, unsigned object)
{
	const struct doctype *t = x->r->type;

	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];

		if (f->group != group || f == t->groups[group].identify ||
		    f == t->groups[group].also)
			continue;
		for (const struct candidate *c = x->found->first[i]; c != NULL;
		     c = c->next)
			if (candidate_stands(f, c) && c->objects != 0 &&
			    chooser_speaks_of(x, c, object) &&
			    (reading_bits(c->objects) == 1 ||
				reading_clause(x->r, c->from)->each))
				return true;
	}
	return false;
}

/* Whether a size of this object alone, or of all that are meant, is told. */
static bool
is_sized(const struct chooser *x, int group, unsigned object)
{
	const struct doctype *t = x->r->type;

	for (size_t i = 0; i < t->nfields; i++)
		for (const struct candidate *c = x->found->first[i]; c != NULL;
		     c = c->next)
			if (t->fields[i].group == group && c->measure != NULL &&
			    candidate_stands(&t->fields[i], c) &&
			    c->objects != 0 && chooser_speaks_of(x, c, object))
				return true;
	return false;
}

/*
 * "右肺下叶数枚微小结节,直径3mm以下": a number left open where it is told, none
 * of them picked out, and no size: nothing is described one by one.
 */
static bool
is_crowd(const struct chooser *x, int group, unsigned object)
{
	const struct reading *r = x->r;
	const struct object *o = &r->casts[group].objects[object];
	const struct clause *c;

	if (o->label.n > 0 || o->part[0].code < 0 || o->inherited ||
	    is_sized(x, group, object))
		return false;
	c = reading_clause(r, o->part[0].from);
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);

		if (w->role == ROLE_VAGUE && h->from >= o->part[0].to &&
		    r->type->fields[w->field].counts == group)
			return true;
	}
	return false;
}

/* Whether a value that a name stands behind is told in its sentence. */
static bool
stands_behind_value(
    const struct chooser *x, int group, uint32_t from, const struct naming *n)
{
	const struct reading *r = x->r;

	for (size_t i = 0; i < r->type->nfields; i++) {
		const struct field *f = &r->type->fields[i];
		const struct candidate *c =
		    f->group == group && f->how.pick == PICK_BEFORE
		    ? x->found->first[i]
		    : NULL;

		for (; c != NULL && c->from < n->from; c = c->next)
			if (c->from >= from && candidate_stands(f, c) &&
			    reading_clause(r, c->from)->sentence ==
				reading_clause(r, n->from)->sentence)
				return true;
	}
	return false;
}

/*
 * "尿:A,考虑污染。血:A": whether an object that was set aside is told anew, of
 * something else (血) that its name stands behind.
 */
static bool
is_told_anew(
    const struct chooser *x, int group, const struct object *o, unsigned object)
{
	const struct cast *cast = &x->r->casts[group];

	for (size_t i = 0; i < cast->nnamings; i++)
		if (cast->namings[i].from >= o->aside &&
		    (cast->namings[i].objects & (uint32_t)1 << object) != 0 &&
		    stands_behind_value(x, group, o->aside, &cast->namings[i]))
			return true;
	return false;
}

/*
 * Objects that are set aside in words go; so do those of which nothing is
 * said but where they are, if more is said of others and no word has announced
 * them as objects.
 */
static void
live_objects(struct chooser *x, int group)
{
	const struct cast *c = &x->r->casts[group];
	uint32_t all = 0, own = 0;

	for (unsigned i = 0; i < c->n; i++)
		if ((!c->objects[i].excluded ||
			is_told_anew(x, group, &c->objects[i], i)) &&
		    !(is_told(x->r, group) && is_crowd(x, group, i)))
			all |= (uint32_t)1 << i;
	x->alive[group] = all;
	if (reading_bits(all) < 2 || is_told(x->r, group) ||
	    x->r->type->groups[group].how->named)
		return;
	for (unsigned i = 0; i < c->n; i++)
		if ((all & (uint32_t)1 << i) && has_own(x, group, i))
			own |= (uint32_t)1 << i;
	if (own != 0)
		x->alive[group] = own;
}

/* Whether a word that announces the group's objects is no denial. */
static bool
is_mentioned(const struct chooser *x, int group)
{
	const struct reading *r = x->r;
	const struct field *id = r->type->groups[group].identify;

	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);

		if (w->role == ROLE_ANCHOR &&
		    &r->type->fields[w->field] == id &&
		    reading_concerns(r, id, h->from, h->to) &&
		    (reading_context(r, h->from, h->to) &
			(CANDIDATE_OUT | 1u << CUE_NEGATED |
			    1u << CUE_UNCERTAIN)) == 0)
			return true;
	}
	return false;
}

/* Whether some field of the group is never said once for all objects. */
static bool
has_own_fields(const struct doctype *t, int group)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].group == group && t->fields[i].how.own)
			return true;
	return false;
}

/*
 * Without a place: by something of its own ("设备输出30W" tells of no lesion);
 * where words announce the objects of the group, only by a measure.
 */
static bool
group_is_described(const struct chooser *x, int group)
{
	const struct doctype *t = x->r->type;
	bool told = is_told(x->r, group);
	bool own = !told && has_own_fields(t, group);

	if (told && !is_mentioned(x, group))
		return false;
	for (size_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];

		if (f->group != group || (own && !f->how.own))
			continue;
		for (const struct candidate *c = x->found->first[i]; c != NULL;
		     c = c->next)
			if (candidate_stands(f, c) &&
			    (!told || c->measure != NULL))
				return true;
	}
	return false;
}

void
chooser_count_objects(struct chooser *x, int group)
{
	struct group_answers *g = &x->out->groups[group];

	live_objects(x, group);
	g->alive = x->alive[group];
	g->nobjects = reading_bits(g->alive);
	if (g->nobjects == 0 && x->r->casts[group].n == 0 &&
	    !x->r->type->groups[group].how->named &&
	    group_is_described(x, group))
		g->nobjects = 1;
}
