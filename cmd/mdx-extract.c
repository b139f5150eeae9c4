/*
 * mdx-extract - indicators out of clinical text, each one proved from the
 * text.  See mdx-extract(1).
 */
#include "cli/asking.h"
#include "cli/model.h"
#include "mdx-extract/extract.h"

static const struct opt opts[] = { { OPT_TABLE, .rows = record_opts },
	{ OPT_TEXT, 0, "doc", "ID", "treat every record as this document type",
	    "所有记录按此文书类型处理", &shared.doc },
	{ OPT_TEXT, 0, "on", "KEY,KEY...",
	    "members that tell patients apart (patient_id)",
	    "区分患者的字段（patient_id）", &shared.on },
	{ OPT_GROUP, 0, "values", NULL,
	    "texts, indicators, corrections, shapes of output",
	    "文本、指标、更正、输出形式" },
	{ OPT_TABLE, .rows = record_more_opts },
	{ OPT_GROUP, 0, "model", NULL, "which model, its cache, its budget",
	    "模型、缓存、预算" },
	{ OPT_TABLE, .rows = opt_model },
	{ OPT_GROUP, 0, "asking", NULL,
	    "what is asked, how, how fast, how privately",
	    "询问内容与方式、速率、投票、超时、隐私" },
	{ OPT_TABLE, .rows = opt_asking },
	{ OPT_GROUP, 0, "run", NULL, "reports, limits, talk",
	    "报告、限额、提示" },
	{ OPT_NUMBER, 0, "limit", "N", "only the first N records",
	    "只处理前 N 条记录", &opt_common.run.limit, 1 },
	{ 0 } };

static const char *const usage[] = { "-p PACK [OPTION]... [FILE]...",
	"VERB [OPTION]... [OPERAND]...", NULL };

static const struct verb verbs[] = { { "check", "-p PACK",
					 "read the pack, count its indicators",
					 "检查病种包并统计指标" },
	{ "schema", "-p PACK [--doc ID]", "JSON Schema of a model's answer",
	    "模型应答的 JSON Schema" },
	{ "prompt", "-p PACK [FILE]", "the request that a model would get",
	    "将发送给模型的请求" },
	{ "explain", "-p PACK --only ID", "every candidate and its fate",
	    "列出每个候选及取舍理由" },
	{ "form", "-p PACK [FILE]...", "a table of L4 to fill in by hand",
	    "人工填写的 L4 表格", form_opts },
	{ "gather", "--on KEY,KEY...",
	    "bring the records of a patient or visit together",
	    "把同一患者或就诊的记录合为一条" },
	{ "review", "export|apply", "doubtful answers to a person and back",
	    "存疑结果导出供人工复核，再写回", review_opts },
	{ "eval", "GOLD PRED", "accuracy against a gold set",
	    "与标准答案比较准确率", eval_opts },
	{ "batch", "emit|absorb", "batch files instead of live requests",
	    "以批处理文件代替在线请求" },
	{ "tune", "-p PACK", "a set for fine-tuning, of reviewed records",
	    "由已审核记录生成微调训练集" },
	{ "cache", "stat|prune|export DB", "look after a cache of answers",
	    "查看和维护应答缓存" },
	{ 0 } };

/* In the order of the verbs. */
static int (*const runs[])(char **, struct err *) = { verb_check, verb_schema,
	verb_prompt, verb_explain, verb_form, verb_gather, verb_review,
	verb_eval, verb_batch, verb_tune, verb_cache };

const struct tool extract_tool = {
	.name = "mdx-extract",
	.summary = "indicators out of clinical text",
	.summary_zh = "从临床文本提取指标",
	.usage = usage,
	.verbs = verbs,
	.opts = opts,
};

int
main(int argc, char *argv[])
{
	const struct verb *verb;
	char **operands = opt_parse(&extract_tool, argc, argv, &verb);
	struct err e = { 0 };
	int status;

	tool_start(&extract_tool);
	status = verb == NULL ? verb_records(operands, &e)
			      : runs[verb - verbs](operands, &e);
	setup_release();
	return tool_end(status, &e);
}
