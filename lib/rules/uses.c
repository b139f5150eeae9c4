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
uses_cond_fields(const struct cond *c, void (*each)(void *, size_t), void *ctx)
{
	if (c == NULL)
		return;
	if (c->kind == COND_COMPARE) {
		fields_of(c->expr, each, ctx);
		fields_of(c->other, each, ctx);
	} else if (c->left == NULL) {
		each(ctx, c->field);
	}
	uses_cond_fields(c->left, each, ctx);
	uses_cond_fields(c->right, each, ctx);
}

static void
keys_of(const struct cond *c, void (*each)(void *, size_t), void *ctx)
{
	if (c == NULL)
		return;
	if (c->kind == COND_KEY)
		each(ctx, c->reference);
	keys_of(c->left, each, ctx);
	keys_of(c->right, each, ctx);
}

void
uses_keys(const struct test *t, void (*each)(void *, size_t), void *ctx)
{
	keys_of(t->when, each, ctx);
	keys_of(t->never, each, ctx);
	if (t->rule->check == CHECK_FOREIGN_KEY ||
	    t->rule->check == CHECK_COVERS)
		each(ctx, t->reference);
}

void
uses_fields(const struct test *t, void (*each)(void *, size_t), void *ctx)
{
	if (t->comparison != NULL) {
		fields_of(t->comparison->right, each, ctx);
		fields_of(t->comparison->tolerance, each, ctx);
	}
	uses_cond_fields(t->never, each, ctx);
	for (size_t i = 0; i < t->nmembers; i++)
		if (t->members[i] != NO_FIELD)
			each(ctx, t->members[i]);
}
