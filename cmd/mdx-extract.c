/*
 * mdx-extract - indicators out of clinical text, each one proved from the
 * text.  See mdx-extract(1).
 */
#include <stdio.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "extract/eval.h"
#include "extract/extract.h"
#include "extract/schema.h"
#include "record/flow.h"

static const char *doc, *texts, *only, *level, *on, *table;
static struct opt_list joins;
static bool plain, trace, all_rows, json;

static const struct opt opts[] = {
	{ OPT_TEXT, 0, "doc", "ID", "treat every record as this document type",
	    "所有记录按此文书类型处理", &doc },
	{ OPT_TEXT, 0, "text", "M,M...", "members that hold text",
	    "存放文本的字段", &texts },
	{ OPT_FLAG, 0, "plain", NULL, "each operand is one plain-text report",
	    "每个文件是一份纯文本报告", &plain },
	{ OPT_TEXT, 0, "only", "ID,ID...", "compute only these indicators",
	    "只计算这些指标", &only },
	{ OPT_TEXT, 0, "level", "L1,L2...", "compute only these levels",
	    "只计算这些级别", &level },
	{ OPT_LIST, 0, "join", "FILE", "L4 values, CSV or NDJSON",
	    "合并随访数据（CSV 或 NDJSON）", &joins },
	{ OPT_TEXT, 0, "on", "KEY,KEY...",
	    "members that match them "
	    "(patient_id)",
	    "匹配字段（patient_id）", &on },
	{ OPT_OPTIONAL, 0, "table", "FORM", "print 项目/内容: tsv md csv text",
	    "输出项目/内容表：tsv md csv text", &table },
	{ OPT_FLAG, 0, "all", NULL, "the table with every L2 indicator",
	    "表中列出全部 L2 指标", &all_rows },
	{ OPT_FLAG, 0, "trace", NULL, "entries for absent indicators too",
	    "未提及的指标也写入依据", &trace },
	{ OPT_FLAG, 0, "json", NULL, "eval: one JSON object",
	    "eval：输出一个 JSON 对象", &json },
	{ 0 }
};

static const char *const usage[] = { "-p PACK [OPTION]... [FILE]...",
	"check|schema -p PACK", "explain -p PACK --only ID [FILE]",
	"eval GOLD PRED", NULL };

static const struct verb verbs[] = { { "check", "-p PACK",
					 "read the pack, count its indicators",
					 "检查病种包并统计指标" },
	{ "schema", "-p PACK [--doc ID]", "JSON Schema of a model's answer",
	    "模型应答的 JSON Schema" },
	{ "explain", "-p PACK --only ID", "every candidate and its fate",
	    "列出每个候选及取舍理由" },
	{ "eval", "GOLD PRED", "accuracy against a gold set",
	    "与标准答案比较准确率" },
	{ 0 } };

static const struct tool tool = { "mdx-extract",
	"indicators out of clinical text", "从临床文本提取指标", usage, verbs,
	opts, 0 };

/* The parts of a list between commas; they point into the option. */
static struct strings
parts(const char *list)
{
	struct slice rest = slice_of(list), part;
	struct strings s = { 0 };
	size_t room = 0;

	while (list != NULL && slice_next(&rest, ',', &part)) {
		s.list = mem_room(s.list, s.n, &room, sizeof(*s.list));
		s.list[s.n++] = slice_trim(part);
	}
	return s;
}

static enum sheet_form
form(void)
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
	opt_misuse(&tool, "--table: '%s' is none of tsv md csv text", table);
}

/* One truth an indicator, or NULL where all are wanted. */
static bool
wanted(const struct catalogue *c, const struct derive *derive, bool **out,
    struct err *e)
{
	struct strings ids = parts(only), levels = parts(level);
	size_t n = catalogue_count(c);
	bool ok = true;

	*out = NULL;
	if (ids.n == 0 && levels.n == 0)
		return true;
	*out = mem_zalloc(n + 1);
	for (size_t i = 0; i < ids.n && ok; i++) {
		const struct indicator *d = catalogue_find(c, ids.list[i]);

		if (d != NULL)
			(*out)[d->number] = true;
		else
			ok = err_set(e, ERR_USAGE,
			    "--only: no indicator '%.*s' in the packs",
			    (int)ids.list[i].n, ids.list[i].p);
	}
	for (size_t i = 0; i < levels.n && ok; i++) {
		struct slice s = levels.list[i];

		if (s.n != 2 || s.p[0] != 'L' || s.p[1] < '1' || s.p[1] > '4')
			ok = err_set(e, ERR_USAGE,
			    "--level: '%.*s' is none of L1 L2 L3 L4", (int)s.n,
			    s.p);
		for (size_t k = 0; k < n && ok; k++)
			if (catalogue_at(c, k)->level ==
			    (unsigned)(s.p[1] - '0'))
				(*out)[k] = true;
	}
	if (ok)
		derive_needs(derive, *out);
	mem_free(ids.list);
	mem_free(levels.list);
	return ok;
}

static bool
load_joins(const struct catalogue *c, struct strings keys, struct join **join,
    struct err *e)
{
	struct table_faults faults = { 0 };
	bool ok = true;

	*join = NULL;
	if (joins.count == 0)
		return true;
	*join = join_new(c, keys, e);
	for (size_t i = 0; *join != NULL && i < joins.count && ok; i++)
		ok = join_load(*join, joins.items[i], &faults, e);
	table_faults_release(&faults);
	return ok && *join != NULL;
}

static void
note_table(void *run, const char *path, const uint8_t digest[DIGEST_SIZE])
{
	run_table(run, path, digest);
}

static int
run_extract(char **operands, struct extract *x, struct err *e)
{
	struct stage stage = extract_stage(x);
	struct run *run;
	struct buf report = { 0 };
	int status;

	run = run_open(&opt_common.run, e);
	if (run == NULL)
		return (int)e->kind;
	catalogue_tables(guide_catalogue(x->guide), note_table, run);
	if (x->plain)
		extract_plain(run, operands, &stage, e);
	else
		flow_run(run, operands, &stage, e);
	extract_report(x, &report);
	run_own(run, buf_slice(&report));
	status = run_end(run, e);
	run_free(run);
	buf_release(&report);
	return status;
}

static int
extract(char **operands, const struct catalogue *c, const struct guide *guide,
    enum extract_output output, struct err *e)
{
	struct strings keys = parts(on == NULL ? "patient_id" : on);
	struct extract x = { .guide = guide,
		.text = parts(texts),
		.plain = plain,
		.trace = trace,
		.all_rows = all_rows,
		.output = output,
		.form = form() };
	struct derive *derive = NULL;
	struct join *join = NULL;
	bool *want = NULL;
	int status = ERR_USAGE;

	if (doc != NULL)
		x.doc = guide_find(guide, slice_of(doc));
	if (doc != NULL && x.doc == NULL)
		err_set(e, ERR_USAGE, "--doc: no document type '%s'", doc);
	else if ((derive = derive_new(c, e)) != NULL &&
	    load_joins(c, keys, &join, e) && wanted(c, derive, &want, e)) {
		x.derive = derive;
		x.join = join;
		x.wanted = want;
		status = run_extract(operands, &x, e);
	}
	index_free(x.names);
	join_free(join);
	derive_free(derive);
	mem_free(want);
	mem_free(keys.list);
	mem_free(x.text.list);
	return status;
}

static int
check(const struct catalogue *c, const struct guide *guide, struct err *e)
{
	struct derive *derive = derive_new(c, e);
	struct buf b = { 0 };

	if (derive == NULL)
		return (int)e->kind;
	derive_free(derive);
	guide_summary(guide, &b);
	fwrite(b.p, 1, b.n, stdout);
	buf_release(&b);
	return 0;
}

static int
schema(const struct guide *guide, struct err *e)
{
	const struct doctype *t = doc != NULL ? guide_find(guide, slice_of(doc))
	    : guide_count(guide) > 0          ? guide_at(guide, 0)
					      : NULL;
	struct buf b = { 0 };

	if (t == NULL)
		return (int)(err_set(e, ERR_USAGE,
				 "no such document type (--doc ID)"),
		    e->kind);
	schema_put(&b, t, NULL);
	buf_addc(&b, '\n');
	fwrite(b.p, 1, b.n, stdout);
	buf_release(&b);
	return 0;
}

static int
with_packs(char **operands, const struct verb *verb, struct err *e)
{
	struct catalogue *c;
	struct guide *guide = NULL;
	const char *name = verb == NULL ? "" : verb->name;
	int status = ERR_USAGE;

	if (opt_common.packs.count == 0)
		opt_misuse(&tool, "no pack given, use -p PACK");
	c = catalogue_load(
	    tool_share(), opt_common.packs.items, true, tool_say, e);
	if (c != NULL)
		guide = guide_new(c, tool_say, e);
	if (guide == NULL)
		status = (int)e->kind;
	else if (strcmp(name, "check") == 0)
		status = check(c, guide, e);
	else if (strcmp(name, "schema") == 0)
		status = schema(guide, e);
	else
		status = extract(operands, c, guide,
		    *name != '\0'       ? OUTPUT_EXPLAIN
			: table != NULL ? OUTPUT_TABLE
					: OUTPUT_RECORDS,
		    e);
	guide_free(guide);
	catalogue_free(c);
	return status;
}

int
main(int argc, char *argv[])
{
	const struct verb *verb;
	char **operands = opt_parse(&tool, argc, argv, &verb);
	struct err e = { 0 };
	int status;

	tool_start(&tool);
	if (verb != NULL && strcmp(verb->name, "eval") == 0) {
		if (operands[0] == NULL || operands[1] == NULL)
			opt_misuse(&tool, "eval takes two files: GOLD PRED");
		status = eval(operands[0], operands[1], json, &e);
	} else {
		status = with_packs(operands, verb, &e);
	}
	return tool_end(status, &e);
}
