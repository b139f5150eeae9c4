/*
 * What people fill in: the form of L4, and the review of what is in doubt.
 */
#include "mdx-extract/extract.h"

#include <string.h>

#include "extract/form.h"
#include "extract/review.h"

static bool dictionary;
static const char *sample;

const struct opt form_opts[] = { { OPT_FLAG, 0, "dictionary", NULL,
				     "REDCap's data dictionary instead",
				     "改为输出 REDCap 数据字典", &dictionary },
	{ 0 } };

const struct opt review_opts[] = { { OPT_TEXT, 0, "sample", "P%",
				       "export: so many others too",
				       "export：另抽取该比例", &sample },
	{ 0 } };

struct form {
	const struct guide *guide;
	struct strings on;
};

static bool
run_form(void *form, struct run *run, char **operands, struct err *e)
{
	const struct form *f = form;

	return form_run(run, operands, f->guide, f->on, e);
}

int
verb_form(char **operands, struct err *e)
{
	struct form f = { setup_guide(e), setup_keys() };
	struct buf b = { 0 };

	if (f.guide == NULL)
		return (int)e->kind;
	if (!dictionary)
		return work_run(&(struct work){ &f, run_form }, operands, e);
	if (form_dictionary(f.guide, f.on, &b, e))
		return work_print(&b, e);
	buf_release(&b);
	return (int)e->kind;
}

/* --- review -------------------------------------------------------------- */

static bool
run_export(void *export, struct run *run, char **operands, struct err *e)
{
	return review_export(run, operands, export, e);
}

static void
account_export(const void *export, struct buf *b)
{
	const struct review_export *x = export;

	buf_addf(b, "{\"rows\":%llu,\"reviewed\":%llu}",
	    (unsigned long long)x->rows, (unsigned long long)x->reviewed);
}

static int
export_review(char **operands, struct strings keys, struct err *e)
{
	struct review_export x = { .catalogue = setup_catalogue(e),
		.on = keys };

	if (x.catalogue == NULL)
		return (int)e->kind;
	if (sample != NULL && !review_share(sample, &x.sample))
		opt_misuse(
		    &extract_tool, "--sample: '%s' is no share (5%%)", sample);
	return work_run(
	    &(struct work){ &x, run_export, account_export }, operands, e);
}

static bool
run_apply(void *apply, struct run *run, char **operands, struct err *e)
{
	return review_apply(run, operands, apply, e);
}

static void
account_apply(const void *apply, struct buf *b)
{
	const struct review_apply *x = apply;

	buf_addf(b, "{\"applied\":%llu,\"open\":%llu,\"reviewed\":%llu}",
	    (unsigned long long)x->applied, (unsigned long long)x->open,
	    (unsigned long long)x->reviewed);
}

static int
apply_review(char **operands, struct strings keys, struct err *e)
{
	struct review_apply x = { .catalogue = setup_catalogue(e), .on = keys };
	struct filled *filled;
	int status;

	if (operands[0] == NULL)
		opt_misuse(
		    &extract_tool, "review apply takes the filled file first");
	if (x.catalogue == NULL)
		return (int)e->kind;
	x.filled = filled = filled_load(operands[0], NULL, e);
	if (filled == NULL)
		return (int)e->kind;
	status = work_run(
	    &(struct work){ &x, run_apply, account_apply }, operands + 1, e);
	filled_free(filled);
	return status;
}

int
verb_review(char **operands, struct err *e)
{
	const char *which = operands[0] == NULL ? "" : operands[0];
	struct strings keys = { 0 };

	if (shared.on != NULL)
		keys = setup_keys();
	if (strcmp(which, "export") == 0)
		return export_review(operands + 1, keys, e);
	if (strcmp(which, "apply") == 0)
		return apply_review(operands + 1, keys, e);
	opt_misuse(
	    &extract_tool, "review: '%s' is neither export nor apply", which);
}
