/*
 * expr_tree - a comparison, parsed; private to expr.
 */
#ifndef RULES_EXPR_TREE_H
#define RULES_EXPR_TREE_H

#include "rules/expr.h"

enum expr_kind {
	EXPR_NUMBER,
	EXPR_DATE,
	EXPR_DURATION,
	EXPR_NOW,
	EXPR_FIELD,
	EXPR_ADD,
	EXPR_SUB,
	EXPR_MUL,
	EXPR_DIV,
	EXPR_SUM,
	EXPR_DAYS,
	EXPR_YEARS,
	EXPR_ABS,
	EXPR_MIN,
	EXPR_MAX,
	EXPR_COALESCE,
	EXPR_DAY,  /* of a date or time, as written */
	EXPR_TIME, /* the same to the second; a day begins at its start */
	EXPR_YEAR,
	EXPR_MADE_DATE /* of year, month and day */
};

struct expr {
	enum expr_kind kind;
	struct decimal number;
	struct date date;
	long long seconds;
	size_t field;
	const struct expr *args, *next; /* the first argument, the one behind */
};

struct comparison {
	char op;
	const struct expr *right, *tolerance;
};

#endif
