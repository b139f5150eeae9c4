/*
 * cond_tree - a condition, parsed; private to cond, conflict and lint.
 */
#ifndef RULES_COND_TREE_H
#define RULES_COND_TREE_H

#include "base/pattern.h"
#include "rules/expr_tree.h"

enum cond_kind {
	COND_OR,
	COND_AND,
	COND_NOT,
	COND_EXISTS,
	COND_MISSING,
	COND_SET, /* also `=` and, turned round, `!=` */
	COND_LESS,
	COND_LESS_EQUAL,
	COND_MORE,
	COND_MORE_EQUAL,
	COND_INTERVAL,
	COND_PREFIX,
	COND_MATCHES,
	COND_KEY,    /* of a reference */
	COND_COMPARE /* two expressions; field is NO_FIELD */
};

struct constant {
	struct slice text;
	bool is_number;
	struct decimal number;
};

struct cond {
	enum cond_kind kind;
	struct slice text; /* of a test, as written */
	const struct cond *left, *right;
	size_t field;
	struct constant *constants;
	struct slice *texts; /* the same, for cond_guard */
	size_t n;
	struct interval interval;
	struct bound bound;
	const struct pattern *pattern;
	size_t reference;
	char op;
	const struct expr *expr, *other;
};

#endif
