#include "rules/never.h"

struct never {
	const struct test *test;
	struct joins *joins;
	struct scope *scope;
	struct verdict_of *verdict;
};

/* Once for each row of each reference: those of the condition come first. */
static void
judge_rows(struct never *n, size_t join)
{
	const struct test *t = n->test;
	struct err e;
	uint32_t rows;

	err_clear(&e);
	if (join == t->nwhen_joins) {
		if (join > 0 && cond_eval(t->when, n->scope, &e) != TRUE_)
			return;
		n->verdict->applied++;
	}
	if (join == t->njoins) {
		if (cond_eval(t->never, n->scope, &e) == TRUE_)
			n->verdict->fails++;
		return;
	}
	if (!joins_find(n->joins, t->joins[join], n->scope, &rows)) {
		n->verdict->fault = true;
		return;
	}
	for (uint32_t i = 0; i < rows; i++) {
		joins_choose(n->joins, t->joins[join], i);
		judge_rows(n, join + 1);
	}
}

void
never_judge(const struct test *t, struct joins *joins, struct scope *s,
    struct verdict_of *v, struct err *why)
{
	struct never n = { t, joins, s, v };
	struct err e;
	enum truth is;
	bool missing_fails = t->rule->missing_fails;

	if (t->rule->as_table) {
		judge_rows(&n, 0);
		if (v->fault)
			err_data(why, "reference",
			    "a reference was not read, or is gone");
		return;
	}
	err_clear(&e);
	is = cond_eval(t->never, s, &e);
	v->fault = e.kind != ERR_NONE;
	if (v->fault)
		*why = e;
	v->applied = is != UNKNOWN || v->fault || missing_fails;
	v->fails = is == TRUE_ || (is == UNKNOWN && !v->fault && missing_fails);
}
