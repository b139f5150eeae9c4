/*
 * mdx-normalize - one name, one code, one unit: records through map.csv, and
 * with --deid no patient's name.  See mdx-normalize(1).
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "cli/model.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "deid/key.h"
#include "mapping/evaluate.h"
#include "mapping/graph_run.h"
#include "mapping/lookup_run.h"
#include "mapping/once.h"
#include "mapping/prove.h"
#include "mapping/remap.h"
#include "mapping/tables.h"
#include "mapping/unit_stage.h"
#include "mapping/work_run.h"
#include "terms/export.h"
#include "terms/import.h"
#include "terms/learn.h"

static const char *terms_folder, *systems, *review_path, *max_unmapped, *zone;
static const char *policy, *key_path, *known_path, *crosswalk_path;
static struct opt_list maps, approved;
static const char *unit_to, *unit_analyte;
static bool audit, again;
static struct opt_list vocabularies;
static const char *entities_path, *relations_path, *graph_path;
static const char *patients = "keep";
static uint64_t min_support = 5;
static bool derive, stats;
static const char *accept, *field;
static uint64_t top = FINDER_TOP;
static bool codes_given, dry_run;

static const struct opt opts[] = {
	{ OPT_TEXT, 0, "terms", "DIR", "the hospital's terms ($MDX_TERMS)",
	    "医院术语目录（$MDX_TERMS）", &terms_folder },
	{ OPT_LIST, 0, "map", "FILE", "one more map.csv, asked first",
	    "追加字段映射表，优先使用", &maps },
	{ OPT_LIST, 0, "approved", "FILE", "one more table of mappings",
	    "追加已审术语映射表", &approved },
	{ OPT_TEXT, 0, "systems", "S,S...", "systems of codes to write",
	    "要写出的编码体系", &systems },
	{ OPT_TEXT, 0, "system", "S[@V]", "lookup: the system of codes",
	    "lookup：编码体系", &systems },
	{ OPT_TEXT, 0, "accept", "P|f1",
	    "write a learned code from this p (0.9)",
	    "概率不低于此值才写出学得的编码（0.9）", &accept },
	{ OPT_NUMBER, 0, "top", "N", "candidates kept (5)", "保留的候选数（5）",
	    &top },
	{ OPT_TEXT, 0, "review", "FILE", "write the terms to be decided",
	    "写出待审术语表", &review_path },
	{ OPT_TABLE, .rows = opt_model },
	{ OPT_TEXT, 0, "max-unmapped", "N|P%", "more unsolved terms: exit 1",
	    "未映射超过此数则退出码为 1", &max_unmapped },
	{ OPT_TEXT, 0, "tz", "OFFSET", "zone behind date-times, as +08:00",
	    "写在日期时间后的时区，如 +08:00", &zone },
	{ OPT_FLAG, 0, "again", NULL, "do anew what an earlier pass has done",
	    "重新处理以前已处理的字段", &again },
	{ OPT_TEXT, 0, "deid", "POLICY", "de-identify by this policy",
	    "按此策略去标识", &policy },
	{ OPT_TEXT, 0, "key", "FILE", "the key ($MDX_DEID_KEY_FILE)",
	    "密钥文件（$MDX_DEID_KEY_FILE）", &key_path },
	{ OPT_TEXT, 0, "known", "FILE", "patients' own values, for texts",
	    "患者自身的标识值，用于清洗文本", &known_path },
	{ OPT_TEXT, 0, "field", "F", "lookup: what the terms are (diagnosis)",
	    "lookup：术语所属字段（diagnosis）", &field },
	{ OPT_FLAG, 0, "code", NULL, "lookup: the input is codes",
	    "lookup：输入为编码", &codes_given },
	{ OPT_FLAG, 'n', "dry-run", NULL, "learn: change nothing",
	    "learn：不做任何更改", &dry_run },
	{ OPT_TEXT, 0, "to", "U", "unit: convert to this unit",
	    "unit：换算到此单位", &unit_to },
	{ OPT_TEXT, 0, "analyte", "A", "unit: the substance measured",
	    "unit：被测物质", &unit_analyte },
	{ OPT_TEXT, 0, "crosswalk", "FILE", "keep what pseudonyms stand for",
	    "保存假名与原值对照表（权限 0600）", &crosswalk_path },
	{ OPT_FLAG, 0, "audit", NULL, "only report what would be found",
	    "只报告会发现的内容", &audit },
	{ OPT_TEXT, 0, "db", "FILE", "graph: an SQLite file, made or added to",
	    "graph：写入此 SQLite 文件", &graph_path },
	{ OPT_TEXT, 0, "entities", "FILE", "graph: entities as lines",
	    "graph：实体写入此文件", &entities_path },
	{ OPT_TEXT, 0, "relations", "FILE", "graph: relations as lines",
	    "graph：关系写入此文件", &relations_path },
	{ OPT_LIST, 0, "vocabulary", "S[@V]", "graph: all of a list of codes",
	    "graph：加入整个编码体系", &vocabularies },
	{ OPT_FLAG, 0, "derive", NULL, "graph: what visits share",
	    "graph：由同次就诊推导关系", &derive },
	{ OPT_NUMBER, 0, "min-support", "N", "visits that it takes (5)",
	    "graph：推导所需就诊数（5）", &min_support },
	{ OPT_TEXT, 0, "patients", "keep|none", "graph: with patients, or not",
	    "graph：保留患者与否", &patients },
	{ OPT_FLAG, 0, "stats", NULL, "graph: count by type",
	    "graph：按类型计数", &stats },
	{ 0 }
};

static struct import_options importing;
static struct export_options exporting;
static const char *from, *to, *only_field;

static const struct opt import_opts[] = {
	{ OPT_TEXT, 0, "as", "KIND", "vocabulary, map, approved, units (auto)",
	    "文件种类：vocabulary map approved units（自动）", &importing.as },
	{ OPT_TEXT, 0, "system", "S", "the system of the codes", "编码体系",
	    &importing.system },
	{ OPT_TEXT, 0, "version", "V", "the version of the list", "编码版本",
	    &importing.version },
	{ OPT_TEXT, 0, "from", "S@V", "a code map: from this edition",
	    "对照表：来源版本", &importing.from },
	{ OPT_TEXT, 0, "to", "S@V", "a code map: to this edition",
	    "对照表：目标版本", &importing.to },
	{ OPT_TEXT, 0, "field", "F", "the field of a new system or of mappings",
	    "新体系或映射所属的字段", &importing.field },
	{ OPT_TEXT, 0, "columns", "ROLE=HEADER,...", "which column is what",
	    "指定各列的含义", &importing.columns },
	{ OPT_TEXT, 0, "sheet", "NAME", "only this sheet", "只读此工作表",
	    &importing.sheet },
	{ 0 }
};

static const struct opt export_opts[] = {
	{ OPT_TEXT, 0, "to", "FORM", "sssom, stcm, usagi, conceptmap or csv",
	    "格式：sssom stcm usagi conceptmap csv", &exporting.form },
	{ OPT_TEXT, 0, "field", "F", "only this field", "只导出此字段",
	    &exporting.field },
	{ OPT_TEXT, 0, "system", "S", "only this system", "只导出此编码体系",
	    &exporting.system },
	{ 0 }
};

static const struct opt remap_opts[] = { { OPT_TEXT, 0, "from", "S@V",
					     "the edition that is there",
					     "已有的版本", &from },
	{ OPT_TEXT, 0, "to", "S@V", "the edition to add", "要补充的版本", &to },
	{ OPT_TEXT, 0, "field", "F", "only F_codes", "只处理 F_codes",
	    &only_field },
	{ 0 } };

static const struct verb verbs[] = {
	{ "check", "[FILE]...", "prove packs, terms, maps and the policy",
	    "检查病种包、术语、映射表和策略", NULL },
	{ "export", "[FILE]...", "approved mappings for other tools",
	    "导出已审映射供其他工具使用", export_opts },
	{ "evaluate", "GOLD...", "how right tables and models are",
	    "用已签映射衡量准确率", NULL },
	{ "graph", "[INPUT]...", "records and terms to a graph",
	    "由记录和术语生成知识图谱", NULL },
	{ "import", "FILE...", "lists of codes, maps and mappings: to --terms",
	    "导入编码表、对照表和映射到 --terms", import_opts },
	{ "keygen", "FILE", "make a random key", "生成随机密钥", NULL },
	{ "learn", "FILE...", "approve filled review files, and learn",
	    "采纳审核结果并学习", NULL },
	{ "lookup", "[INPUT]...", "terms to codes and candidates",
	    "术语查编码和候选", NULL },
	{ "remap", "[INPUT]...", "add the codes of another edition",
	    "补充另一版本的编码", remap_opts },
	{ "unit", "[INPUT]...", "check, name and convert units",
	    "检查、命名、换算计量单位", NULL },
	{ 0 }
};

static const char *const usage[] = { "[OPTION]... [INPUT]...",
	"VERB [OPTION]... [OPERAND]...", NULL };

static const struct tool tool = { "mdx-normalize",
	"one name, one code, one unit, no patient's name",
	"统一名称、编码和单位，去除患者标识", usage, verbs, opts, 0 };

/* What an option says, or the end of the run. */
static void
must(bool ok, const char *option, const struct err *e)
{
	if (!ok)
		opt_misuse(&tool, "%s%s", option, e->text);
}

static struct limit
read_limit(void)
{
	struct limit l;
	struct err e = { 0 };

	must(limit_parse(max_unmapped, &l, &e), "--max-unmapped: ", &e);
	return l;
}

static struct finder_options
read_finder(void)
{
	struct finder_options o;
	struct err e = { 0 };

	must(finder_options_parse(accept, top, &o, &e), "", &e);
	return o;
}

static int
read_zone(void)
{
	struct err e = { 0 };
	int minutes = 8 * 60;

	if (zone != NULL && strcmp(zone, "none") == 0)
		return DATE_NO_ZONE;
	if (zone != NULL && !date_parse_zone(slice_of(zone), &minutes, &e))
		opt_misuse(&tool,
		    "--tz: '%s' is neither an offset such as +08:00 nor none",
		    zone);
	return minutes;
}

/* NULL where none is asked. */
static struct model_settings *
read_model(void)
{
	struct model_settings *model = opt_model_settings();

	return settings_ask(model) ? model : NULL;
}

static struct deid_options
read_policy(void)
{
	return (struct deid_options){ .policy = policy,
		.key =
		    key_path != NULL ? key_path : getenv("MDX_DEID_KEY_FILE"),
		.known = known_path,
		.share = tool_share(),
		.audit = audit,
		.crosswalk = crosswalk_path != NULL,
		.say = tool_say };
}

static struct tables_options
tables_options(void)
{
	return (struct tables_options){ .share = tool_share(),
		.packs = opt_common.packs.items,
		.terms = terms_folder,
		.maps = maps.items,
		.approved = approved.items,
		.systems = systems };
}

/* --- the verbs ----------------------------------------------------------- */

static int
filter(char **operands, const struct tables *tables, struct err *e)
{
	const struct work_options o = { .tables = tables,
		.run = &opt_common.run,
		.finder = read_finder(),
		.zone = read_zone(),
		.again = again,
		.deid = read_policy(),
		.review = review_path,
		.crosswalk = crosswalk_path,
		.model = read_model(),
		.limit = read_limit() };

	return work_run(&o, operands, e);
}

static int
lookup(char **operands, const struct tables *tables, struct err *e)
{
	const struct lookup_options o = { .tables = tables,
		.run = &opt_common.run,
		.finder = read_finder(),
		.field = field,
		.systems = systems,
		.code = codes_given,
		.model = read_model(),
		.share = tool_share() };

	if (o.code && o.model != NULL)
		opt_misuse(&tool, "lookup: a model reads terms, not codes");
	return lookup_run(&o, operands, e);
}

static int
learn_tables(char **operands, const struct tables *tables, struct err *e)
{
	const struct learn_options o = { .terms = tables->terms,
		.folder = terms_folder,
		.tables = operands,
		.dry = dry_run };
	struct once once = { .say = tool_say };

	if (terms_folder == NULL)
		opt_misuse(&tool, "learn: say where, by --terms or MDX_TERMS");
	return once_run(&once, learn(&o, &once.faults, &once.text, e), tables,
	    &opt_common.run, e);
}

static int
evaluate_gold(char **operands, const struct tables *tables, struct err *e)
{
	struct evaluate_options o = { .tables = tables,
		.gold = operands,
		.field = field,
		.system = systems };
	struct once once = { .say = tool_say };

	if (operands[0] == NULL)
		opt_misuse(&tool, "evaluate wants a table of mappings");
	if (accept == NULL)
		accept = "f1";
	o.finder = read_finder();
	o.finder.top = FINDER_MOST;
	return once_run(&once, evaluate(&o, &once.faults, &once.text, e),
	    tables, &opt_common.run, e);
}

static int
units(char **operands, const struct tables *tables, struct err *e)
{
	return unit_run(
	    tables, &opt_common.run, unit_to, unit_analyte, operands, e);
}

static void
tell(struct slice line)
{
	fprintf(stderr, "%.*s\n", (int)line.n, line.p);
}

static int
graph(char **operands, const struct tables *tables, struct err *e)
{
	bool none = graph_path == NULL && entities_path == NULL &&
	    relations_path == NULL;
	const struct graph_run_options o = { .tables = tables,
		.run = &opt_common.run,
		.graph = { .share = tool_share(),
		    .vocabularies = vocabularies.items,
		    .entities = entities_path,
		    .relations = relations_path,
		    .db = graph_path,
		    .lines = none,
		    .counts = stats || opt_common.run.report != NULL,
		    .derive = derive,
		    .support = min_support,
		    .patients = strcmp(patients, "keep") == 0 },
		.stats = stats,
		.tell = tell };

	if (!o.graph.patients && strcmp(patients, "none") != 0)
		opt_misuse(&tool, "--patients: '%s' is neither keep nor none",
		    patients);
	opt_common.run.no_output = !none && !stats;
	if (opt_common.run.no_output && opt_common.run.output != NULL)
		opt_misuse(&tool,
		    "--output: nothing goes there, use --stats "
		    "or leave out the other files");
	return graph_run_all(&o, operands, e);
}

static int
remap(char **operands, const struct tables *tables, struct err *e)
{
	const struct remap_options o = { .tables = tables,
		.run = &opt_common.run,
		.from = from,
		.to = to,
		.field = only_field,
		.limit = read_limit() };

	return remap_run(&o, operands, e);
}

static int
check(char **operands, struct err *e)
{
	const struct tables_options o = tables_options();
	struct deid_options deid = read_policy();

	deid.key = key_path;
	return prove_all(&o, operands, &deid, tool_say, e);
}

static int
import(char **operands, struct err *e)
{
	struct once once = { .say = tool_say };

	if (operands[0] == NULL || importing.folder == NULL)
		opt_misuse(&tool, "import wants --terms DIR and files");
	importing.share = tool_share();
	return once_write(&once,
	    import_run(operands, &importing, &once.text, &once.faults, e),
	    opt_common.run.output, e);
}

static int export(char **operands, struct err *e)
{
	struct once once = { .say = tool_say };

	exporting.share = tool_share();
	return once_write(&once,
	    export_run(operands, &exporting, &once.text, &once.faults, e),
	    opt_common.run.output, e);
}

static int
keygen(char **operands, struct err *e)
{
	if (operands[0] == NULL || operands[1] != NULL)
		opt_misuse(&tool, "keygen wants one FILE");
	return key_make(operands[0], e) ? 0 : (int)e->kind;
}

/* What each verb does: alone, or with the tables that are loaded for it. */
static const struct act {
	const char *verb;
	int (*alone)(char **operands, struct err *);
	int (*with)(char **operands, const struct tables *, struct err *);
} acts[] = { { "", NULL, filter }, { "check", check, NULL },
	{ "evaluate", NULL, evaluate_gold }, { "export", export, NULL },
	{ "graph", NULL, graph }, { "import", import, NULL },
	{ "keygen", keygen, NULL }, { "learn", NULL, learn_tables },
	{ "lookup", NULL, lookup }, { "remap", NULL, remap },
	{ "unit", NULL, units } };

/* Options that only make sense together. */
static void
check_options(const struct verb *verb)
{
	bool looks_up = verb != NULL && strcmp(verb->name, "lookup") == 0;

	if (read_model() != NULL && review_path == NULL && !looks_up)
		opt_misuse(&tool, "--llm is for --review and for lookup");
	if (policy == NULL &&
	    (audit || known_path != NULL || crosswalk_path != NULL))
		opt_misuse(
		    &tool, "--audit, --known and --crosswalk belong to --deid");
	if (audit && crosswalk_path != NULL)
		opt_misuse(
		    &tool, "an audit makes no pseudonym for a crosswalk");
}

int
main(int argc, char *argv[])
{
	const struct verb *verb;
	char **operands = opt_parse(&tool, argc, argv, &verb);
	const struct act *act = acts;
	struct err e = { 0 };
	struct tables_options o;
	struct tables *tables;
	int status;

	check_options(verb);
	tool_start(&tool);
	if (terms_folder == NULL)
		terms_folder = getenv("MDX_TERMS");
	importing.folder = exporting.folder = terms_folder;
	while (verb != NULL && strcmp(act->verb, verb->name) != 0)
		act++;
	if (act->alone != NULL)
		return tool_end(act->alone(operands, &e), &e);
	o = tables_options();
	tables = tables_load(&o, tool_say, &e);
	if (tables == NULL)
		return tool_fail(&e);
	status = act->with(operands, tables, &e);
	tables_free(tables);
	return tool_end(status, &e);
}
