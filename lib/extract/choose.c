#include "extract/choose.h"

#include <limits.h>

#include "base/buf.h"
#include "extract/tally.h"
#include "json/write.h"

#define NEARLY 15 /* points: candidates this near to the best are its peers */

struct chooser {
	const struct reading *r;
	const struct candidates *found;
	struct answers *out;
	const struct source *sources;
	size_t nsources;
	uint32_t *alive; /* masks of the reading's objects, one a group */
	size_t *former; /* of a field, what tells it of objects that are gone */
};

static bool
denies(const struct candidate *c)
{
	return (c->context & 1u << CUE_NEGATED) != 0;
}

static bool
doubts(const struct candidate *c)
{
	return (c->context & 1u << CUE_UNCERTAIN) != 0;
}

/* --- which object -------------------------------------------------------- */

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

#define ANY UINT_MAX /* object: whichever lives */

/* Whether the candidate speaks of this object of the reading. */
static bool
speaks_of(const struct chooser *x, const struct candidate *c, unsigned object)
{
	const struct field *f = &x->r->type->fields[c->field];
	uint32_t alive = f->group < 0 ? 0 : x->alive[f->group];
	uint32_t mask = c->objects & alive;

	if (alive == 0)
		return true;
	if (c->objects != 0 && mask == 0)
		return false;
	if (object == ANY)
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

/* --- which candidate ----------------------------------------------------- */

struct election {
	const struct candidate *best;  /* of those that stand */
	const struct candidate *other; /* a peer with another value */
	const struct candidate *denied, *doubted;
	bool total;
};

static bool
peers(const struct election *n, const struct candidate *c)
{
	return c->score + NEARLY >= n->best->score;
}

/* True is worse than false, a later code than an earlier one, more than less. */
static bool
is_worse(const struct field *f, const struct candidate *c,
    const struct candidate *best)
{
	if (f->d->type == TYPE_BOOL)
		return slice_is(c->value, "true") &&
		    !slice_is(best->value, "true");
	if (c->measure == NULL || best->measure == NULL)
		return c->code > best->code;
	return candidate_extent(f, c->measure) >
	    candidate_extent(f, best->measure);
}

/* "具核梭杆菌(痰)": what is bracketed to a name is said of it. */
static bool
beats(const struct reading *r, const struct field *f, const struct candidate *c,
    const struct candidate *best, const struct mention *name)
{
	int gap = c->score - best->score;

	if (f->how.pick == PICK_BEFORE)
		return c->from < name->from ||
		    (c->from == name->to + 1 && best->from < name->from &&
			r->view.text.p[name->to] == '(');
	if (gap > NEARLY || gap < -NEARLY)
		return gap > 0;
	/* What is said of an object goes before what is said of none. */
	if (f->how.own && (c->objects == 0) != (best->objects == 0))
		return best->objects == 0;
	switch (f->how.pick) {
	case PICK_LAST:
		return true;
	case PICK_FIRST:
	case PICK_COUNT:
		return false;
	case PICK_LARGEST:
	case PICK_WORST:
		return is_worse(f, c, best);
	default:
		return gap > 0;
	}
}

/* Whether the way to pick leaves no room for a conflict. */
static bool
is_settled(enum pick pick)
{
	return pick != PICK_AGREE && pick != PICK_TOTAL;
}

/* Where the text names the object; nowhere if it is none. */
static struct mention
named_at(const struct chooser *x, const struct field *f, unsigned object)
{
	const struct object *o;

	if (f->group < 0 || object >= x->r->casts[f->group].n)
		return (struct mention){ -1, 0, 0 };
	o = &x->r->casts[f->group].objects[object];
	return o->part[o->part[0].code >= 0 ? 0 : 1];
}

static void
elect(const struct chooser *x, const struct field *f, size_t field,
    unsigned object, struct election *n)
{
	struct mention name = named_at(x, f, object);

	*n = (struct election){ 0 };
	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next) {
		if (!speaks_of(x, c, object) ||
		    (f->how.pick == PICK_COUNT && c->measure == NULL))
			continue;
		if (candidate_stands(f, c)) {
			if (n->best == NULL ||
			    beats(x->r, f, c, n->best, &name))
				n->best = c;
		} else if ((c->context & CANDIDATE_OUT) == 0) {
			if (doubts(c) && n->doubted == NULL)
				n->doubted = c;
			else if (denies(c) && n->denied == NULL)
				n->denied = c;
		}
	}
	if (n->best == NULL || is_settled(f->how.pick))
		return;
	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next)
		if (candidate_stands(f, c) && speaks_of(x, c, object) &&
		    peers(n, c) && !slice_eq(c->value, n->best->value))
			n->other = c;
}

/* --- what is written ----------------------------------------------------- */

static void
add_evidence(
    const struct chooser *x, struct answer *a, uint32_t from, uint32_t to)
{
	evidence_add(a, x->r, x->sources, x->nsources, from, to);
}

static void
from_candidate(
    const struct chooser *x, struct answer *a, const struct candidate *c)
{
	a->rule = c->rule;
	add_evidence(x, a, c->from, c->to);
}

static struct slice
both(const struct chooser *x, struct slice a, struct slice b)
{
	return slice_of(arena_printf(
	    x->r->arena, "[%.*s,%.*s]", (int)a.n, a.p, (int)b.n, b.p));
}

/*
 * How many different codes stand: the lobes that are named.  A number that
 * the text states goes before.
 */
static bool
count(const struct chooser *x, size_t field, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	uint64_t codes = 0;
	unsigned n = 0;

	for (const struct candidate *c = x->found->first[field]; c != NULL;
	     c = c->next) {
		if (c->measure != NULL && candidate_stands(f, c) && !denies(c))
			return false;
		if (c->measure != NULL || !candidate_stands(f, c) ||
		    denies(c) || c->code >= 64)
			continue;
		if ((codes & (uint64_t)1 << c->code) == 0) {
			codes |= (uint64_t)1 << c->code;
			from_candidate(x, a, c);
			n++;
		}
	}
	if (n == 0)
		return false;
	a->status = STATUS_OK;
	a->value = slice_of(arena_printf(x->r->arena, "%u", n));
	return true;
}

/*
 * The text of all candidates that stand, as good as the best: 头孢曲松R、氨苄西
 * 林R.
 */
static void
list(const struct chooser *x, size_t field, unsigned object,
    const struct election *n, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	struct buf b = { 0 };

	for (const struct candidate *c = n->best; c != NULL; c = c->next) {
		struct slice s = { c->value.p + 1, c->value.n - 2 };

		if (!candidate_stands(f, c) || !speaks_of(x, c, object) ||
		    !peers(n, c) || slice_find(buf_slice(&b), s) != NULL)
			continue;
		buf_adds(&b, b.n == 0 ? "\"" : "、");
		buf_add_slice(&b, s);
		from_candidate(x, a, c);
	}
	buf_addc(&b, '"');
	a->status = STATUS_OK;
	a->value = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
}

static void
from_tally(const struct chooser *x, struct answer *a, const struct tally *t)
{
	if (t->value.n == 0)
		return;
	a->status = STATUS_OK;
	a->value = t->value;
	for (size_t i = 0; i < t->n; i++)
		from_candidate(x, a, t->parts[i]);
}

/* Whether the clause of a place has a word that announces an object. */
static bool
is_announced(const struct reading *r, const struct field *id, uint32_t at)
{
	const struct clause *c = reading_clause(r, at);

	for (size_t k = c->hit; id != NULL && k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_ANCHOR && &r->type->fields[w->field] == id)
			return true;
	}
	return id == NULL || !id->announced;
}

static bool
is_vague(const struct chooser *x, size_t field)
{
	const struct reading *r = x->r;
	const struct field *f = &r->type->fields[field];

	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);

		if (w->role == ROLE_VAGUE && w->field == field &&
		    (reading_context(r, h->from, h->to) &
			(CANDIDATE_OUT | 1u << CUE_NEGATED)) == 0 &&
		    reading_concerns(r, f, h->from, h->to) &&
		    is_announced(
			r, r->type->groups[f->counts].identify, h->from))
			return true;
	}
	return false;
}

/* Adds the places of words that announce objects; the anchor is told or any. */
static unsigned
add_announcers(
    const struct chooser *x, struct answer *a, size_t group, uint32_t anchor)
{
	const struct reading *r = x->r;
	const struct field *id = r->type->groups[group].identify;
	unsigned n = 0;

	for (size_t i = 0; i < r->nhits && n < x->out->groups[group].nobjects;
	     i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);

		if (w->role != ROLE_ANCHOR ||
		    &r->type->fields[w->field] != id ||
		    (anchor != 0 && w->value != anchor) ||
		    !reading_concerns(r, id, h->from, h->to) ||
		    (reading_context(r, h->from, h->to) & CANDIDATE_OUT) != 0)
			continue;
		add_evidence(x, a, h->from, h->to);
		n++;
	}
	return n;
}

/* The words that announce the objects, or else where these are. */
static void
add_objects(const struct chooser *x, struct answer *a, size_t group)
{
	const struct cast *c = &x->r->casts[group];

	if (add_announcers(x, a, group, 1) > 0 ||
	    add_announcers(x, a, group, 0) > 0)
		return;
	for (size_t i = 0; i < c->n; i++)
		if ((x->alive[group] & (uint32_t)1 << i) &&
		    c->objects[i].part[0].code >= 0)
			add_evidence(x, a, c->objects[i].part[0].from,
			    c->objects[i].part[0].to);
}

/* A number that the objects of a group have, and where they are. */
static void
count_group(const struct chooser *x, size_t field, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	size_t g = (size_t)f->counts;
	const struct cast *c = &x->r->casts[g];
	unsigned n = x->out->groups[g].nobjects;
	struct tally t;

	for (size_t i = 0; i < c->n; i++)
		if ((x->alive[g] & (uint32_t)1 << i) && c->objects[i].gone)
			n--;
	tally_objects(
	    &t, f, x->found->first[field], n, is_vague(x, field), x->r->arena);
	from_tally(x, a, &t);
	if (t.n == 0 && t.value.n > 0)
		add_objects(x, a, g);
}

/* A dose that is told says, or shows besides, that it was given. */
static bool
told_with(const struct chooser *x, const struct field *f, struct answer *a)
{
	struct election n;

	if (f->with == NULL)
		return false;
	elect(x, f->with, (size_t)(f->with - x->r->type->fields), 0, &n);
	if (n.best == NULL)
		return false;
	a->status = STATUS_OK;
	a->value = SLICE("true");
	from_candidate(x, a, n.best);
	return true;
}

static void
decide(const struct chooser *x, size_t field, unsigned object, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	struct election n;
	struct tally t = { 0 };

	if (f->counts >= 0) {
		count_group(x, field, a);
		return;
	}
	if (f->how.pick == PICK_COUNT && count(x, field, a))
		return;
	elect(x, f, field, object, &n);
	if (n.best == NULL && told_with(x, f, a))
		return;
	if (f->how.pick == PICK_SUM && n.best != NULL && !n.best->total)
		tally_sum(&t, f, x->found->first[field], x->r->arena);
	if (t.value.n > 0) {
		from_tally(x, a, &t);
		return;
	}
	/* What kind of thing was done to one was done to all, unless told. */
	if (n.best == NULL && f->group >= 0 && !f->how.own &&
	    (f->d->type == TYPE_CODE || f->d->type == TYPE_TEXT))
		elect(x, f, field, ANY, &n);
	if (n.best != NULL && f->how.pick == PICK_LIST) {
		list(x, field, object, &n, a);
	} else if (n.best != NULL && n.other != NULL) {
		a->status = STATUS_CONFLICT;
		a->why = SLICE("two_values");
		a->claimed = both(x, n.best->value, n.other->value);
		from_candidate(x, a, n.best);
		add_evidence(x, a, n.other->from, n.other->to);
	} else if (n.best != NULL) {
		a->status = n.best->outside ? STATUS_OUT_OF_RANGE
		    : slice_is(n.best->value, "false") && denies(n.best)
		    ? STATUS_NEGATED
		    : STATUS_OK;
		a->value = n.best->value;
		from_candidate(x, a, n.best);
		if (slice_is(a->value, "true") && told_with(x, f, a))
			a->rule = n.best->rule;
	} else if (n.doubted != NULL) {
		a->status = STATUS_UNCERTAIN;
		a->claimed = n.doubted->value;
		from_candidate(x, a, n.doubted);
	} else if (n.denied != NULL) {
		a->status = STATUS_NEGATED;
		from_candidate(x, a, n.denied);
	}
	if (x->found->too_many[field])
		a->why = SLICE("too_many");
}

/* --- the group ----------------------------------------------------------- */

static struct slice
part_code(const struct field *f, const struct object *o, int k)
{
	if (o->part[k].code < 0)
		return SLICE("");
	if (f->how.chain.n > 0) /* told by its phrase */
		return f->d->id;
	return f->parts[k] != NULL ? f->parts[k]->codes[o->part[k].code].code
				   : f->codes[o->part[k].code].code;
}

/* 右叶 and 中部, side by side or apart, are 右叶中部. */
static void
identity(const struct chooser *x, const struct field *f, const struct object *o,
    struct answer *a)
{
	const struct mention *p = o->part;
	bool parts = f->parts[1] != NULL;
	struct slice first = part_code(f, o, 0);
	struct slice second = parts ? part_code(f, o, 1) : SLICE("");
	struct buf b = { 0 };

	if (first.n == 0)
		return;
	if (f->d->type == TYPE_TEXT) {
		first =
		    view_words(&x->r->view, p[0].from, p[0].to, x->r->arena);
		second =
		    view_words(&x->r->view, p[1].from, p[1].to, x->r->arena);
	}
	json_put_string(&b,
	    slice_of(arena_printf(x->r->arena, "%.*s%.*s", (int)first.n,
		first.p, (int)second.n, second.p)));
	a->value = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
	a->status = STATUS_OK;
	if (!parts || p[1].code < 0) {
		add_evidence(x, a, p[0].from, p[0].to);
	} else if (p[1].from >= p[0].to && p[1].from - p[0].to <= 36) {
		add_evidence(x, a, p[0].from, p[1].to);
	} else {
		add_evidence(x, a, p[1].from, p[1].to);
		add_evidence(x, a, p[0].from, p[0].to);
	}
}

/* What tells apart the objects of one place. */
static void
second_identity(const struct chooser *x, const struct field *f,
    const struct mention *m, struct answer *a)
{
	struct buf b = { 0 };

	if (m->code < 0)
		return;
	json_put_string(&b,
	    f->d->type == TYPE_TEXT
		? (struct slice){ x->r->view.text.p + m->from, m->to - m->from }
		: f->codes[m->code].code);
	a->value = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
	a->status = STATUS_OK;
	add_evidence(x, a, m->from, m->to);
}

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
			    speaks_of(x, c, object) &&
			    (reading_bits(c->objects) == 1 ||
				reading_clause(x->r, c->from)->each))
				return true;
	}
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
		if (!c->objects[i].excluded)
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

/* Whether anything stands that the document type must have. */
static bool
is_of_type(const struct chooser *x)
{
	const struct doctype *t = x->r->type;

	for (size_t i = 0; i < t->nneeds; i++)
		for (const struct candidate *c = x->found->first[t->needs[i]];
		     c != NULL; c = c->next)
			if (candidate_stands(&t->fields[t->needs[i]], c))
				return true;
	return t->nneeds == 0;
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

static struct answer *
open_answer(struct chooser *x, const struct field *f, unsigned number)
{
	struct answer *a = answers_add(x->out, x->r->arena);

	a->d = f->d;
	a->key = f->key;
	a->object = number;
	a->group = f->group < 0 ? 0 : (unsigned)f->group;
	a->engine = ENGINE_RULE;
	return a;
}

/* Of an object that is gone: what is told as earlier, or else all that is. */
static void
decide_former(
    struct chooser *x, size_t field, unsigned object, struct answer *a)
{
	decide(x, field, object, a);
	if (a->status == STATUS_ABSENT && x->former[field] != field)
		decide(x, x->former[field], object, a);
}

static void
grouped(struct chooser *x, size_t field)
{
	const struct reading *r = x->r;
	const struct field *f = &r->type->fields[field];
	const struct cast *c = &r->casts[f->group];
	uint32_t alive = x->alive[f->group];
	unsigned number = 0;

	if (x->out->groups[f->group].nobjects == 1 && alive == 0) {
		decide(x, field, 0, open_answer(x, f, 1));
		return;
	}
	for (unsigned i = 0; i < c->n; i++) {
		struct answer *a;

		if ((alive & (uint32_t)1 << i) == 0)
			continue;
		a = open_answer(x, f, ++number);
		if (f == r->type->groups[f->group].identify)
			identity(x, f, &c->objects[i], a);
		else if (f == r->type->groups[f->group].also)
			second_identity(x, f, &c->objects[i].part[1], a);
		else if (!c->objects[i].gone)
			decide(x, field, i, a);
		else if (f->past == NULL)
			decide_former(x, field, i, a);
	}
}

/* How many objects of the group the text tells of. */
static void
count_objects(struct chooser *x, int group)
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

void
choose(struct answers *out, const struct reading *r,
    const struct candidates *found, const struct source *sources,
    size_t nsources)
{
	const struct doctype *t = r->type;
	struct chooser x = { r, found, out, sources, nsources, NULL, NULL };
	bool of_type = is_of_type(&x);

	x.former = arena_alloc(r->arena, (t->nfields + 1) * sizeof(*x.former));
	for (size_t i = 0; i < t->nfields; i++)
		x.former[i] = i;
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].past != NULL)
			x.former[t->fields[i].past - t->fields] = i;
	x.alive = arena_zalloc(r->arena, (t->ngroups + 1) * sizeof(*x.alive));
	out->ngroups = t->ngroups;
	out->groups =
	    arena_zalloc(r->arena, (t->ngroups + 1) * sizeof(*out->groups));
	for (size_t g = 0; g < t->ngroups; g++) {
		out->groups[g].name = t->groups[g].how->name;
		out->groups[g].asked = true;
		if (of_type)
			count_objects(&x, (int)g);
	}
	for (size_t i = 0; i < t->nfields; i++) {
		struct answer *a;

		if (t->fields[i].group >= 0) {
			if (of_type)
				grouped(&x, i);
			continue;
		}
		a = open_answer(&x, &t->fields[i], 0);
		if (of_type)
			decide(&x, i, 0, a);
	}
}
