/*
 * mdx-qc - rules of quality over a stream of records.
 */
#include "mdx-qc/qc.h"

static const struct opt opts[] = {
	{ OPT_LIST, 'r', "rules", "FILE", "a rule file (.csv .tsv .ndjson)",
	    "规则文件（.csv .tsv .ndjson）", &qc.rule_files },
	{ OPT_FLAG, 0, "rules-only", NULL, "rule files alone, no pack",
	    "只用规则文件，不用病种包", &qc.rules_only },
	{ OPT_TEXT, 0, "only", "ID,...", "these rules (ids with *)",
	    "只用这些规则（可带 *）", &qc.only },
	{ OPT_TEXT, 0, "scene", "NAME", "rules for this use",
	    "只用此场景的规则", &qc.scene },
	{ OPT_TEXT, 0, "level", "L1,...", "rules of these levels",
	    "只用这些级别的规则", &qc.level },
	{ OPT_TEXT, 0, "now", "DATE", "what now is in rules (today)",
	    "规则中的 now（今天）", &qc.now },
	{ OPT_TEXT, 0, "zone", "+hh:mm", "of times without zone (+08:00)",
	    "无时区时间的时区（+08:00）", &qc.zone },
	{ OPT_TEXT, 0, "kind", "NAME", "of records that carry none",
	    "未标类别的记录按此类别", &qc.kind },
	{ OPT_TEXT, 0, "kind-from", "name", "the kind is the file's name",
	    "未标类别的记录以文件名为类别", &qc.kind_from },
	{ OPT_TEXT, 0, "by", "KEY,...", "count by dept, month(x), ...",
	    "分组：dept、month(x) 等", &qc.by },
	{ OPT_NUMBER, 0, "max-groups", "N", "most groups (10000)",
	    "分组上限（10000）", &qc.max_groups },
	{ OPT_TEXT, 0, "id", "MEMBER", "names a record without _mdx.id",
	    "无 _mdx.id 时用此字段指代记录", &qc.id },
	{ OPT_TEXT, 0, "fail-on", "SEV|never", "what makes status 1 (error)",
	    "何种级别使退出码为 1（error）", &qc.fail_on },
	{ OPT_FLAG, 0, "fail-on-na", NULL, "also a rule without a record",
	    "规则无适用记录也算不合格", &qc.fail_on_na },
	{ OPT_FLAG, 0, "allow-empty", NULL, "zero records are all right",
	    "允许零条记录", &qc.allow_empty },
	{ OPT_GROUP, 0, "schema", NULL, "a JSON Schema as rules",
	    "以 JSON Schema 为规则" },
	{ OPT_LIST, 0, "schema", "FILE", "JSON Schema (draft 2020-12)",
	    "JSON Schema（2020-12 草案）", &qc.schemas },
	{ OPT_TEXT, 0, "schema-at", "PATH", "for the value there (the record)",
	    "针对此处的值（整条记录）", &qc.schema_at },
	{ OPT_FLAG, 0, "schema-formats", NULL, "its formats assert",
	    "format 也作判断", &qc.schema_formats },
	{ OPT_GROUP, 0, "output", NULL, "marks, quarantine, summary, shards",
	    "标注、隔离、统计、分片" },
	{ OPT_TABLE, .rows = qc_check_opts }, { 0 }
};

static const struct verb verbs[] = { { "check", "[FILE]...",
					 "judge records (the default)",
					 "检查记录（默认）" },
	{ "watch", "[FILE]...", "windows over time series: alerts out",
	    "时间序列滑动窗：输出警报", qc_watch_opts },
	{ "merge", "SUMMARY...", "summaries of shards to one",
	    "合并各分片的统计" },
	{ "report", "SUMMARY...", "a summary as page or table",
	    "把统计变成网页或表格", qc_report_opts },
	{ "diff", "OLD NEW", "rules that stand otherwise now",
	    "两份统计之间状态有变的规则" },
	{ "profile", "[FILE]...", "what records hold, or draft rules",
	    "统计字段内容，或起草规则", qc_profile_opts },
	{ "rules", "", "list the effective rules", "列出生效的规则",
	    qc_rules_opts },
	{ "lint", "", "look for faults of rules", "检查规则本身的错误",
	    qc_lint_opts },
	{ "test", "CASES...", "run cases against the rules", "用用例检验规则",
	    qc_test_opts },
	{ "explain", "[ID]...", "a rule in words", "用文字说明规则",
	    qc_explain_opts },
	{ "import", "FORM FILE", "dqd DIR, schema FILE to rules",
	    "把 dqd 目录、JSON Schema 转为规则" },
	{ 0 } };

/* In the order of the verbs. */
static int (*const runs[])(char **) = { qc_check, qc_watch, qc_merge, qc_report,
	qc_diff, qc_profile, qc_rules, qc_lint, qc_test, qc_explain,
	qc_import };

static const char *const usage[] = { "[OPTION]... [FILE]...",
	"VERB [OPTION]... [OPERAND]...", NULL };

const struct tool qc_tool = {
	.name = "mdx-qc",
	.summary = "check records by thousands of rules, count and report",
	.summary_zh = "按数千条规则检查记录，统计并出报告",
	.usage = usage,
	.verbs = verbs,
	.opts = opts,
};

int
main(int argc, char *argv[])
{
	const struct verb *verb;
	char **operands = opt_parse(&qc_tool, argc, argv, &verb);
	int status;

	if (verb != NULL && verb != verbs)
		qc_refuse_of_check(verb->name);
	tool_start(&qc_tool);
	status = runs[verb == NULL ? 0 : verb - verbs](operands);
	qc_release();
	return status;
}
