/*
 * What can never be.  Two rules are held against one another where they look
 * at one field of one kind under the same condition, or one of them under
 * none: rules behind different conditions seldom meet.
 */
#include "base/mem.h"
#include "rules/conflict.h"
#include "rules/lint_parts.h"

struct said { /* a rule's check as a condition, or as an order */
	const struct test *test;
	const struct cond *check;
	unsigned order;
	size_t other;
};

struct bucket {
	struct said *list;
	size_t n, room;
};

struct buckets {
	struct index *keys;
	struct bucket *list;
	size_t room;
};

static void
lint_condition(struct linter *l, const struct said *s)
{
	const struct rule *r = s->test->rule;
	struct claim both[2] = { { s->test->when, true }, { s->check, true } };
	bool pass, fail;

	if (s->test->when == NULL)
		return;
	if (conflict_between(l->plan, both, 1)) {
		lint_fault(l, r, "its condition can never be true");
		return;
	}
	if (s->check == NULL)
		return;
	pass = !conflict_between(l->plan, both, 2);
	both[1].holds = false;
	fail = !conflict_between(l->plan, both, 2);
	if (!pass && !fail)
		lint_fault(l, r,
		    "its condition leaves it no value to look at%s",
		    r->missing_fails ? ", so that it always fails" : "");
	else if (!pass)
		lint_fault(l, r, "always fails where its condition is true");
	else if (!fail)
		lint_warn(l, r, "never fails where its condition is true");
}

/* A value that is not there passes both: `absent` and what skips it. */
static bool
agree_on_none(const struct rule *absent, const struct rule *other)
{
	return absent->check == CHECK_ABSENT &&
	    other->check != CHECK_REQUIRED && !other->missing_fails;
}

static void
lint_pair(struct linter *l, const struct said *a, const struct said *b)
{
	const struct rule *x = a->test->rule, *y = b->test->rule;
	struct claim all[4] = { { a->test->when, true },
		{ b->test->when, true }, { a->check, true },
		{ b->check, true } };

	if (x->when.n > 0 && y->when.n > 0 && !slice_eq(x->when, y->when))
		return;
	if (agree_on_none(x, y) || agree_on_none(y, x))
		return;
	if (!conflict_between(l->plan, all, 2) &&
	    conflict_between(l->plan, all, 4))
		lint_fault(l, y,
		    "contradicts rule '%.*s': no value passes both",
		    (int)x->id.n, x->id.p);
}

/* `a >= b` beside `b >= a`, `a < b` beside `b <= a`. */
static void
lint_orders(struct linter *l, const struct said *a, const struct said *b)
{
	const struct rule *x = a->test->rule, *y = b->test->rule;
	unsigned both;

	if (!slice_eq(x->when, y->when))
		return;
	both = a->order & b->order;
	if (a->order == b->order && a->test->field != b->test->field)
		lint_fault(l, y, "says the same as rule '%.*s'", (int)x->id.n,
		    x->id.p);
	else if (both == 0)
		lint_fault(l, y, "contradicts rule '%.*s': no values pass both",
		    (int)x->id.n, x->id.p);
	else if (both == ORDER_EQUAL && a->order != ORDER_EQUAL &&
	    b->order != ORDER_EQUAL)
		lint_fault(l, y,
		    "is the reverse of rule '%.*s': only equal values pass "
		    "both",
		    (int)x->id.n, x->id.p);
}

/* The order as the field of the lower number stands to the other. */
static void
straighten(struct said *s, size_t *low, size_t *high)
{
	*low = s->test->field;
	*high = s->other;
	if (*low <= *high)
		return;
	*low = s->other;
	*high = s->test->field;
	s->order = (s->order & ORDER_EQUAL) |
	    (s->order & ORDER_LESS ? ORDER_MORE : 0) |
	    (s->order & ORDER_MORE ? ORDER_LESS : 0);
}

static void
add(struct linter *l, struct buckets *to, const struct said *s,
    struct slice key)
{
	bool fresh;
	size_t i = index_add(to->keys, key, &fresh);
	struct bucket *b;

	if (fresh) {
		to->list = mem_room(to->list, i, &to->room, sizeof(*to->list));
		to->list[i] = (struct bucket){ 0 };
	}
	b = &to->list[i];
	for (size_t k = 0; k < b->n; k++)
		if (s->order != 0)
			lint_orders(l, &b->list[k], s);
		else
			lint_pair(l, &b->list[k], s);
	b->list = mem_room(b->list, b->n, &b->room, sizeof(*b->list));
	b->list[b->n++] = *s;
}

void
lint_logic(struct linter *l)
{
	struct buckets b = { .keys = index_new() };

	for (size_t i = 0; i < l->plan->rules->n; i++) {
		const struct test *t = &l->plan->tests[i];
		const struct rule *r = t->rule;
		struct said s = { .test = t,
			.check = conflict_check(l->plan, t, l->arena) };
		size_t low = t->field, high = low;

		lint_condition(l, &s);
		s.order = conflict_order(t, &s.other);
		if (s.order != 0)
			straighten(&s, &low, &high);
		else if (s.check == NULL)
			continue;
		for (size_t k = 0; k < r->nkinds || k == 0; k++)
			add(l, &b, &s,
			    slice_of(arena_printf(l->arena, "%zu %zu %.*s", low,
				high, r->nkinds == 0 ? 0 : (int)r->kinds[k].n,
				r->nkinds == 0 ? "" : r->kinds[k].p)));
	}
	for (size_t i = 0; i < index_count(b.keys); i++)
		mem_free(b.list[i].list);
	mem_free(b.list);
	index_free(b.keys);
}
