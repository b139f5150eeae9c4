/*
 * Indicators on the records, and what has to do with a model: these verbs read
 * the same options.
 */
#include "mdx-extract/extract.h"

#include <string.h>
#include <unistd.h>

#include "cli/asking.h"
#include "extract/batch.h"
#include "extract/corrections.h"
#include "extract/extract.h"
#include "extract/flat.h"
#include "extract/unmet.h"

static const char *texts, *only, *level, *table, *corrections;
static struct opt_list joins;
static bool plain, trace, all_rows, flat, in_lines;

const struct opt record_opts[] = { { OPT_FLAG, 0, "plain", NULL,
				       "each operand is one plain-text report",
				       "每个文件是一份纯文本报告", &plain },
	{ OPT_TEXT, 0, "only", "ID,ID...", "compute only these indicators",
	    "只计算这些指标", &only },
	{ OPT_OPTIONAL, 0, "table", "FORM", "print 项目/内容: tsv md csv text",
	    "输出项目/内容表：tsv md csv text", &table },
	{ OPT_LIST, 0, "join", "FILE", "L4 values, CSV or NDJSON",
	    "合并随访数据（CSV 或 NDJSON）", &joins },
	{ 0 } };

const struct opt record_more_opts[] = { { OPT_TEXT, 0, "text", "M,M...",
					    "members that hold text",
					    "存放文本的字段", &texts },
	{ OPT_TEXT, 0, "level", "L1,L2...", "compute only these levels",
	    "只计算这些级别", &level },
	{ OPT_TEXT, 0, "corrections", "FILE",
	    "a filled review file: its word is the last",
	    "已填写的复核文件，以其为准", &corrections },
	{ OPT_FLAG, 0, "all", NULL, "the table with every L2 indicator",
	    "表中列出全部 L2 指标", &all_rows },
	{ OPT_FLAG, 0, "flat", NULL, "print a CSV row a record",
	    "每条记录输出一行 CSV", &flat },
	{ OPT_FLAG, 0, "long", NULL, "print an NDJSON line an indicator",
	    "每个指标输出一行 NDJSON", &in_lines },
	{ OPT_FLAG, 0, "trace", NULL,
	    "entries for absent indicators too, and what lost",
	    "未提及的指标也写入依据，并列出落选的", &trace },
	{ 0 } };

static enum sheet_form
form_of_table(void)
{
	static const char *const names[] = { "tsv", "csv", "md", "text" };

	if (table == NULL || *table == '\0')
		return table != NULL && opt_common.run.output == NULL &&
			isatty(STDOUT_FILENO)
		    ? SHEET_TEXT
		    : SHEET_TSV;
	for (unsigned i = 0; i < 4; i++)
		if (strcmp(table, names[i]) == 0)
			return (enum sheet_form)i;
	opt_misuse(
	    &extract_tool, "--table: '%s' is none of tsv md csv text", table);
}

static enum extract_output
wanted_output(void)
{
	if ((table != NULL) + flat + in_lines > 1)
		opt_misuse(&extract_tool,
		    "--table, --flat and --long exclude each other");
	if (corrections != NULL && (table != NULL || in_lines))
		opt_misuse(&extract_tool,
		    "--corrections goes with records and --flat only: apply "
		    "it first");
	return table != NULL ? OUTPUT_TABLE
	    : flat           ? OUTPUT_FLAT
	    : in_lines       ? OUTPUT_LONG
			     : OUTPUT_RECORDS;
}

/* One truth an indicator, or NULL where all are wanted. */
static bool
wanted(const struct catalogue *c, const struct derive *derive, const bool **out,
    struct err *e)
{
	struct strings ids = setup_parts(only), levels = setup_parts(level);
	size_t n = catalogue_count(c);
	bool *want;

	*out = NULL;
	if (ids.n == 0 && levels.n == 0)
		return true;
	*out = want = arena_zalloc(setup_arena(), n + 1);
	for (size_t i = 0; i < ids.n; i++) {
		const struct indicator *d = catalogue_find(c, ids.list[i]);

		if (d == NULL)
			return err_set(e, ERR_USAGE,
			    "--only: no indicator '%.*s' in the packs",
			    (int)ids.list[i].n, ids.list[i].p);
		want[d->number] = true;
	}
	for (size_t i = 0; i < levels.n; i++) {
		struct slice s = levels.list[i];

		if (s.n != 2 || s.p[0] != 'L' || s.p[1] < '1' || s.p[1] > '4')
			return err_set(e, ERR_USAGE,
			    "--level: '%.*s' is none of L1 L2 L3 L4", (int)s.n,
			    s.p);
		for (size_t k = 0; k < n; k++)
			if (catalogue_at(c, k)->level ==
			    (unsigned)(s.p[1] - '0'))
				want[k] = true;
	}
	derive_needs(derive, want);
	return true;
}

/* Of several faults each is said, and e tells how many. */
static void
say_faults(struct table_faults *faults, const char *path, struct err *e)
{
	if (faults->n > 1) {
		table_faults_say(faults, tool_say);
		err_set(e, ERR_USAGE, "%zu faults in %s", faults->n, path);
	}
	table_faults_release(faults);
}

static bool
load_joins(const struct catalogue *c, struct strings keys, struct join **join,
    struct err *e)
{
	struct table_faults faults = { 0 };
	bool ok = true;

	if (joins.count == 0)
		return true;
	*join = join_new(c, keys, e);
	for (size_t i = 0; *join != NULL && i < joins.count && ok; i++) {
		ok = join_load(*join, joins.items[i], &faults, e);
		say_faults(&faults, joins.items[i], e);
	}
	return ok && *join != NULL;
}

static bool
load_filled(const struct catalogue *c, struct filled **filled, struct err *e)
{
	struct table_faults faults = { 0 };
	bool ok;

	if (corrections == NULL)
		return true;
	*filled = filled_load(corrections, &faults, e);
	ok = *filled != NULL && corrections_check(*filled, c, &faults, e);
	say_faults(&faults, corrections, e);
	return ok;
}

/* --- the run ------------------------------------------------------------- */

/* What is built for a run; the options and tables point into it. */
struct tables {
	struct derive *derive;
	struct join *join;
	struct filled *filled;
};

static bool
load(struct tables *t, struct extract *x, const struct guide *guide,
    struct err *e)
{
	const struct catalogue *c = guide_catalogue(guide);

	if (shared.doc != NULL) {
		x->doc = guide_find(guide, slice_of(shared.doc));
		if (x->doc == NULL)
			return err_set(e, ERR_USAGE,
			    "--doc: no document type '%s'", shared.doc);
	}
	t->derive = derive_new(c, e);
	if (t->derive == NULL || !load_joins(c, x->on, &t->join, e) ||
	    !load_filled(c, &t->filled, e) ||
	    !wanted(c, t->derive, &x->wanted, e))
		return false;
	x->guide = guide;
	x->derive = t->derive;
	x->join = t->join;
	x->filled = t->filled;
	return true;
}

static void
release(struct tables *t, struct extract *x)
{
	extract_release(x);
	join_free(t->join);
	filled_free(t->filled);
	derive_free(t->derive);
}

static bool
run_rules(void *extract, struct run *run, char **operands, struct err *e)
{
	struct extract *x = extract;
	struct stage stage = extract_stage(x);
	bool ok = flat_begin(run, x, e) &&
	    (x->plain ? extract_plain(run, operands, &stage, e)
		      : flow_run(run, operands, &stage, e));

	if (ok && x->output != OUTPUT_EXPLAIN)
		unmet_say(x, run);
	return ok;
}

static void
account(const void *extract, struct buf *b)
{
	extract_report(extract, b);
}

static int
run_with(char **operands, enum extract_output output, enum model_task task,
    struct err *e)
{
	const struct guide *guide = setup_guide(e);
	struct extract x = { .text = setup_parts(texts),
		.on = setup_keys(),
		.plain = plain,
		.trace = trace,
		.all_rows = all_rows,
		.output = output,
		.form = form_of_table() };
	struct model_run model = { .task = task };
	struct tables t = { 0 };
	int status = ERR_USAGE;

	model.split.key = x.on.list[0];
	if (guide == NULL || !load(&t, &x, guide, e) ||
	    !asking_read(guide_catalogue(guide), setup_arena(), &model, e))
		status = (int)e->kind;
	else if (task != TASK_LIVE || settings_ask(model.settings))
		status = model_run(
		    &opt_common.run, operands, &x, &model, tool_share(), e);
	else
		status = work_run(&(struct work){ &x, run_rules, account,
				      guide_catalogue(guide) },
		    operands, e);
	release(&t, &x);
	return status;
}

/* --- the verbs ----------------------------------------------------------- */

static enum model_task
live(void)
{
	return asking_only_counts() ? TASK_FORECAST : TASK_LIVE;
}

int
verb_records(char **operands, struct err *e)
{
	return run_with(operands, wanted_output(), live(), e);
}

int
verb_explain(char **operands, struct err *e)
{
	if (corrections != NULL)
		opt_misuse(&extract_tool,
		    "explain tells of the rules, --corrections of a person's "
		    "word: leave it out");
	return run_with(operands, OUTPUT_EXPLAIN, live(), e);
}

int
verb_prompt(char **operands, struct err *e)
{
	return run_with(operands, OUTPUT_RECORDS, TASK_PROMPT, e);
}

int
verb_tune(char **operands, struct err *e)
{
	return run_with(operands, OUTPUT_RECORDS, TASK_TUNE, e);
}

int
verb_batch(char **operands, struct err *e)
{
	const char *what = operands[0] == NULL ? "" : operands[0];

	if (strcmp(what, "absorb") == 0)
		return batch_absorb(
		    &opt_common.run, operands + 1, asking_cache(), e);
	if (strcmp(what, "emit") != 0)
		opt_misuse(&extract_tool, "batch takes emit or absorb");
	return run_with(operands + 1, OUTPUT_RECORDS, TASK_EMIT, e);
}
