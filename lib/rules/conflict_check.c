/*
 * What a rule's own check says, in the words of conditions.
 */
#include "rules/cond_tree.h"
#include "rules/conflict.h"
#include "rules/expr_tree.h"

static void
fill_set(const struct index *set, struct cond *c, struct arena *a)
{
	struct err e = { 0 };

	c->kind = COND_SET;
	c->n = index_count(set);
	c->constants = arena_zalloc(a, c->n * sizeof(*c->constants));
	for (size_t i = 0; i < c->n; i++) {
		struct constant *k = &c->constants[i];

		k->text = index_name(set, i);
		k->is_number = decimal_parse(k->text, a, &k->number, &e);
	}
}

/* `>= 0`, `< 2024-01-01`: a comparison with a constant. */
static bool
fill_order(const struct comparison *x, struct cond *c)
{
	static const struct {
		char op;
		enum cond_kind kind;
	} kinds[] = { { '<', COND_LESS }, { 'l', COND_LESS_EQUAL },
		{ '>', COND_MORE }, { 'g', COND_MORE_EQUAL } };

	if (x->tolerance != NULL ||
	    (x->right->kind != EXPR_NUMBER && x->right->kind != EXPR_DATE))
		return false;
	c->bound = (struct bound){ .there = true,
		.is_date = x->right->kind == EXPR_DATE,
		.number = x->right->number,
		.date = x->right->date };
	for (size_t i = 0; i < 4; i++)
		if (kinds[i].op == x->op) {
			c->kind = kinds[i].kind;
			return true;
		}
	return false;
}

const struct cond *
conflict_check(const struct plan *p, const struct test *t, struct arena *a)
{
	struct cond *c;

	if (t->field == NO_FIELD || conflict_has_many(&p->fields[t->field]))
		return NULL;
	c = arena_zalloc(a, sizeof(*c));
	c->field = t->field;
	switch (t->rule->check) {
	case CHECK_REQUIRED:
		c->kind = COND_EXISTS;
		return c;
	case CHECK_ABSENT:
		c->kind = COND_MISSING;
		return c;
	case CHECK_ENUM:
		fill_set(t->set, c, a);
		return c;
	case CHECK_RANGE:
	case CHECK_DATE:
		c->kind = COND_INTERVAL;
		c->interval = t->interval;
		return c->interval.low.there || c->interval.high.there ? c
								       : NULL;
	case CHECK_COMPARE:
		return fill_order(t->comparison, c) ? c : NULL;
	default:
		return NULL;
	}
}

unsigned
conflict_operator(char op)
{
	static const struct {
		char op;
		unsigned order;
	} orders[] = { { '<', ORDER_LESS }, { 'l', ORDER_LESS | ORDER_EQUAL },
		{ '=', ORDER_EQUAL }, { 'g', ORDER_MORE | ORDER_EQUAL },
		{ '>', ORDER_MORE }, { 'n', ORDER_LESS | ORDER_MORE } };

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++)
		if (orders[i].op == op)
			return orders[i].order;
	return 0;
}

unsigned
conflict_order(const struct test *t, size_t *other)
{
	if (t->comparison == NULL || t->comparison->tolerance != NULL ||
	    t->comparison->right->kind != EXPR_FIELD)
		return 0;
	*other = t->comparison->right->field;
	return conflict_operator(t->comparison->op);
}
