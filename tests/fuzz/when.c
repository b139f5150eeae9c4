/*
 * A condition, a comparison and an interval out of the same text: a failure
 * says why.
 */
#include <stdint.h>

#include "rules/expr.h"

static bool
any(void *ctx, struct slice name, size_t *number, struct err *e)
{
	(void)ctx;
	(void)name;
	(void)e;
	*number = 0;
	return true;
}

static const struct cells *
nothing(struct scope *s, size_t field)
{
	static struct datum d = { .presence = VALUE_ABSENT };
	static const struct cells one = { &d, 1 };

	(void)s;
	(void)field;
	return &one;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	struct arena *a = arena_new();
	struct patterns patterns = { 0 };
	struct resolver with = {
		.field = any, .arena = a, .patterns = &patterns
	};
	struct scope s = { .arena = a, .cells = nothing, .zone = 480 };
	struct datum d = { .presence = VALUE_ABSENT };
	struct interval i;
	struct err e = { 0 };
	struct cond *c = n > 400 ? NULL : cond_parse(text, &with, &e);
	struct comparison *x;

	if (c == NULL && n <= 400 && e.text[0] == '\0')
		__builtin_trap();
	if (c != NULL)
		cond_eval(c, &s, &e);
	e = (struct err){ 0 };
	x = comparison_parse(text, &with, &e);
	if (x == NULL && e.text[0] == '\0')
		__builtin_trap();
	if (x != NULL)
		comparison_eval(x, &d, &s, &e);
	e = (struct err){ 0 };
	if (!interval_parse(text, &with, &i, &e) && e.text[0] == '\0')
		__builtin_trap();
	patterns_release(&patterns);
	arena_free(a);
	return 0;
}
