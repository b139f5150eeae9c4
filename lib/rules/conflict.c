/*
 * Conditions are taken apart into branches of literals, a field's test or its
 * contrary; a branch stands while the literals of each field leave a value.
 */
#include "rules/conflict.h"

#include "rules/cond_tree.h"

#define MOST_BRANCHES 256

struct branch {
	const struct plan *plan;
	struct arena *arena;
	struct claim todo[CONFLICT_MOST], literals[CONFLICT_MOST];
	size_t ntodo, nliterals;
	unsigned *left; /* branches that may still be looked at */
	struct branch *found;
};

/* --- the values of one field ------------------------------------------------ */

bool
conflict_wants_missing(const struct claim *l)
{
	return l->cond->kind == (l->holds ? COND_MISSING : COND_EXISTS);
}

bool
conflict_has_many(const struct field *f)
{
	return slice_find(f->path, SLICE("[]")) != NULL ||
	    (f->in_indicators && memchr(f->path.p, '.', f->path.n) != NULL);
}

bool
conflict_interval(const struct claim *l, struct interval *to)
{
	const struct cond *c = l->cond;
	enum cond_kind kind = c->kind;

	*to = (struct interval){ 0 };
	if (kind == COND_INTERVAL) {
		*to = c->interval;
		return l->holds;
	}
	if (!l->holds)
		kind = kind == COND_LESS      ? COND_MORE_EQUAL
		    : kind == COND_LESS_EQUAL ? COND_MORE
		    : kind == COND_MORE       ? COND_LESS_EQUAL
		    : kind == COND_MORE_EQUAL ? COND_LESS
					      : kind;
	if (kind == COND_LESS || kind == COND_LESS_EQUAL) {
		to->high = c->bound;
		to->high.open = kind == COND_LESS;
	} else if (kind == COND_MORE || kind == COND_MORE_EQUAL) {
		to->low = c->bound;
		to->low.open = kind == COND_MORE;
	} else {
		return false;
	}
	return true;
}

static bool
starts_with(struct slice s, struct slice prefix)
{
	return s.n >= prefix.n && memcmp(s.p, prefix.p, prefix.n) == 0;
}

static bool
is_member(const struct cond *set, const struct constant *c, bool by_value)
{
	for (size_t i = 0; i < set->n; i++) {
		const struct constant *k = &set->constants[i];

		if (slice_eq(k->text, c->text) ||
		    (by_value && k->is_number && c->is_number &&
			decimal_cmp(&k->number, &c->number) == 0))
			return true;
	}
	return false;
}

static bool
lies_within(const struct constant *c, const struct claim *l)
{
	struct interval i = l->cond->interval;
	bool dated;

	if (l->cond->kind != COND_INTERVAL) {
		struct claim positive = { l->cond, true };

		conflict_interval(&positive, &i);
	}
	dated = i.low.is_date || i.high.is_date;
	if (dated) /* a date, or today: who knows */
		return true;
	return c->is_number &&
	    interval_holds_number(&i, &c->number) == l->holds;
}

/* Whether the constant may be the value where the literal is true. */
static bool
may_be(const struct constant *c, const struct claim *l)
{
	switch (l->cond->kind) {
	case COND_SET:
		return is_member(l->cond, c, l->holds) == l->holds;
	case COND_PREFIX:
		return starts_with(c->text, l->cond->constants[0].text) ==
		    l->holds;
	case COND_MATCHES:
		return pattern_matches(l->cond->pattern, c->text) == l->holds;
	case COND_EXISTS:
	case COND_MISSING:
		return !conflict_wants_missing(l);
	default:
		return lies_within(c, l);
	}
}

static bool
prefixes_meet(const struct claim *a, const struct claim *b)
{
	struct slice x = a->cond->constants[0].text;
	struct slice y = b->cond->constants[0].text;

	if (!a->holds && !b->holds)
		return true;
	if (a->holds && b->holds)
		return starts_with(x, y) || starts_with(y, x);
	return a->holds ? !starts_with(x, y) : !starts_with(y, x);
}

/* Whether x has a part that is not within the other. */
static bool
reaches_outside(const struct interval *x, const struct interval *of)
{
	struct interval below = { .high = of->low },
			above = { .low = of->high };

	below.high.open = !of->low.open;
	above.low.open = !of->high.open;
	return (of->low.there && interval_meet(x, &below)) ||
	    (of->high.there && interval_meet(x, &above));
}

static bool
pair_meets(const struct claim *a, const struct claim *b)
{
	struct interval x, y;
	bool dated;

	if (a->cond->kind == COND_INTERVAL && !a->holds &&
	    conflict_interval(b, &x))
		return reaches_outside(&x, &a->cond->interval);
	if (b->cond->kind == COND_INTERVAL && !b->holds &&
	    conflict_interval(a, &x))
		return reaches_outside(&x, &b->cond->interval);

	if (a->cond->kind == COND_PREFIX && b->cond->kind == COND_PREFIX)
		return prefixes_meet(a, b);
	if (!conflict_interval(a, &x) || !conflict_interval(b, &y))
		return true;
	dated = x.low.is_date || x.high.is_date;
	if (dated != (y.low.is_date || y.high.is_date))
		return true;
	return interval_meet(&x, &y);
}

/* All of a branch that speak of one field, and the fields of a set first. */
static bool
field_stands(const struct branch *b, size_t field)
{
	const struct claim *of[CONFLICT_MOST], *set = NULL;
	bool missing = false, there = false;
	size_t n = 0;

	for (size_t i = 0; i < b->nliterals; i++) {
		const struct claim *l = &b->literals[i];

		if (l->cond->field != field)
			continue;
		of[n++] = l;
		if (conflict_wants_missing(l))
			missing = true;
		else
			there = true;
		if (l->cond->kind == COND_SET && l->holds)
			set = l;
	}
	if (missing || conflict_has_many(&b->plan->fields[field]))
		return !(missing && there);
	if (set != NULL) {
		for (size_t k = 0; k < set->cond->n; k++) {
			size_t i = 0;

			while (i < n && may_be(&set->cond->constants[k], of[i]))
				i++;
			if (i == n)
				return true;
		}
		return false;
	}
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			if (!pair_meets(of[i], of[k]))
				return false;
	return true;
}

/* --- branches ---------------------------------------------------------------- */

static bool
stands(const struct branch *b)
{
	for (size_t i = 0; i < b->nliterals; i++)
		if (!field_stands(b, b->literals[i].cond->field))
			return false;
	return true;
}

static bool explore(struct branch *);

/* One of the two is enough: a branch each. */
static bool
fork_branch(const struct branch *b, struct claim one, struct claim other)
{
	struct branch *copy = arena_dup(b->arena, b, sizeof(*b));

	copy->todo[copy->ntodo++] = one;
	if (explore(copy))
		return true;
	memcpy(copy, b, sizeof(*b));
	copy->todo[copy->ntodo++] = other;
	return explore(copy);
}

/* Whether a record may be in the branch; true, too, where it is too large. */
static bool
explore(struct branch *b)
{
	while (b->ntodo > 0) {
		struct claim c = b->todo[--b->ntodo];
		struct claim left = { c.cond->left, c.holds };
		struct claim right = { c.cond->right, c.holds };

		if (b->ntodo + 2 >= CONFLICT_MOST ||
		    b->nliterals == CONFLICT_MOST)
			return true;
		if (c.cond->kind == COND_NOT) {
			left.holds = !c.holds;
			b->todo[b->ntodo++] = left;
		} else if (c.cond->kind == (c.holds ? COND_AND : COND_OR)) {
			b->todo[b->ntodo++] = left;
			b->todo[b->ntodo++] = right;
		} else if (c.cond->kind == COND_AND ||
		    c.cond->kind == COND_OR) {
			if (*b->left == 0)
				return true;
			--*b->left;
			return fork_branch(b, left, right);
		} else if (c.cond->kind != COND_COMPARE &&
		    c.cond->kind != COND_KEY) { /* of these who knows */
			b->literals[b->nliterals++] = c;
		}
	}
	if (!stands(b))
		return false;
	if (b->found != NULL)
		memcpy(b->found, b, sizeof(*b));
	return true;
}

static bool
can_be(const struct plan *p, const struct claim *claims, size_t n,
    struct branch *found, struct arena *a)
{
	unsigned left = MOST_BRANCHES;
	struct branch *b = arena_zalloc(a, sizeof(*b));

	b->plan = p;
	b->arena = a;
	b->left = &left;
	b->found = found;
	for (size_t i = 0; i < n && i < CONFLICT_MOST - 2; i++)
		if (claims[i].cond != NULL)
			b->todo[b->ntodo++] = claims[i];
	return explore(b);
}

bool
conflict_between(const struct plan *p, const struct claim *claims, size_t n)
{
	struct arena *a = arena_new();
	bool conflict = !can_be(p, claims, n, NULL, a);

	arena_free(a);
	return conflict;
}

bool
conflict_way(const struct plan *p, const struct claim *claims, size_t n,
    struct claim *to, size_t *nto)
{
	struct arena *a = arena_new();
	struct branch *found = arena_zalloc(a, sizeof(*found));
	bool can = can_be(p, claims, n, found, a) && found->plan != NULL;

	if (can) {
		*nto = found->nliterals;
		memcpy(to, found->literals, *nto * sizeof(*to));
	}
	arena_free(a);
	return can;
}

bool
conflict_allows(const struct claim *claims, size_t n, size_t field,
    struct slice text, struct arena *a)
{
	struct constant c = { .text = text };
	struct err e = { 0 };

	c.is_number = decimal_parse(text, a, &c.number, &e);
	for (size_t i = 0; i < n; i++)
		if (claims[i].cond->field == field && !may_be(&c, &claims[i]))
			return false;
	return true;
}
