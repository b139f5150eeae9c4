/*
 * mdx-extract - indicators out of clinical text, each one proved from the
 * text.  See mdx-extract(1).
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/asking.h"
#include "cli/model.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "extract/batch.h"
#include "extract/corrections.h"
#include "extract/eval.h"
#include "extract/extract.h"
#include "extract/flat.h"
#include "extract/form.h"
#include "extract/gather.h"
#include "extract/model_run.h"
#include "extract/review.h"
#include "extract/schema.h"
#include "model/cache.h"
#include "record/flow.h"

static const char *doc, *texts, *only, *level, *on, *table, *sample,
    *corrections;
static struct opt_list joins;
static bool plain, trace, all_rows, json, dictionary, flat, in_lines;

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
	{ OPT_TEXT, 0, "corrections", "FILE",
	    "a filled review file: its word is the last",
	    "已填写的复核文件，以其为准", &corrections },
	{ OPT_TEXT, 0, "on", "KEY,KEY...",
	    "members that match them "
	    "(patient_id)",
	    "匹配字段（patient_id）", &on },
	{ OPT_OPTIONAL, 0, "table", "FORM", "print 项目/内容: tsv md csv text",
	    "输出项目/内容表：tsv md csv text", &table },
	{ OPT_FLAG, 0, "all", NULL, "the table with every L2 indicator",
	    "表中列出全部 L2 指标", &all_rows },
	{ OPT_FLAG, 0, "flat", NULL, "print a CSV row a record",
	    "每条记录输出一行 CSV", &flat },
	{ OPT_FLAG, 0, "long", NULL, "print an NDJSON line an indicator",
	    "每个指标输出一行 NDJSON", &in_lines },
	{ OPT_FLAG, 0, "trace", NULL, "entries for absent indicators too",
	    "未提及的指标也写入依据", &trace },
	{ OPT_FLAG, 0, "dictionary", NULL, "form: REDCap's data dictionary",
	    "form：REDCap 数据字典", &dictionary },
	{ OPT_TEXT, 0, "sample", "P%", "review export: so many others too",
	    "review export：另抽取该比例", &sample },
	{ OPT_FLAG, 0, "json", NULL, "eval: one JSON object",
	    "eval：输出一个 JSON 对象", &json },
	{ OPT_TABLE, .rows = opt_model }, { OPT_TABLE, .rows = opt_asking },
	{ OPT_NUMBER, 0, "limit", "N", "only the first N records",
	    "只处理前 N 条记录", &opt_common.run.limit, 1 },
	{ 0 }
};

static const char *const usage[] = { "-p PACK [OPTION]... [FILE]...",
	"check|schema|prompt -p PACK", "explain -p PACK --only ID [FILE]",
	"form -p PACK [--on KEY] [FILE]...", "gather --on KEY[,KEY] [FILE]...",
	"review export -p PACK [FILE]...", "review apply REVIEW.csv [FILE]...",
	"eval GOLD PRED", "batch emit -p PACK --model NAME -o DIR [FILE]...",
	"batch absorb --cache DB RESULT...", "tune -p PACK [FILE]...",
	"cache stat|prune|export DB", NULL };

static const struct verb verbs[] = { { "check", "-p PACK",
					 "read the pack, count its indicators",
					 "检查病种包并统计指标" },
	{ "schema", "-p PACK [--doc ID]", "JSON Schema of a model's answer",
	    "模型应答的 JSON Schema" },
	{ "prompt", "-p PACK [FILE]", "the request that a model would get",
	    "将发送给模型的请求" },
	{ "explain", "-p PACK --only ID", "every candidate and its fate",
	    "列出每个候选及取舍理由" },
	{ "form", "-p PACK [--on KEY]", "a table of L4 to fill in by hand",
	    "人工填写的 L4 表格" },
	{ "gather", "--on KEY,KEY...",
	    "bring the records of a patient or visit together",
	    "把同一患者或就诊的记录合为一条" },
	{ "review", "export|apply", "doubtful answers to a person and back",
	    "存疑结果导出供人工复核，再写回" },
	{ "eval", "GOLD PRED", "accuracy against a gold set",
	    "与标准答案比较准确率" },
	{ "batch", "emit|absorb", "batch files instead of live requests",
	    "以批处理文件代替在线请求" },
	{ "tune", "-p PACK", "a set for fine-tuning, of reviewed records",
	    "由已审核记录生成微调训练集" },
	{ "cache", "stat|prune|export DB", "look after a cache of answers",
	    "查看和维护应答缓存" },
	{ 0 } };

static const struct tool tool = { "mdx-extract",
	"indicators out of clinical text", "从临床文本提取指标", usage, verbs,
	opts, 0 };

/* The parts of a list between commas; they point into the option. */
static struct strings
parts(const char *list, struct arena *arena)
{
	struct slice rest = slice_of(list), part, *out;
	struct strings s = { 0 };

	if (list == NULL)
		return s;
	s.list = out = arena_alloc(arena, (rest.n + 1) * sizeof(*out));
	while (slice_next(&rest, ',', &part))
		out[s.n++] = slice_trim(part);
	return s;
}

/* The members of --on, else the usual one; a name that is no key is misuse. */
static struct strings
key_members(struct arena *arena)
{
	struct strings keys = parts(on == NULL ? "patient_id" : on, arena);

	for (size_t i = 0; i < keys.n; i++) {
		struct slice k = keys.list[i];
		bool bad = k.n == 0 || k.p[0] == '_' ||
		    slice_is(k, "gathered") || slice_is(k, "indicators");

		for (size_t j = 0; j < i && !bad; j++)
			bad = slice_eq(k, keys.list[j]);
		if (bad)
			opt_misuse(&tool,
			    "--on: '%.*s' is no member that could be a key",
			    (int)k.n, k.p);
	}
	if (keys.n == 0)
		opt_misuse(&tool, "--on names no member");
	return keys;
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
wanted(const struct catalogue *c, const struct derive *derive,
    struct arena *arena, bool **out, struct err *e)
{
	struct strings ids = parts(only, arena), levels = parts(level, arena);
	size_t n = catalogue_count(c);
	bool ok = true;

	*out = NULL;
	if (ids.n == 0 && levels.n == 0)
		return true;
	*out = arena_zalloc(arena, n + 1);
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

static bool
load_filled(const struct catalogue *c, struct filled **filled, struct err *e)
{
	struct table_faults faults = { 0 };
	bool ok = true;

	if (corrections != NULL) {
		*filled = filled_load(corrections, &faults, e);
		ok = *filled != NULL &&
		    corrections_check(*filled, c, &faults, e);
		if (faults.n > 1) {
			table_faults_say(&faults, tool_say);
			err_set(e, ERR_USAGE, "%zu faults in %s", faults.n,
			    corrections);
		}
	}
	table_faults_release(&faults);
	return ok;
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
	if (!flat_begin(run, x, e))
		;
	else if (x->plain)
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
    enum extract_output output, enum model_task task, struct err *e)
{
	struct arena *arena = arena_new();
	struct strings keys = key_members(arena);
	struct extract x = { .guide = guide,
		.text = parts(texts, arena),
		.on = keys,
		.plain = plain,
		.trace = trace,
		.all_rows = all_rows,
		.output = output,
		.form = form() };
	struct derive *derive = NULL;
	struct join *join = NULL;
	struct filled *filled = NULL;
	struct model_run model = { .task = task };
	bool *want = NULL;
	int status = ERR_USAGE;

	if (doc != NULL)
		x.doc = guide_find(guide, slice_of(doc));
	if (doc != NULL && x.doc == NULL)
		err_set(e, ERR_USAGE, "--doc: no document type '%s'", doc);
	else if ((derive = derive_new(c, e)) != NULL &&
	    load_joins(c, keys, &join, e) && load_filled(c, &filled, e) &&
	    wanted(c, derive, arena, &want, e) &&
	    asking_read(c, arena, &model, e)) {
		x.derive = derive;
		x.join = join;
		x.filled = filled;
		x.wanted = want;
		model.split.key = keys.list[0];
		status = task != TASK_LIVE || settings_ask(model.settings)
		    ? model_run(&opt_common.run, operands, &x, &model,
			  tool_share(), e)
		    : run_extract(operands, &x, e);
	}
	index_free(x.names);
	join_free(join);
	filled_free(filled);
	derive_free(derive);
	arena_free(arena);
	return status;
}

/* Ends the buffer; the status of what it was for. */
static int
print(struct buf *b, struct err *e)
{
	bool ok = fwrite(b->p, 1, b->n, stdout) == b->n && fflush(stdout) == 0;

	if (!ok)
		err_sys(e, ERR_OUTPUT, "standard output");
	buf_release(b);
	return ok ? 0 : (int)e->kind;
}

static int
check(const struct catalogue *c, const struct guide *guide, struct err *e)
{
	struct derive *derive = derive_new(c, e);
	struct buf b = { 0 };

	if (derive == NULL || !derive_check(derive, e) || !form_check(c, e)) {
		derive_free(derive);
		return (int)e->kind;
	}
	derive_free(derive);
	guide_summary(guide, &b);
	return print(&b, e);
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
	return print(&b, e);
}

static int
fill_in(char **operands, const struct guide *guide, struct err *e)
{
	struct err why = { 0 };
	struct arena *arena = arena_new();
	struct strings keys = key_members(arena);
	struct buf b = { 0 };
	struct run *run = NULL;
	int status = ERR_USAGE;

	if (dictionary) {
		if (form_dictionary(guide, keys, &b, e)) {
			status = print(&b, e);
		}
	} else if ((run = run_open(&opt_common.run, e)) != NULL) {
		if (!form_run(run, operands, guide, keys, &why))
			run_fail(run, &why);
		status = run_end(run, e);
	} else {
		status = (int)e->kind;
	}
	run_free(run);
	buf_release(&b);
	arena_free(arena);
	return status;
}

static enum model_task
task_of(const char *verb)
{
	return strcmp(verb, "prompt") == 0 ? TASK_PROMPT
	    : strcmp(verb, "batch") == 0   ? TASK_EMIT
	    : strcmp(verb, "tune") == 0    ? TASK_TUNE
	    : asking_only_counts()         ? TASK_FORECAST
					   : TASK_LIVE;
}

static int
with_packs(char **operands, const char *name, struct err *e)
{
	struct catalogue *c;
	struct guide *guide = NULL;
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
	else if (strcmp(name, "form") == 0)
		status = fill_in(operands, guide, e);
	else
		status = extract(operands, c, guide,
		    strcmp(name, "explain") == 0 ? OUTPUT_EXPLAIN
			: table != NULL          ? OUTPUT_TABLE
			: flat                   ? OUTPUT_FLAT
			: in_lines               ? OUTPUT_LONG
						 : OUTPUT_RECORDS,
		    task_of(name), e);
	guide_free(guide);
	catalogue_free(c);
	return status;
}

static int
gather(char **operands, struct err *e)
{
	struct err why = { 0 };
	struct arena *arena = arena_new();
	struct gather_counts counts;
	struct buf report = { 0 };
	struct run *run;
	int status = ERR_USAGE;

	if (on == NULL)
		opt_misuse(&tool, "gather needs the key, use --on KEY[,KEY]");
	run = run_open(&opt_common.run, e);
	if (run != NULL) {
		if (!gather_run(
			run, operands, key_members(arena), &counts, &why))
			run_fail(run, &why);
		gather_report(&counts, &report);
		run_own(run, buf_slice(&report));
		status = run_end(run, e);
	} else {
		status = (int)e->kind;
	}
	run_free(run);
	buf_release(&report);
	arena_free(arena);
	return status;
}

static int
export_review(char **operands, const struct catalogue *c, struct strings keys,
    struct err *e)
{
	struct err why = { 0 };
	struct review_export x = { .catalogue = c, .on = keys };
	struct run *run;
	struct buf report = { 0 };
	int status;

	if (sample != NULL && !review_share(sample, &x.sample))
		opt_misuse(&tool, "--sample: '%s' is no share (5%%)", sample);
	run = run_open(&opt_common.run, e);
	if (run == NULL)
		return (int)e->kind;
	if (!review_export(run, operands, &x, &why))
		run_fail(run, &why);
	buf_addf(&report, "{\"rows\":%llu,\"reviewed\":%llu}",
	    (unsigned long long)x.rows, (unsigned long long)x.reviewed);
	run_own(run, buf_slice(&report));
	status = run_end(run, e);
	run_free(run);
	buf_release(&report);
	return status;
}

static int
apply_review(char **operands, const struct catalogue *c, struct strings keys,
    struct err *e)
{
	struct err why = { 0 };
	struct review_apply x = { .catalogue = c, .on = keys };
	struct filled *filled;
	struct run *run = NULL;
	struct buf report = { 0 };
	int status;

	if (operands[0] == NULL)
		opt_misuse(&tool, "review apply takes the filled file first");
	x.filled = filled = filled_load(operands[0], NULL, e);
	if (filled != NULL)
		run = run_open(&opt_common.run, e);
	if (run == NULL) {
		filled_free(filled);
		return (int)e->kind;
	}
	if (!review_apply(run, operands + 1, &x, &why))
		run_fail(run, &why);
	buf_addf(&report, "{\"applied\":%llu,\"open\":%llu,\"reviewed\":%llu}",
	    (unsigned long long)x.applied, (unsigned long long)x.open,
	    (unsigned long long)x.reviewed);
	run_own(run, buf_slice(&report));
	status = run_end(run, e);
	run_free(run);
	filled_free(filled);
	buf_release(&report);
	return status;
}

static int
review(char **operands, struct err *e)
{
	const char *which = operands[0] == NULL ? "" : operands[0];
	bool exports = strcmp(which, "export") == 0;
	struct arena *arena = arena_new();
	struct strings keys = { 0 };
	struct catalogue *c;
	int status = ERR_USAGE;

	if (!exports && strcmp(which, "apply") != 0)
		opt_misuse(
		    &tool, "review: '%s' is neither export nor apply", which);
	c = catalogue_load(
	    tool_share(), opt_common.packs.items, true, tool_say, e);
	if (on != NULL)
		keys = key_members(arena);
	if (c != NULL)
		status = (exports ? export_review : apply_review)(
		    operands + 1, c, keys, e);
	catalogue_free(c);
	arena_free(arena);
	return status;
}

static int
batch(char **operands, struct err *e)
{
	const char *what = operands[0] == NULL ? "" : operands[0];

	if (strcmp(what, "absorb") == 0)
		return batch_absorb(
		    &opt_common.run, operands + 1, asking_cache(), e);
	if (strcmp(what, "emit") != 0)
		opt_misuse(&tool, "batch takes emit or absorb");
	return with_packs(operands + 1, "batch", e);
}

static int
look_after_cache(char **operands, struct err *e)
{
	uint64_t age;

	if (operands[0] == NULL || operands[1] == NULL || operands[2] != NULL)
		opt_misuse(&tool, "cache takes stat, prune or export, and DB");
	return asking_ttl(&age, e) &&
		cache_look_after(
		    operands[0], operands[1], age, opt_common.run.output, e)
	    ? 0
	    : (int)e->kind;
}

int
main(int argc, char *argv[])
{
	const struct verb *verb;
	char **operands = opt_parse(&tool, argc, argv, &verb);
	const char *name = verb == NULL ? "" : verb->name;
	struct err e = { 0 };
	int status;

	tool_start(&tool);
	if (strcmp(name, "eval") == 0) {
		if (operands[0] == NULL || operands[1] == NULL)
			opt_misuse(&tool, "eval takes two files: GOLD PRED");
		status = eval(operands[0], operands[1], json, &e);
	} else if (strcmp(name, "gather") == 0) {
		status = gather(operands, &e);
	} else if (strcmp(name, "review") == 0) {
		status = review(operands, &e);
	} else if (strcmp(name, "batch") == 0) {
		status = batch(operands, &e);
	} else if (strcmp(name, "cache") == 0) {
		status = look_after_cache(operands, &e);
	} else {
		status = with_packs(operands, name, &e);
	}
	return tool_end(status, &e);
}
