/*
 * Which candidate answers for an object: the object it speaks of, and the best
 * of those by the field's way to pick.
 */
#include "extract/choose_part.h"

bool
chooser_denies(const struct candidate *c)
{
	return (c->context & 1u << CUE_NEGATED) != 0;
}

static bool
doubts(const struct candidate *c)
{
	return (c->context & 1u << CUE_UNCERTAIN) != 0;
}

static unsigned
rank(uint32_t mask, unsigned object)
{
	return reading_bits(mask & (((uint32_t)1 << object) - 1));
}

/* The candidate's place among those of its field in its clause, from 0. */
static unsigned
turn(const struct chooser *x, const struct candidate *c)
{
	const struct clause *own = reading_clause(x->r, c->from);
	unsigned n = 0;

	for (const struct candidate *k = x->found->first[c->field];
	     k != NULL && k != c; k = k->next)
		if (reading_clause(x->r, k->from) == own)
			n++;
	return n;
}

/* One value of its field in the clause goes to all that 分别 is said of. */
static bool
is_alone(const struct chooser *x, const struct candidate *c)
{
	const struct clause *own = reading_clause(x->r, c->from);
	unsigned n = 0;

	for (const struct candidate *k = x->found->first[c->field]; k != NULL;
	     k = k->next)
		n += reading_clause(x->r, k->from) == own;
	return n == 1;
}

bool
chooser_speaks_of(
    const struct chooser *x, const struct candidate *c, unsigned object)
{
	const struct field *f = &x->r->type->fields[c->field];
	uint32_t alive = f->group < 0 ? 0 : x->alive[f->group];
	uint32_t mask = c->objects & alive;

	if (alive == 0)
		return true;
	if (c->objects != 0 && mask == 0)
		return false;
	if (object == CHOOSER_ANY)
		return true;
	if (mask == 0)
		mask = alive;
	if (reading_clause(x->r, c->from)->each && reading_bits(mask) > 1 &&
	    !is_alone(x, c)) {
		return (mask & (uint32_t)1 << object) != 0 &&
		    rank(mask, object) == turn(x, c);
	}
	/* "两肺磨玻璃结节，较大者…": before any is spoken of, all are meant. */
	if (c->objects == 0 && f->how.own && reading_bits(mask) > 1 &&
	    (c->last != 0 || c->measure != NULL))
		mask = c->last & alive;
	return (mask & (uint32_t)1 << object) != 0;
}

/* Whether the way to pick leaves no room for a conflict. */
static bool
is_settled(enum pick pick)
{
	return pick != PICK_AGREE && pick != PICK_TOTAL;
}

/* Whether a value of the field is told between two places. */
static bool
is_told_between(
    const struct chooser *x, const struct field *f, uint32_t from, uint32_t to)
{
	const struct candidate *c = x->found->first[f - x->r->type->fields];

	while (c != NULL && (c->from < from || !candidate_stands(f, c)))
		c = c->next;
	return c != NULL && c->from < to;
}

/*
 * Where the text names the object, of several places the first that a value of
 * the field is told before; nowhere if it is none.
 */
static struct mention
named_at(const struct chooser *x, const struct field *f, unsigned object)
{
	const struct cast *cast;
	const struct object *o;
	struct mention m;
	uint32_t from;

	if (f->group < 0 || object >= x->r->casts[f->group].n)
		return (struct mention){ -1, 0, 0 };
	cast = &x->r->casts[f->group];
	o = &cast->objects[object];
	m = o->part[o->part[0].code >= 0 ? 0 : 1];
	from = o->excluded ? o->aside : 0;
	if (m.from < from)
		m.from = m.to = UINT32_MAX;
	for (size_t i = 0; i < cast->nnamings; i++) {
		const struct naming *n = &cast->namings[i];

		if ((n->objects & (uint32_t)1 << object) != 0 &&
		    n->from < m.from && is_told_between(x, f, from, n->from)) {
			m.from = n->from;
			m.to = n->to;
		}
	}
	return m;
}

#define NAMES 64 /* anchors of a field that are told apart */

/* Whether the anchor of a candidate means all that the field has. */
static bool
is_whole(const struct chooser *x, const struct candidate *c)
{
	const struct reading *r = x->r;

	for (size_t k = reading_first_hit(r, c->from);
	     k < r->nhits && r->hits[k].from == c->from; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_WHOLE && w->field == c->field)
			return true;
	}
	return false;
}

/*
 * "去甲0.1泵入,多巴胺已停": each anchor names one of several things, of which the
 * last word stands; there is one if any of them is there.
 */
static const struct candidate *
any_that_lasts(const struct chooser *x, const struct field *f, size_t field)
{
	const struct candidate *last[NAMES] = { NULL }, *best = NULL;

	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next) {
		if (!candidate_stands(f, c) || c->rule >= NAMES)
			continue;
		if (is_whole(x, c))
			memset(last, 0, sizeof(last));
		last[c->rule] = c;
	}
	for (size_t i = 0; i < NAMES; i++) {
		const struct candidate *c = last[i];
		bool yes = c != NULL && slice_is(c->value, "true");

		if (c != NULL &&
		    (best == NULL || yes > slice_is(best->value, "true") ||
			(yes == slice_is(best->value, "true") &&
			    c->from > best->from)))
			best = c;
	}
	return best;
}

static bool
is_opposite(struct slice a, struct slice b)
{
	return (slice_is(a, "\"+\"") && slice_is(b, "\"-\"")) ||
	    (slice_is(a, "\"-\"") && slice_is(b, "\"+\""));
}

/* "重做", "复检": words of a stain that is done again, or is of another house. */
static bool
tells_again(struct slice s)
{
	static const char *const words[] = { "重做", "重新", "重染", "重复",
		"复做", "复检", "复查", "复染", "复核", "再次", "再做", "我院",
		"我科", "本院", "本次", "更正", "修正", "应为", "补充", "会诊",
		"石蜡", NULL };

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_find(s, slice_of(words[i])) != NULL)
			return true;
	return false;
}

/*
 * "ER(-)。ER(+)": a mark that stands both ways in a sentence or one after the
 * other, and is not told to be done again; NULL where none is.
 */
static const struct candidate *
contradicts(
    const struct reading *r, const struct field *f, const struct candidate *c)
{
	const struct candidate *last = NULL;

	for (; c != NULL; c = c->next) {
		if (!candidate_stands(f, c))
			continue;
		if (last != NULL && is_opposite(c->value, last->value) &&
		    !tells_again(slice_span(
			r->view.text.p + last->to, r->view.text.p + c->from)))
			return last;
		last = c;
	}
	return NULL;
}

/* "第一轮2分,补充40秒": what is no more than a part is no total. */
static const struct candidate *
larger_part(const struct chooser *x, const struct field *f, size_t field,
    unsigned object, const struct candidate *best)
{
	if (best->total || best->measure == NULL)
		return NULL;
	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next)
		if (c->part && candidate_stands(f, c) &&
		    chooser_speaks_of(x, c, object) &&
		    candidate_extent(f, c->measure) >=
			candidate_extent(f, best->measure))
			return c;
	return NULL;
}

void
chooser_elect(const struct chooser *x, const struct field *f, size_t field,
    unsigned object, struct election *n)
{
	struct mention name = named_at(x, f, object);
	bool several = f->group >= 0 && reading_bits(x->alive[f->group]) > 1;

	*n = (struct election){ 0 };
	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next) {
		if (c->part || !chooser_speaks_of(x, c, object) ||
		    (f->how.pick == PICK_COUNT && c->measure == NULL))
			continue;
		if (candidate_stands(f, c)) {
			if (chooser_gives_way(x, f, c, object))
				continue;
			if (n->best == NULL ||
			    chooser_beats(x->r, f, c, n->best, &name, several))
				n->best = c;
		} else if ((c->context & CANDIDATE_OUT) == 0) {
			if (doubts(c) && n->doubted == NULL)
				n->doubted = c;
			else if (chooser_denies(c) && n->denied == NULL)
				n->denied = c;
		}
	}
	if (n->best != NULL && f->how.whole.n > 0)
		n->best = any_that_lasts(x, f, field);
	if (n->best != NULL && f->panel)
		n->other = contradicts(x->r, f, x->found->first[field]);
	if (n->best == NULL || is_settled(f->how.pick))
		return;
	if (n->other == NULL)
		n->other = larger_part(x, f, field, object, n->best);
	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next)
		if (!c->part && candidate_stands(f, c) &&
		    chooser_speaks_of(x, c, object) &&
		    (c->total || !n->best->total) && election_peers(n, c) &&
		    !slice_eq(c->value, n->best->value) &&
		    !chooser_gives_way(x, f, c, object))
			n->other = c;
}

void
chooser_elect_before(const struct chooser *x, const struct field *f,
    size_t field, unsigned object, struct election *n)
{
	const struct reading *r = x->r;
	const struct mention name = named_at(x, f, object);
	const struct candidate *best = n->best;

	if (name.code < 0 ||
	    (best != NULL &&
		(best->from < name.from || chooser_is_headed(r, best) ||
		    reading_clause(r, best->from)->sentence ==
			reading_clause(r, name.from)->sentence)))
		return;
	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next)
		if (c->from < name.from && candidate_stands(f, c) &&
		    chooser_speaks_of(x, c, CHOOSER_ANY) &&
		    (n->best == NULL ||
			chooser_beats_before(r, c, n->best, &name)))
			n->best = c;
}
