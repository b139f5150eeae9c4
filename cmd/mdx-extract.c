/*
 * mdx-extract - indicators out of clinical text, each one proved from the
 * text.  See mdx-extract(1).
 */
#include <sys/stat.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "cli/model.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "deid/find.h"
#include "extract/corrections.h"
#include "extract/eval.h"
#include "extract/extract.h"
#include "extract/flat.h"
#include "extract/form.h"
#include "extract/gather.h"
#include "extract/live.h"
#include "extract/review.h"
#include "extract/schema.h"
#include "record/flow.h"

static const char *doc, *texts, *only, *level, *on, *table, *sample,
    *corrections;
static struct opt_list joins;
static bool plain, trace, all_rows, json, dictionary, flat, in_lines;
static const char *ask, *mode = "auto";
static uint64_t in_flight = 8, retries = 6, idle = 120, total = 900,
		max_wait = 60, max_failed;
static bool refresh, redaction, prompting;

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
	{ OPT_TABLE, .rows = opt_model },
	{ OPT_TEXT, 0, "ask", "WHAT", "open, all, or ID,ID... (open)",
	    "询问范围：open、all 或指标编号", &ask },
	{ OPT_TEXT, 0, "mode", "MODE",
	    "auto json_schema json_object text (auto)", "要求 JSON 的方式",
	    &mode },
	{ OPT_NUMBER, 'F', "in-flight", "N", "requests at once (8)",
	    "同时请求数（8）", &in_flight },
	{ OPT_NUMBER, 0, "retries", "N", "tries more of one request (6)",
	    "重试次数（6）", &retries },
	{ OPT_NUMBER, 0, "idle-timeout", "S", "seconds without a byte (120)",
	    "无数据超时秒数（120）", &idle },
	{ OPT_NUMBER, 0, "total-timeout", "S", "seconds of a request (900)",
	    "单次请求超时秒数（900）", &total },
	{ OPT_NUMBER, 0, "max-wait", "S", "most of a Retry-After (60)",
	    "最长等待秒数（60）", &max_wait },
	{ OPT_NUMBER, 0, "max-failed", "N", "more without answer: exit 1 (0)",
	    "未得应答超过此数则退出码为 1（0）", &max_failed },
	{ OPT_FLAG, 0, "refresh", NULL, "ask again what the cache has",
	    "重新询问已缓存的内容", &refresh },
	{ OPT_FLAG, 0, "redact", NULL, "send no name and no number of a person",
	    "发送前去除身份信息", &redaction },
	{ 0 }
};

static const char *const usage[] = { "-p PACK [OPTION]... [FILE]...",
	"check|schema|prompt -p PACK", "explain -p PACK --only ID [FILE]",
	"gather --on KEY[,KEY] [FILE]...", "review export -p PACK [FILE]...",
	"review apply REVIEW.csv [FILE]...", "eval GOLD PRED", NULL };

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

/* --- the model ----------------------------------------------------------- */

/* $XDG_CACHE_HOME/mdx/extract.db, its folders made. */
static const char *
usual_cache(void)
{
	static char path[PATH_MAX];
	const char *home = getenv("XDG_CACHE_HOME");
	int n;

	if (home != NULL && home[0] == '/')
		n = snprintf(path, sizeof(path), "%s", home);
	else
		n = snprintf(path, sizeof(path), "%s/.cache",
		    getenv("HOME") == NULL ? "" : getenv("HOME"));
	mkdir(path, 0700);
	snprintf(path + n, sizeof(path) - (size_t)n, "/mdx");
	mkdir(path, 0700);
	snprintf(path + n, sizeof(path) - (size_t)n, "/mdx/extract.db");
	return path;
}

static enum chat_mode
chat_mode(void)
{
	static const char *const names[] = { "text", "json_object",
		"json_schema" };

	for (unsigned i = 0; i < 3; i++)
		if (strcmp(mode, names[i]) == 0)
			return (enum chat_mode)i;
	if (strcmp(mode, "auto") != 0)
		opt_misuse(&tool,
		    "--mode: '%s' is none of auto json_schema json_object "
		    "text",
		    mode);
	return CHAT_SCHEMA;
}

static bool
what_to_ask(const struct catalogue *c, struct arena *arena,
    struct consult *consult, struct err *e)
{
	struct strings ids = parts(ask, arena);
	bool *asked = NULL, ok = true;

	consult->all = ask != NULL && strcmp(ask, "all") == 0;
	if (ask != NULL && !consult->all && strcmp(ask, "open") != 0) {
		asked = arena_zalloc(arena, catalogue_count(c) + 1);
		for (size_t i = 0; i < ids.n && ok; i++) {
			const struct indicator *d =
			    catalogue_find(c, ids.list[i]);

			if (d != NULL)
				asked[d->number] = true;
			else
				ok = err_set(e, ERR_USAGE,
				    "--ask: no indicator '%.*s' in the packs",
				    (int)ids.list[i].n, ids.list[i].p);
		}
	}
	consult->ask = asked;
	return ok;
}

static struct model_settings *
model_settings(void)
{
	struct model_settings *s = opt_model_settings();

	if (in_flight < 1 || in_flight > 512)
		opt_misuse(&tool, "--in-flight: from 1 to 512");
	if (s->client.cache == NULL)
		s->client.cache = usual_cache();
	s->client.refresh = refresh;
	s->client.fixed_mode = strcmp(mode, "auto") != 0;
	s->client.in_flight = (unsigned)in_flight;
	s->client.retries = (unsigned)retries;
	s->client.idle_ms = (unsigned)idle * 1000;
	s->client.total_ms = (unsigned)total * 1000;
	s->client.max_wait_ms = (unsigned)max_wait * 1000;
	return s;
}

static void
report_model(
    struct run *run, const struct extract *x, const struct consult *consult)
{
	struct buf b = { 0 };
	struct err e = { 0 };

	extract_report(x, &b);
	b.n--;
	buf_adds(&b, ",\"llm\":");
	consult_report(consult, &b);
	buf_addc(&b, '}');
	run_own(run, buf_slice(&b));
	buf_release(&b);
	if (consult->failed > max_failed) {
		err_data(&e, "failed",
		    "%llu records without the model's answer",
		    (unsigned long long)consult->failed);
		run_refuse(run, &e);
	}
}

static bool
write_head(struct run *run, const struct extract *x, struct err *e)
{
	struct buf b = { 0 };
	bool ok = true;

	if (x->output == OUTPUT_FLAT) {
		flat_head(x, &b);
		ok = run_write(run, buf_slice(&b), 0, e);
	}
	buf_release(&b);
	return ok;
}

static int
run_model(char **operands, struct extract *x, struct err *e)
{
	struct model_settings *settings = model_settings();
	const char *model = settings->model;
	struct consult consult = { .guide = x->guide, .mode = chat_mode() };
	struct deid_words *words = NULL;
	struct run *run = NULL;
	struct arena *arena = arena_new();
	int status = ERR_USAGE;

	if (redaction || settings->client.external) {
		words = words_load(tool_share(), NULL, e);
		if (words == NULL)
			goto done;
		consult.words = words;
	}
	if (!what_to_ask(guide_catalogue(x->guide), arena, &consult, e) ||
	    (!prompting &&
		(consult.client = settings_open(settings, &model, e)) ==
		    NULL) ||
	    (run = run_open(&opt_common.run, e)) == NULL) {
		status = (int)e->kind;
		goto done;
	}
	consult.model = slice_of(model == NULL ? "" : model);
	catalogue_tables(guide_catalogue(x->guide), note_table, run);
	if (prompting) {
		extract_prompt(run, operands, x, &consult, e);
	} else {
		extract_live(
		    run, operands, x, &consult, settings->client.in_flight, e);
		report_model(run, x, &consult);
	}
	status = run_end(run, e);

done:
	run_free(run);
	client_free(consult.client);
	words_free(words);
	arena_free(arena);
	return status;
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
	if (!write_head(run, x, e))
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
    enum extract_output output, struct err *e)
{
	struct arena *arena = arena_new();
	struct strings keys = parts(on == NULL ? "patient_id" : on, arena);
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
	bool *want = NULL;
	int status = ERR_USAGE;

	if (doc != NULL)
		x.doc = guide_find(guide, slice_of(doc));
	if (doc != NULL && x.doc == NULL)
		err_set(e, ERR_USAGE, "--doc: no document type '%s'", doc);
	else if ((derive = derive_new(c, e)) != NULL &&
	    load_joins(c, keys, &join, e) && load_filled(c, &filled, e) &&
	    wanted(c, derive, arena, &want, e)) {
		x.derive = derive;
		x.join = join;
		x.filled = filled;
		x.wanted = want;
		status = prompting || settings_ask(opt_model_settings())
		    ? run_model(operands, &x, e)
		    : run_extract(operands, &x, e);
	}
	index_free(x.names);
	join_free(join);
	filled_free(filled);
	derive_free(derive);
	arena_free(arena);
	return status;
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
fill_in(char **operands, const struct guide *guide, struct err *e)
{
	struct arena *arena = arena_new();
	struct strings keys = parts(on == NULL ? "patient_id" : on, arena);
	struct buf b = { 0 };
	struct run *run = NULL;
	int status = ERR_USAGE;

	if (dictionary) {
		if (form_dictionary(guide, keys, &b, e)) {
			fwrite(b.p, 1, b.n, stdout);
			status = 0;
		}
	} else if ((run = run_open(&opt_common.run, e)) != NULL) {
		form_run(run, operands, guide, keys, e);
		status = run_end(run, e);
	} else {
		status = (int)e->kind;
	}
	run_free(run);
	buf_release(&b);
	arena_free(arena);
	return status;
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
	prompting = strcmp(name, "prompt") == 0;
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
		    e);
	guide_free(guide);
	catalogue_free(c);
	return status;
}

static int
gather(char **operands, struct err *e)
{
	struct arena *arena = arena_new();
	struct gather_counts counts;
	struct buf report = { 0 };
	struct run *run;
	int status = ERR_USAGE;

	if (on == NULL)
		opt_misuse(&tool, "gather needs the key, use --on KEY[,KEY]");
	run = run_open(&opt_common.run, e);
	if (run != NULL) {
		gather_run(run, operands, parts(on, arena), &counts, e);
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
	struct review_export x = { .catalogue = c, .on = keys };
	struct run *run;
	struct buf report = { 0 };
	int status;

	if (sample != NULL && !review_share(sample, &x.sample))
		opt_misuse(&tool, "--sample: '%s' is no share (5%%)", sample);
	run = run_open(&opt_common.run, e);
	if (run == NULL)
		return (int)e->kind;
	review_export(run, operands, &x, e);
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
	review_apply(run, operands + 1, &x, e);
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
	struct catalogue *c;
	int status = ERR_USAGE;

	if (!exports && strcmp(which, "apply") != 0)
		opt_misuse(
		    &tool, "review: '%s' is neither export nor apply", which);
	c = catalogue_load(
	    tool_share(), opt_common.packs.items, true, tool_say, e);
	if (c != NULL)
		status = (exports ? export_review : apply_review)(
		    operands + 1, c, parts(on, arena), e);
	catalogue_free(c);
	arena_free(arena);
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
	} else if (verb != NULL && strcmp(verb->name, "gather") == 0) {
		status = gather(operands, &e);
	} else if (verb != NULL && strcmp(verb->name, "review") == 0) {
		status = review(operands, &e);
	} else {
		status = with_packs(operands, verb, &e);
	}
	return tool_end(status, &e);
}
