/*
 *	comparison: OP sum [ '~' sum ]
 *	sum:     product { ('+' | '-') product }
 *	product: factor { ('*' | '/') factor }
 *	factor:  '-' factor | '(' sum ')' | NUMBER | DATE | DURATION | 'now'
 *	         | NAME '(' sum { ',' sum } ')' | PATH
 */
#include <ctype.h>

#include "rules/expr_token.h"
#include "rules/expr_tree.h"

static struct expr *
new_expr(struct lexer *x, enum expr_kind kind)
{
	struct expr *n = arena_zalloc(x->with->arena, sizeof(*n));

	n->kind = kind;
	return n;
}

bool
expr_duration(struct slice s, long long *seconds)
{
	static const char units[] = "smhdw";
	static const long sizes[] = { 1, 60, 3600, 86400, 604800 };
	unsigned long long n;
	const char *unit;

	if (s.n < 2 ||
	    (unit = memchr(units, s.p[s.n - 1],
		 sizeof(sizes) / sizeof(sizes[0]))) == NULL ||
	    !slice_number((struct slice){ s.p, s.n - 1 }, &n) || n > 100000000)
		return false;
	*seconds = (long long)n * sizes[unit - units];
	return true;
}

static struct expr *
parse_call(struct lexer *x, struct slice name, struct err *e)
{
	static const struct {
		const char *name;
		enum expr_kind kind;
		unsigned least, most;
	} calls[] = { { "sum", EXPR_SUM, 1, 99 }, { "days", EXPR_DAYS, 2, 2 },
		{ "years", EXPR_YEARS, 2, 2 }, { "abs", EXPR_ABS, 1, 1 },
		{ "min", EXPR_MIN, 1, 99 }, { "max", EXPR_MAX, 1, 99 },
		{ "coalesce", EXPR_COALESCE, 1, 99 }, { "day", EXPR_DAY, 1, 1 },
		{ "time", EXPR_TIME, 1, 1 }, { "year", EXPR_YEAR, 1, 1 },
		{ "date", EXPR_MADE_DATE, 3, 3 } };
	static const char *const known[] = { "sum", "days", "years", "abs",
		"min", "max", "coalesce", "day", "time", "year", "date", NULL };
	struct expr *call = NULL;
	const struct expr **to;
	const char *near;
	unsigned n = 0, which = 0;

	for (unsigned i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		if (slice_is(name, calls[i].name)) {
			call = new_expr(x, calls[i].kind);
			which = i;
		}
	if (call == NULL) {
		near = slice_suggest(name, known);
		err_set(e, ERR_USAGE, "unknown function '%.*s'%s%s%s",
		    (int)name.n, name.p, near == NULL ? "" : " (did you mean '",
		    near == NULL ? "" : near, near == NULL ? "" : "'?)");
		return NULL;
	}
	to = &call->args;
	do {
		struct expr *arg = expr_sum(x, e);

		if (arg == NULL)
			return NULL;
		*to = arg;
		to = &arg->next;
		n++;
	} while (expr_accept(x, ','));
	if (n < calls[which].least || n > calls[which].most) {
		err_set(e, ERR_USAGE, "%s() takes %u values, not %u",
		    calls[which].name, calls[which].least, n);
		return NULL;
	}
	if (!expr_accept(x, ')')) {
		expr_expected(x, "')'", e);
		return NULL;
	}
	return call;
}

static struct expr *
parse_word(struct lexer *x, struct err *e)
{
	struct slice text = x->now.text;
	struct err why = { 0 };
	struct expr *n = new_expr(x, EXPR_FIELD);
	bool quoted = x->now.kind == TOKEN_STRING;

	expr_next(x);
	if (!quoted && expr_accept(x, '('))
		return parse_call(x, text, e);
	if (!quoted && slice_is(text, "now")) {
		n->kind = EXPR_NOW;
		x->with->uses_now = true;
	} else if (!quoted && text.n >= 10 && text.p[4] == '-' &&
	    date_parse(text, &n->date, &why)) {
		n->kind = EXPR_DATE;
	} else if (!quoted && expr_duration(text, &n->seconds)) {
		n->kind = EXPR_DURATION;
	} else if (!quoted && isdigit((unsigned char)text.p[0]) &&
	    decimal_parse(text, x->with->arena, &n->number, &why)) {
		n->kind = EXPR_NUMBER;
	} else if (!x->with->field(x->with->ctx, text, &n->field, e)) {
		return NULL;
	}
	return n;
}

static struct expr *
parse_factor(struct lexer *x, struct err *e)
{
	struct expr *n = NULL, *zero;

	if (++x->depth > EXPR_DEPTH) {
		err_set(e, ERR_USAGE, "the expression is nested too deeply");
		return NULL;
	}
	if (expr_accept(x, '-')) {
		zero = new_expr(x, EXPR_NUMBER);
		zero->number = decimal_of_long(0, x->with->arena);
		n = new_expr(x, EXPR_SUB);
		zero->next = parse_factor(x, e);
		n->args = zero;
		n = zero->next == NULL ? NULL : n;
	} else if (expr_accept(x, '(')) {
		n = expr_sum(x, e);
		if (n != NULL && !expr_accept(x, ')')) {
			expr_expected(x, "')'", e);
			n = NULL;
		}
	} else if (x->now.kind == TOKEN_WORD || x->now.kind == TOKEN_STRING) {
		n = parse_word(x, e);
	} else {
		expr_expected(x, "a field, number, date or function", e);
	}
	x->depth--;
	return n;
}

static struct expr *
parse_pair(struct lexer *x, bool product, struct err *e)
{
	struct expr *left =
	    product ? parse_factor(x, e) : parse_pair(x, true, e);

	while (left != NULL) {
		enum expr_kind kind;
		struct expr *both;

		if (product && expr_accept(x, '*'))
			kind = EXPR_MUL;
		else if (product && expr_accept(x, '/'))
			kind = EXPR_DIV;
		else if (!product && expr_accept(x, '+'))
			kind = EXPR_ADD;
		else if (!product && expr_accept(x, '-'))
			kind = EXPR_SUB;
		else
			break;
		both = new_expr(x, kind);
		both->args = left;
		left->next =
		    product ? parse_factor(x, e) : parse_pair(x, true, e);
		left = left->next == NULL ? NULL : both;
	}
	return left;
}

struct expr *
expr_sum(struct lexer *x, struct err *e)
{
	return parse_pair(x, false, e);
}

struct comparison *
comparison_parse(struct slice text, struct resolver *with, struct err *e)
{
	struct comparison *c = arena_zalloc(with->arena, sizeof(*c));
	struct lexer x;

	expr_start(&x, text, true, with);
	if (x.now.kind != TOKEN_SIGN || !is_one_of(x.now.sign, "=n<l>g")) {
		expr_expected(&x, "one of = != < <= > >=", e);
		return NULL;
	}
	c->op = x.now.sign;
	expr_next(&x);
	c->right = expr_sum(&x, e);
	if (c->right == NULL)
		return NULL;
	if (expr_accept(&x, '~')) {
		c->tolerance = expr_sum(&x, e);
		if (c->tolerance == NULL)
			return NULL;
	}
	if (x.now.kind != TOKEN_END) {
		expr_expected(&x, "the end", e);
		return NULL;
	}
	return c;
}
