/*
 * mdx-qc - rules of quality over a stream of records.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "io/reader.h"
#include "json/write.h"
#include "rules/cases.h"
#include "rules/lint.h"
#include "rules/pass.h"
#include "rules/report.h"

static struct opt_list rule_files;
static bool rules_only, fail_on_na, allow_empty;
static const char *only, *scene, *level, *now_text, *zone_text = "+08:00";
static const char *kind = "", *by, *annotate = "fail", *quarantine;
static const char *quarantine_at = "error", *summary_path, *shard, *id_member;
static const char *fail_on = "error", *format = "ndjson";
static const char *html, *md, *csv, *json, *coverage, *title = "数据质控报告";
static uint64_t samples = 5, memory = UINT64_C(1) << 30, max_groups = 10000;

static const struct opt opts[] = {
	{ OPT_LIST, 'r', "rules", "FILE", "a rule file (.csv .tsv .ndjson)",
	    "规则文件（.csv .tsv .ndjson）", &rule_files },
	{ OPT_FLAG, 0, "rules-only", NULL, "rule files alone, no pack",
	    "只用规则文件，不用数据包", &rules_only },
	{ OPT_TEXT, 0, "kind", "NAME", "of records that carry none",
	    "未标类别的记录按此类别", &kind },
	{ OPT_TEXT, 0, "only", "ID,...", "these rules (ids with *)",
	    "只用这些规则（可带 *）", &only },
	{ OPT_TEXT, 0, "scene", "NAME", "rules for this use",
	    "只用此场景的规则", &scene },
	{ OPT_TEXT, 0, "level", "L1,...", "rules of these levels",
	    "只用这些级别的规则", &level },
	{ OPT_TEXT, 0, "now", "DATE", "what now is in rules (today)",
	    "规则中的 now（今天）", &now_text },
	{ OPT_TEXT, 0, "zone", "+hh:mm", "of times without zone (+08:00)",
	    "无时区时间的时区（+08:00）", &zone_text },
	{ OPT_TEXT, 0, "by", "KEY,...", "count by dept, month(x), ...",
	    "分组：dept、month(x) 等", &by },
	{ OPT_NUMBER, 0, "max-groups", "N", "most groups (10000)",
	    "分组上限（10000）", &max_groups },
	{ OPT_SIZE, 0, "memory", "SIZE", "for keys of unique (1G)",
	    "唯一性检查的内存上限（1G）", &memory },
	{ OPT_FLAG, 0, "no-output", NULL, "count, write no record",
	    "只统计，不输出记录", &opt_common.run.no_output },
	{ OPT_TEXT, 0, "annotate", "fail|none", "mark records (fail)",
	    "标注不合格记录（fail）", &annotate },
	{ OPT_TEXT, 0, "quarantine", "FILE", "failing records go here",
	    "不合格记录另存于此", &quarantine },
	{ OPT_TEXT, 0, "quarantine-at", "SEV", "at this severity (error)",
	    "达到此级别即隔离（error）", &quarantine_at },
	{ OPT_TEXT, 0, "summary", "FILE", "the mergeable account",
	    "可合并的统计", &summary_path },
	{ OPT_TEXT, 0, "shard", "NAME", "name of this shard", "分片名称",
	    &shard },
	{ OPT_NUMBER, 0, "samples", "N", "examples a rule and group (5)",
	    "每规则每组的例子数（5）", &samples },
	{ OPT_TEXT, 0, "id", "MEMBER", "names a record without _mdx.id",
	    "无 _mdx.id 时用此字段指代记录", &id_member },
	{ OPT_TEXT, 0, "fail-on", "SEV|never", "what makes status 1 (error)",
	    "何种级别使退出码为 1（error）", &fail_on },
	{ OPT_FLAG, 0, "fail-on-na", NULL, "also a rule without a record",
	    "规则无适用记录也算不合格", &fail_on_na },
	{ OPT_FLAG, 0, "allow-empty", NULL, "zero records are all right",
	    "允许零条记录", &allow_empty },
	{ OPT_TEXT, 0, "html", "FILE", "report: the page", "report：网页",
	    &html },
	{ OPT_TEXT, 0, "md", "FILE", "report: Markdown", "report：Markdown",
	    &md },
	{ OPT_TEXT, 0, "csv", "FILE", "report: a row a rule",
	    "report：每规则一行", &csv },
	{ OPT_TEXT, 0, "json", "FILE", "report: one object", "report：一个对象",
	    &json },
	{ OPT_TEXT, 0, "coverage", "FILE", "report: completeness table",
	    "report：完整性表", &coverage },
	{ OPT_TEXT, 0, "title", "TEXT", "report: heading of the page",
	    "report：网页标题", &title },
	{ OPT_TEXT, 0, "format", "NAME", "rules: ndjson, csv, tsv",
	    "rules：ndjson csv tsv", &format },
	{ 0 }
};

static const struct verb verbs[] = { { "check", "[FILE]...",
					 "judge records (the default)",
					 "检查记录（默认）" },
	{ "merge", "SUMMARY...", "summaries of shards to one",
	    "合并各分片的统计" },
	{ "report", "SUMMARY...", "a summary as page or table",
	    "把统计变成网页或表格" },
	{ "rules", "", "list the effective rules", "列出生效的规则" },
	{ "lint", "", "look for faults of rules", "检查规则本身的错误" },
	{ "test", "CASES...", "run cases against the rules", "用用例检验规则" },
	{ "explain", "[ID]...", "a rule in words", "用文字说明规则" }, { 0 } };

static const char *const usage[] = { "[OPTION]... [FILE]...",
	"VERB [OPTION]... [OPERAND]...", NULL };

static const struct tool tool = {
	.name = "mdx-qc",
	.summary = "check records by thousands of rules, count and report",
	.summary_zh = "按数千条规则检查记录，统计并出报告",
	.usage = usage,
	.verbs = verbs,
	.opts = opts,
};

/* What the verbs share; freed at the end by release(). */
static struct catalogue *catalogue;
static struct ruleset *rules;
static struct plan *plan;
static struct table_faults faults;

static struct date
today(int zone)
{
	struct date d = date_of_seconds((int64_t)time(NULL), zone);

	d.precision = DATE_DAY;
	d.zone = DATE_NO_ZONE;
	return d;
}

/* Catalogue, rules and plan; what is wrong has been said where it is false. */
static bool
load(struct err *e)
{
	struct ruleset_options o = { .files = rule_files.items,
		.only = only,
		.scene = scene,
		.level = level };
	struct plan_options p = { .by = by, .id = id_member };

	if (!date_parse_zone(slice_of(zone_text), &p.zone, e))
		opt_misuse(&tool, "--zone: '%s' is no +hh:mm", zone_text);
	p.now = today(p.zone);
	if (now_text != NULL && !date_parse(slice_of(now_text), &p.now, e))
		opt_misuse(&tool, "--now: '%s' is no date", now_text);
	o.now = p.now;
	if (!rules_only) {
		catalogue = catalogue_load(
		    tool_share(), opt_common.packs.items, true, tool_say, e);
		if (catalogue == NULL)
			return false;
	}
	rules = ruleset_load(catalogue, &o, &faults, e);
	if (rules != NULL)
		plan = plan_new(rules, &p, e);
	if (plan != NULL)
		return true;
	if (faults.n > 0) {
		table_faults_say(&faults, tool_say);
		e->kind = ERR_USAGE;
		e->text[0] = '\0';
	}
	return false;
}

static void
release(void)
{
	plan_free(plan);
	ruleset_free(rules);
	catalogue_free(catalogue);
	table_faults_release(&faults);
}

static enum severity
severity_of(const char *option, const char *text)
{
	enum severity s;

	if (!severity_named(slice_of(text), &s))
		opt_misuse(&tool,
		    "--%s: '%s' is none of fatal, error, warn, info%s", option,
		    text, strcmp(option, "fail-on") == 0 ? ", never" : "");
	return s;
}

/* Whether the counts are within the thresholds; else *e says what is not. */
static bool
within(const struct summary *s, struct err *e)
{
	const struct rule_lines *worst = NULL;
	size_t failing = 0;

	if (s->records == 0 && !allow_empty)
		return err_data(e, "no_records",
		    "no record to check (--allow-empty if that is right)");
	if (strcmp(fail_on, "never") != 0)
		worst =
		    summary_worst(s, severity_of("fail-on", fail_on), &failing);
	if (worst != NULL)
		return err_data(e, "rules_failed",
		    "%zu rule%s over the threshold, %llu of %llu records "
		    "fail; worst %.*s: %llu of %llu, %.*s",
		    failing, failing == 1 ? " is" : "s are",
		    (unsigned long long)s->failing,
		    (unsigned long long)s->records, (int)worst->rule.n,
		    worst->rule.p, (unsigned long long)worst->total.fail,
		    (unsigned long long)worst->total.applicable,
		    (int)worst->message.n, worst->message.p);
	for (size_t i = 0; fail_on_na && i < s->nrules; i++)
		if (rule_standing(&s->rules[i]) == STANDING_NA)
			return err_data(e, "rules_na",
			    "rule %.*s applied to nothing: %s",
			    (int)s->rules[i].rule.n, s->rules[i].rule.p,
			    rule_reason(&s->rules[i]));
	return true;
}

static bool
put_file(const char *path, struct buf *b, struct err *e)
{
	bool ok = writer_put_file(path, buf_slice(b), e);

	buf_release(b);
	return ok;
}

static bool
put_summary(const struct summary *s, const char *path, struct err *e)
{
	struct buf b = { 0 };

	summary_put(s, &b);
	return put_file(path, &b, e);
}

/* --- check ---------------------------------------------------------------------- */

static void
note_table(void *run, const char *path, const uint8_t digest[DIGEST_SIZE])
{
	run_table(run, path, digest);
}

static void
note_tables(struct run *run)
{
	struct buf b = { 0 };
	uint8_t digest[DIGEST_SIZE];
	struct err e = { 0 };

	if (catalogue != NULL)
		catalogue_tables(catalogue, note_table, run);
	for (size_t i = 0; i < rule_files.count; i++) {
		buf_reset(&b);
		if (reader_slurp(rule_files.items[i], 64 << 20, &b, &e)) {
			digest_bytes(b.p, b.n, digest);
			run_table(run, rule_files.items[i], digest);
		}
	}
	buf_release(&b);
}

/*
 * The account is written before the output is: whoever reads the output finds
 * it.  The quarantine comes first of all, and goes again if the output fails.
 */
static void
conclude(struct run *run, struct pass *pass, bool whole)
{
	struct summary *s = tally_summary(pass->tally, shard);
	struct err e = { 0 };
	struct buf b = { 0 };

	s->complete = whole;
	s->set_aside = run_set_aside_count(run);
	if (pass->quarantine != NULL && whole &&
	    !writer_commit(pass->quarantine, &e))
		run_fail(run, &e);
	if (summary_path != NULL && !put_summary(s, summary_path, &e))
		run_fail(run, &e);
	report_own(s, pass->quarantined, &b);
	run_own(run, buf_slice(&b));
	/* Where an input is not there, that is what is to be said. */
	if (whole && run_status(run) <= (int)ERR_DATA && !within(s, &e))
		run_refuse(run, &e);
	buf_release(&b);
	summary_free(s);
}

static int
check(char **operands)
{
	struct err e = { 0 };
	struct run *run = NULL;
	struct stage stage;
	struct pass pass = { .kind = slice_of(kind),
		.annotate = strcmp(annotate, "none") != 0,
		.no_output = opt_common.run.no_output,
		.quarantine_at = severity_of("quarantine-at", quarantine_at),
		.digest = summary_path != NULL && shard == NULL,
		.samples = samples,
		.groups = max_groups,
		.memory = memory };
	bool whole;
	int status;

	if (strcmp(fail_on, "never") != 0)
		severity_of("fail-on", fail_on);
	if (!load(&e))
		return tool_fail(&e);
	pass.plan = plan;
	if (!run_apart(&opt_common.run, "--quarantine", quarantine, &e) ||
	    !run_apart(&opt_common.run, "--summary", summary_path, &e))
		return tool_fail(&e);
	if (quarantine != NULL) {
		pass.quarantine = writer_open(quarantine, &e);
		if (pass.quarantine == NULL)
			return tool_fail(&e);
	}
	run = run_open(&opt_common.run, &e);
	if (run == NULL) {
		writer_free(pass.quarantine);
		return tool_fail(&e);
	}
	note_tables(run);
	pass_start(&pass, &stage);
	whole = flow_run(run, operands, &stage, &e);
	if (pass.failure.kind != ERR_NONE) {
		run_fail(run, &pass.failure);
		whole = false;
	}
	whole = whole && tool_stop()->signal == 0;
	conclude(run, &pass, whole);
	e.text[0] = '\0';
	status = run_end(run, &e);
	if (status == 4 && pass.quarantine != NULL)
		writer_withdraw(pass.quarantine);
	writer_free(pass.quarantine);
	pass_release(&pass);
	run_free(run);
	return tool_end(status, &e);
}

/* --- merge, report ---------------------------------------------------------------- */

static struct summary *
load_summaries(char **operands, struct err *e)
{
	static char dash[] = "-";
	static char *standard_input[] = { dash, NULL };
	struct summary *s, *next;
	const char *first;

	if (operands[0] == NULL)
		operands = standard_input;
	first = operands[0];
	s = summary_load(first, e);
	for (operands++; s != NULL && *operands != NULL; operands++) {
		next = summary_load(*operands, e);
		if (next == NULL ||
		    !summary_merge(s, first, next, *operands, e)) {
			summary_free(s);
			s = NULL;
		}
		summary_free(next);
	}
	return s;
}

static int
merge(char **operands)
{
	struct err e = { 0 };
	struct summary *s = load_summaries(operands, &e);
	const char *to = opt_common.run.output;

	if (s != NULL)
		put_summary(s, to == NULL ? "-" : to, &e);
	summary_free(s);
	return tool_fail(&e);
}

static const struct column kind_columns[] = {
	{ "kind", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "name_zh", NULL, 0 }, { NULL, NULL, 0 }
};

static struct table *
load_kinds(struct err *e)
{
	struct buf path = { 0 };
	struct table *t;

	buf_addf(&path, "%s/kinds.csv", tool_share());
	t = table_load(
	    buf_string(&path), kind_columns, TABLE_EXTRA, &faults, e);
	buf_release(&path);
	return t;
}

static bool
put_html(const struct summary *s, struct err *e)
{
	struct table *kinds = load_kinds(e);
	struct buf path = { 0 }, page = { 0 }, b = { 0 };
	bool ok;

	buf_addf(&path, "%s/html/qc.html", tool_share());
	ok = kinds != NULL &&
	    reader_slurp(buf_string(&path), 1 << 20, &page, e) &&
	    report_html(s, buf_slice(&page), kinds, title, &b, e) &&
	    put_file(html, &b, e);
	buf_release(&path);
	buf_release(&page);
	table_free(kinds);
	return ok;
}

static int
report(char **operands)
{
	const struct {
		const char *path;
		void (*put)(const struct summary *, struct buf *);
	} files[] = { { md, report_md }, { csv, report_csv },
		{ json, report_json }, { coverage, report_coverage } };
	struct err e = { 0 };
	struct summary *s = load_summaries(operands, &e);
	bool any = html != NULL, ok = s != NULL;

	for (size_t i = 0; ok && i < 4; i++) {
		struct buf b = { 0 };

		if (files[i].path == NULL)
			continue;
		any = true;
		files[i].put(s, &b);
		ok = put_file(files[i].path, &b, &e);
	}
	if (ok && html != NULL)
		ok = put_html(s, &e);
	if (ok && !any) {
		struct buf b = { 0 };

		report_md(s, &b);
		ok = put_file("-", &b, &e);
	}
	if (ok)
		within(s, &e);
	summary_free(s);
	return tool_fail(&e);
}

/* --- rules, lint, test, explain ------------------------------------------------------ */

static int
list_rules(void)
{
	char delimiter = strcmp(format, "tsv") == 0 ? '\t' : ',';
	bool lines = strcmp(format, "ndjson") == 0;
	struct buf b = { 0 };
	struct err e = { 0 };

	if (!lines && strcmp(format, "csv") != 0 && delimiter == ',')
		opt_misuse(&tool, "--format: '%s' is none of ndjson, csv, tsv",
		    format);
	if (!load(&e))
		return tool_fail(&e);
	if (!lines) {
		rule_put_header(delimiter, &b);
		buf_addc(&b, '\n');
	}
	for (size_t i = 0; i < rules->n; i++) {
		if (lines)
			rule_put_json(rules->rules[i], &b);
		else
			rule_put_row(rules->rules[i], delimiter, &b);
		buf_addc(&b, '\n');
	}
	put_file(opt_common.run.output == NULL ? "-" : opt_common.run.output,
	    &b, &e);
	return tool_fail(&e);
}

static int
lint(void)
{
	struct err e = { 0 };
	struct table *kinds;
	struct index *names = index_new();
	size_t n = 0;

	if (!load(&e)) {
		index_free(names);
		return tool_fail(&e);
	}
	kinds = load_kinds(&e);
	for (size_t i = 0; kinds != NULL && i < table_rows(kinds); i++)
		index_add(names, table_cell(kinds, i, 0), NULL);
	if (kinds != NULL)
		n = lint_rules(plan, names, &faults);
	table_faults_say(&faults, tool_say);
	if (kinds != NULL && n > 0)
		err_set(&e, ERR_USAGE, "%zu fault%s in %zu rules", n,
		    n == 1 ? "" : "s", rules->n);
	table_free(kinds);
	index_free(names);
	return tool_fail(&e);
}

static int
test(char **operands)
{
	struct err e = { 0 };
	struct buf b = { 0 };
	size_t number = 0, failed = 0;
	bool ok = true;

	if (operands[0] == NULL)
		opt_misuse(&tool, "test needs a file of cases");
	if (!load(&e))
		return tool_fail(&e);
	for (; ok && *operands != NULL; operands++) {
		struct buf text = { 0 };

		ok = reader_slurp(*operands, 64 << 20, &text, &e) &&
		    cases_run(plan, *operands, buf_slice(&text), slice_of(kind),
			&number, &failed, &b, &e);
		buf_release(&text);
	}
	buf_addf(&b, "1..%zu\n", number);
	if (ok && put_file("-", &b, &e) && failed > 0)
		err_data(&e, "cases_failed", "%zu of %zu cases fail", failed,
		    number);
	buf_release(&b);
	return tool_fail(&e);
}

static int
explain(char **operands)
{
	struct err e = { 0 };
	struct buf b = { 0 }, ids = { 0 };

	for (char **o = operands; *o != NULL; o++)
		buf_addf(&ids, "%s%s", ids.n > 0 ? "," : "", *o);
	if (ids.n > 0)
		only = mem_string(ids.p, ids.n);
	buf_release(&ids);
	if (!load(&e))
		return tool_fail(&e);
	for (size_t i = 0; i < rules->n; i++)
		plan_explain(plan, i, &b);
	put_file("-", &b, &e);
	return tool_fail(&e);
}

int
main(int argc, char *argv[])
{
	const struct verb *verb;
	char **operands = opt_parse(&tool, argc, argv, &verb);
	const char *name = verb == NULL ? "check" : verb->name;
	int status;

	tool_start(&tool);
	if (strcmp(name, "merge") == 0)
		status = merge(operands);
	else if (strcmp(name, "report") == 0)
		status = report(operands);
	else if (strcmp(name, "rules") == 0)
		status = list_rules();
	else if (strcmp(name, "lint") == 0)
		status = lint();
	else if (strcmp(name, "test") == 0)
		status = test(operands);
	else if (strcmp(name, "explain") == 0)
		status = explain(operands);
	else
		status = check(operands);
	release();
	return status;
}
