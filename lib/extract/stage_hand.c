/*
 * What a person said of a record, before and in this run: it stands against
 * all that is found or computed.
 */
#include "extract/corrections.h"
#include "extract/keep.h"
#include "extract/stage_part.h"
#include "extract/unmet.h"

void
stage_keep(struct worker *w, struct record *r, const struct json_member *member,
    struct answers *out)
{
	keep_hand(out, guide_catalogue(w->x->guide), record_value(r, member),
	    record_trail(r, "extract"), record_arena(r));
}

static bool
tell(void *ctx, const struct filled_row *row, const struct err *why,
    struct err *e)
{
	struct worker *w = ctx;

	(void)e;
	if (why == NULL)
		w->met.rows[row - filled_at(w->x->filled, 0)] |= ROW_USED;
	else
		w->unapplied++;
	return true;
}

static bool
tell_nobody(void *ctx, const struct filled_row *row, const struct err *why,
    struct err *e)
{
	(void)ctx;
	(void)row;
	(void)why;
	(void)e;
	return true;
}

/* The first filled row of the record, or -1. */
static long
filled_of(const struct extract *x, struct record *r)
{
	struct slice key;

	if (x->filled == NULL ||
	    !corrections_key(r, x->names, x->on, &key, &(struct err){ 0 }))
		return -1;
	return filled_find(x->filled, key);
}

/* What a person says of the record, into what is merged. */
static bool
put_corrections(struct worker *w, struct record *r,
    const struct json_member *member, long first, corrections_tell *told,
    struct merged *m, struct changes *c, struct err *e)
{
	const struct extract *x = w->x;
	struct arena *arena = record_arena(r);
	struct json values =
	    m->values.n > 0 ? json_of(m->values) : record_value(r, member);
	struct json trail =
	    m->trail.n > 0 ? json_of(m->trail) : record_trail(r, "extract");

	if (!corrections_read(x->filled, first, guide_catalogue(x->guide),
		values, trail, arena, told, w, c, e))
		return false;
	if (c->n == 0)
		return true;
	m->values = hand_values(values, c->list, c->n, arena);
	m->trail = hand_entries(
	    trail, c->list, c->n, c->open == 0 ? c->by : SLICE(""), arena);
	return true;
}

bool
stage_foresee(struct worker *w, struct record *r,
    const struct json_member *member, struct answers *out, struct err *e)
{
	const struct extract *x = w->x;
	long first = filled_of(x, r);
	struct merged m;
	struct changes c;

	if (first < 0)
		return true;
	m = merge(r, member, out, guide_catalogue(x->guide), x->trace);
	if (!put_corrections(w, r, member, first, tell_nobody, &m, &c, e))
		return false;
	if (c.n > 0)
		keep_hand(out, guide_catalogue(x->guide), json_of(m.values),
		    json_of(m.trail), record_arena(r));
	return true;
}

bool
stage_correct(struct worker *w, struct record *r,
    const struct json_member *member, struct merged *m, struct err *e)
{
	long first = filled_of(w->x, r);
	struct changes c;

	if (first < 0)
		return true;
	for (long i = first; i >= 0;
	     i = filled_at(w->x->filled, (size_t)i)->next)
		w->met.rows[i] |= ROW_MET;
	if (!put_corrections(w, r, member, first, tell, m, &c, e))
		return false;
	w->corrected += c.applied;
	return true;
}
