/*
 * What a pack is, without a record.
 */
#include "extract/derive.h"
#include "extract/form.h"
#include "extract/schema.h"
#include "mdx-extract/extract.h"

int
verb_check(char **operands, struct err *e)
{
	const struct guide *guide = setup_guide(e);
	struct derive *derive = NULL;
	struct buf b = { 0 };
	bool ok;

	(void)operands;
	if (guide == NULL)
		return (int)e->kind;
	derive = derive_new(guide_catalogue(guide), e);
	ok = derive != NULL && derive_check(derive, e) &&
	    form_check(guide_catalogue(guide), e);
	derive_free(derive);
	if (!ok)
		return (int)e->kind;
	guide_summary(guide, &b);
	return work_print(&b, e);
}

int
verb_schema(char **operands, struct err *e)
{
	const struct guide *guide = setup_guide(e);
	const struct doctype *t = NULL;
	struct buf b = { 0 };

	(void)operands;
	if (guide == NULL)
		return (int)e->kind;
	if (shared.doc != NULL)
		t = guide_find(guide, slice_of(shared.doc));
	else if (guide_count(guide) > 0)
		t = guide_at(guide, 0);
	if (t == NULL) {
		err_set(e, ERR_USAGE, "no such document type (--doc ID)");
		return (int)e->kind;
	}
	schema_put(&b, t, NULL);
	buf_addc(&b, '\n');
	return work_print(&b, e);
}
