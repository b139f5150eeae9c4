#include "rules/uses.h"

#include "rules/cond_tree.h"
#include "rules/expr_tree.h"

void
uses_tests(
    const struct cond *c, void (*each)(void *, const struct cond *), void *ctx)
{
	if (c == NULL)
		return;
	if (c->text.n > 0 || (c->left == NULL && c->right == NULL)) {
		each(ctx, c);
		return;
	}
	uses_tests(c->left, each, ctx);
	uses_tests(c->right, each, ctx);
}

static void
fields_of(const struct expr *x, void (*each)(void *, size_t), void *ctx)
{
	for (; x != NULL; x = x->next) {
		if (x->kind == EXPR_FIELD)
			each(ctx, x->field);
		fields_of(x->args, each, ctx);
	}
}

void
uses_fields(const struct test *t, void (*each)(void *, size_t), void *ctx)
{
	if (t->comparison != NULL) {
		fields_of(t->comparison->right, each, ctx);
		fields_of(t->comparison->tolerance, each, ctx);
	}
	for (size_t i = 0; i < t->nmembers; i++)
		if (t->members[i] != NO_FIELD)
			each(ctx, t->members[i]);
}
