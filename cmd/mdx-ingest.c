/*
 * mdx-ingest - sources in, records out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "record/numbered.h"
#include "sources/format.h"
#include "sources/helper.h"
#include "sources/own.h"
#include "sources/source.h"
#include "sources/state.h"
#include "sources/stay.h"
#include "sources/typed.h"

static const char *kinds_path, *list, *settle, *rotate;
static struct opt_list include, exclude, sheets, forget, helper;
static struct typed typed;
static struct source_options options = { .quote = '"',
	.net = { .retries = 5 } };

static const struct opt opts[] = {
	{ OPT_TEXT, 'f', "format", "NAME", "force the format", "强制指定格式",
	    &options.format },
	{ OPT_TEXT, 0, "kind", "NAME", "force the kind of record",
	    "强制指定记录类别", &options.kind },
	{ OPT_TEXT, 0, "encoding", "NAME", "force the encoding", "强制指定编码",
	    &options.encoding },
	{ OPT_LIST, 0, "include", "GLOB", "read these files and members only",
	    "只读取匹配的文件", &include },
	{ OPT_LIST, 0, "exclude", "GLOB", "leave these files and members out",
	    "跳过匹配的文件", &exclude },
	{ OPT_TEXT, 0, "state", "FILE", "remember what was read",
	    "记住已读取的内容，下次只读新增", &options.state },
	{ OPT_FLAG, 0, "inspect", NULL, "say what each source is",
	    "只说明每个来源是什么", &options.inspect },
	{ OPT_TEXT, 0, "list", "WHAT", "formats, kinds or helpers",
	    "列出格式、类别或外部程序", &list },

	{ OPT_GROUP, 0, "tables", NULL, "separators, headers, odd rows, sheets",
	    "分隔符、表头、异常行、工作表" },
	{ OPT_TEXT, 0, "delimiter", "C", "of a table (sniffed)",
	    "表格分隔符（自动判断）", &typed.delimiter },
	{ OPT_TEXT, 0, "quote", "C|none", "of a table (\")",
	    "表格引号字符（\"）", &typed.quote },
	{ OPT_TEXT, 0, "header", "yes|no|NAMES",
	    "first row names columns (yes)", "首行是否为列名（yes）",
	    &options.header },
	{ OPT_NUMBER, 0, "skip-lines", "N", "lines above the header (0)",
	    "表头之前的行数（0）", &options.skip_lines },
	{ OPT_TEXT, 0, "comment", "C", "lines that begin so are no rows",
	    "以此字符开头的行不是数据", &typed.comment },
	{ OPT_TEXT, 0, "null", "TEXT", "a cell of exactly this is null",
	    "内容恰为此文本的单元格为 null", &options.null_text },
	{ OPT_TEXT, 0, "ragged", "reject|pad", "rows of another width (reject)",
	    "列数不符的行（reject）", &typed.ragged },
	{ OPT_FLAG, 0, "strict-quotes", NULL,
	    "a quote inside an unquoted field is a fault",
	    "未加引号的字段中出现引号即为错误", &options.strict_quotes },
	{ OPT_LIST, 0, "sheet", "NAME|N", "of a workbook (all visible)",
	    "工作表名或序号（所有可见的）", &sheets },

	{ OPT_GROUP, 0, "formats", NULL,
	    "HL7, CDA, JSON, images, waveforms, variants; kinds",
	    "HL7、CDA、JSON、影像、波形、变异；类别" },
	{ OPT_FLAG, 0, "split", NULL, "finer records: segments, sections",
	    "更细的记录：HL7 按段、CDA 按章节", &options.split },
	{ OPT_TEXT, 0, "at", "PATH", "where records sit in JSON or XML",
	    "JSON 或 XML 中记录所在的路径", &options.at },
	{ OPT_TEXT, 0, "tags", "NAME,...", "only these DICOM elements",
	    "只输出这些 DICOM 元素", &typed.tags },
	{ OPT_TEXT, 0, "per", "instance|series|study",
	    "one record of an image's header (instance)",
	    "影像记录的粒度（instance）", &typed.per },
	{ OPT_FLAG, 0, "private", NULL, "private DICOM elements too",
	    "也输出 DICOM 私有元素", &options.dicom.private_too },
	{ OPT_TEXT, 0, "charset", "NAME", "of DICOM files that declare none",
	    "DICOM 未声明字符集时采用", &options.dicom.charset },
	{ OPT_FLAG, 0, "repair-charset", NULL,
	    "DICOM text that is GB18030 undeclared is read so",
	    "未如实声明的 DICOM 中文按 GB18030 读取", &options.dicom.repair },
	{ OPT_TEXT, 0, "samples", "SECONDS", "values of waveforms in windows",
	    "输出波形数值的时间窗", &typed.samples },
	{ OPT_FLAG, 0, "variants", NULL, "one record a line of VCF and BCF",
	    "VCF 与 BCF 每行一条记录", &options.variants },
	{ OPT_LIST, 0, "helper", "NAME[=COMMAND]",
	    "let another program read what is not read here",
	    "允许用外部程序读取其他格式", &helper },
	{ OPT_TEXT, 0, "kinds", "FILE", "a hospital's own kinds, asked first",
	    "本院类别表，优先采用", &kinds_path },

	{ OPT_GROUP, 0, "databases", NULL, "tables and queries, what is new",
	    "数据库的表与查询、增量读取" },
	{ OPT_TEXT, 0, "table", "NAME,...", "of a database (all)",
	    "数据库中的表（全部）", &options.database.tables },
	{ OPT_TEXT, 0, "query", "SQL", "ask a database this instead",
	    "改为执行此查询", &options.database.query },
	{ OPT_TEXT, 0, "query-file", "FILE", "... the query in this file",
	    "查询语句所在文件", &typed.query_file },
	{ OPT_TEXT, 0, "key", "COL,...", "tells rows apart, orders long tables",
	    "区分各行的列，长表按其分页", &options.database.key },
	{ OPT_TEXT, 0, "since", "COL", "only rows newer than last time's",
	    "只读取该列比上次更新的行", &options.database.since },
	{ OPT_TEXT, 0, "since-from", "VALUE", "the first time, from here",
	    "首次读取的起始值", &options.database.since_from },
	{ OPT_TEXT, 0, "overlap", "T|N", "look back so far for late rows (0)",
	    "回看范围，用于迟到的行（0）", &options.database.overlap },

	{ OPT_GROUP, 0, "servers", NULL,
	    "who we are, pages, patience, exports, listeners",
	    "认证、翻页、超时、批量导出、监听" },
	{ OPT_TEXT, 0, "user", "NAME", "who we are to a server",
	    "登录服务器的用户名", &options.user },
	{ OPT_TEXT, 0, "secret", "FILE",
	    "its password or token (or MDX_SECRET)",
	    "存放密码或令牌的文件（或 MDX_SECRET）", &typed.secret_file },
	{ OPT_TEXT, 0, "auth", "HOW", "basic, bearer, oauth2:URL or cert",
	    "认证方式：basic bearer oauth2:URL cert", &options.net.auth },
	{ OPT_TEXT, 0, "cacert", "FILE", "whom to trust (sftp: known hosts)",
	    "信任的证书（sftp：已知主机）", &options.net.ca_file },
	{ OPT_TEXT, 0, "next", "HOW",
	    "link, json:PTR, page:PARAM, offset:PARAM,N",
	    "翻页方式：link json:PTR page:PARAM offset:PARAM,N",
	    &options.net.next },
	{ OPT_TEXT, 0, "rate", "N", "requests a second (no cap)",
	    "每秒请求数上限（不限）", &options.net.rate },
	{ OPT_TEXT, 0, "timeout", "T", "patience with a silent server (60s)",
	    "服务器无响应的等待时间（60s）", &typed.timeout },
	{ OPT_NUMBER, 0, "retries", "N", "further attempts (5)",
	    "失败后的重试次数（5）", &options.net.retries, .most = 1000 },
	{ OPT_TEXT, 0, "endpoint", "URL", "of a private S3 store",
	    "私有 S3 存储的地址", &options.net.endpoint },
	{ OPT_TEXT, 0, "export", "WHAT", "FHIR: system, patient or group/ID",
	    "FHIR 批量导出：system patient group/ID", &options.net.export },
	{ OPT_TEXT, 0, "types", "A,B", "resources of an export (all)",
	    "批量导出的资源类型（全部）", &options.net.types },
	{ OPT_TEXT, 0, "spool", "DIR", "of a listener: messages on disk first",
	    "监听时先落盘再应答的目录", &options.spool },
	{ OPT_FLAG, 0, "no-spool", NULL, "a listener may do without",
	    "监听时不落盘", &typed.no_spool },

	{ OPT_GROUP, 0, "staying", NULL,
	    "watched folders, growing files, rotated output",
	    "监视文件夹、跟踪增长的文件、输出切分" },
	{ OPT_FLAG, 0, "watch", NULL, "stay, and take files that arrive",
	    "持续运行，读取新到达的文件", &options.watch },
	{ OPT_TEXT, 0, "settle", "T", "when they were still so long (5s)",
	    "文件静止多久后读取（5s）", &settle },
	{ OPT_TEXT, 0, "done", "SUFFIX", "only files that have such a twin",
	    "只读取带有此后缀标记文件的文件", &options.done },
	{ OPT_FLAG, 0, "follow", NULL, "stay with growing files",
	    "持续跟踪不断增长的文件", &options.follow },
	{ OPT_TEXT, 0, "rotate", "SIZE|T", "finish the output NAME-%n so often",
	    "输出文件按大小或时间切分（名称含 %n）", &rotate },
	{ OPT_LIST, 0, "forget", "GLOB", "of the state: these files",
	    "从状态中忘掉匹配的文件", &forget },

	{ OPT_GROUP, 0, "run", NULL, "accounts, limits, temporary files",
	    "明细账、限额、临时文件" },
	{ OPT_TEXT, 0, "manifest", "FILE", "the account of each member",
	    "每个成员的明细账", &options.manifest },
	{ OPT_TEXT, 0, "sha256", "WHEN", "in records: auto, always or never",
	    "记录中的摘要：auto always never", &typed.hash },
	{ OPT_TEXT, 0, "spool-dir", "DIR", "temporary files ($TMPDIR)",
	    "临时文件目录（$TMPDIR）", &options.spool_dir },
	{ OPT_TEXT, 0, "password-file", "FILE",
	    "passwords for encrypted archives, one a line",
	    "加密压缩包的口令文件，每行一个", &typed.password_file },
	{ OPT_NUMBER, 0, "max-nesting", "N", "archives in archives (8)",
	    "压缩包嵌套上限（8）", &options.max_nesting, .least = 1,
	    .most = 60 },
	{ OPT_NUMBER, 0, "max-ratio", "N", "bytes out for one in (250)",
	    "压缩比上限（250）", &options.max_ratio, .least = 1,
	    .most = 1000000000 },
	{ OPT_SIZE, 0, "max-member", "SIZE", "largest member (64G)",
	    "单个成员上限（64G）", &options.max_member, .least = 1 },
	{ OPT_SIZE, 0, "max-total", "SIZE", "all members of an archive (1T)",
	    "压缩包总量上限（1T）", &options.max_total, .least = 1 },
	{ OPT_NUMBER, 0, "max-members", "N", "of an archive (1000000)",
	    "压缩包成员数上限（1000000）", &options.max_members, .least = 1 },
	{ 0 }
};

static const char *const usage[] = { "[OPTION]... [SOURCE]...", NULL };

static const struct tool tool = {
	.name = "mdx-ingest",
	.summary = "turn what hospital systems hand out into records",
	.summary_zh = "把医院各系统导出的数据变成统一的记录流",
	.usage = usage,
	.opts = opts,
	.without = OPT_NO_PACK,
};

static int
print_list(void)
{
	struct buf b = { 0 };
	bool ok;

	if (strcmp(list, "kinds") == 0)
		kinds_print(options.kinds, &b);
	else if (strcmp(list, "formats") == 0)
		formats_print(&b);
	else if (strcmp(list, "helpers") == 0)
		helpers_print(options.helpers, &b);
	else
		opt_misuse(&tool,
		    "--list: '%s' is none of formats, kinds, helpers", list);
	ok = fwrite(b.p, 1, b.n, stdout) == b.n && fflush(stdout) == 0;
	buf_release(&b);
	return ok ? 0 : ERR_OUTPUT;
}

/* Whether the last output was delivered. */
static bool delivered;

/* The state moves on with the output, never before it. */
static bool
announce(void *ctx, const char *temporary, const char *path, struct err *e)
{
	return state_announce(ctx, temporary, path, e);
}

static bool
commit(void *ctx, struct err *e)
{
	delivered = state_commit(ctx, e);
	return delivered;
}

static bool
number(void *ctx, uint64_t n, struct err *e)
{
	return state_set_number(ctx, opt_common.run.output, n, e);
}

/* All that can be wrong in what was typed, before anything is opened. */
static void
check(char *const *operands)
{
	struct err e = { 0 };

	options.include = include.items;
	options.exclude = exclude.items;
	options.sheets = sheets.items;
	if (!typed_check(&typed, &options, &e) ||
	    !typed_check_listener(&typed, operands, &options, &e))
		opt_misuse(&tool, "%s", e.text);
	if (!stay_check(&options, settle, operands, &e) ||
	    !numbered_check(&opt_common.run, rotate, &e))
		opt_misuse(&tool, "%s", e.text);
	if (forget.count > 0 && options.state == NULL)
		opt_misuse(&tool, "--forget: of what? --state FILE names it");
	opt_common.run.stream = source_is_endless(operands, &options);
	opt_common.run.append = opt_common.run.stream || rotate != NULL;
	if (!stay_check_appended(opt_common.run.append, "--rejects",
		opt_common.run.rejects, &e) ||
	    !stay_check_appended(
		opt_common.run.append, "--manifest", options.manifest, &e))
		opt_misuse(&tool, "%s", e.text);
}

static bool
forget_all(struct state *state, struct err *e)
{
	char line[64];
	uint64_t n = 0;

	for (size_t i = 0; i < forget.count; i++)
		if (!state_forget(state, forget.items[i], &n, e))
			return false;
	snprintf(line, sizeof(line), "%llu forgotten", (unsigned long long)n);
	if (opt_common.verbose)
		tool_say(line);
	return state_commit(state, e);
}

/* What is kept, and what is to be forgotten of it; NULL without *e: nothing. */
static struct state *
open_state(struct err *e)
{
	struct state *state;

	if (options.state == NULL && !options.watch && !options.follow)
		return NULL;
	state = state_open(options.state, e);
	if (state != NULL &&
	    ((forget.count > 0 && !forget_all(state, e)) ||
		(rotate != NULL &&
		    !state_number(state, opt_common.run.output,
			&opt_common.run.last_number, e)))) {
		state_free(state);
		return NULL;
	}
	return state;
}

static void
take_environment(void)
{
	struct net_options *net = &options.net;

	if (options.spool_dir == NULL)
		options.spool_dir = getenv("TMPDIR");
	typed.home = getenv("HOME");
	typed.secret = getenv("MDX_SECRET");
	net->aws_id = getenv("AWS_ACCESS_KEY_ID");
	net->aws_secret = getenv("AWS_SECRET_ACCESS_KEY");
	net->aws_token = getenv("AWS_SESSION_TOKEN");
	net->aws_region = getenv("AWS_REGION");
	if (net->aws_region == NULL)
		net->aws_region = getenv("AWS_DEFAULT_REGION");
}

static bool
load_tables(struct kinds **kinds, struct helpers **helpers, struct err *e)
{
	struct buf path = { 0 }, words = { 0 };

	buf_addf(&path, "%s/kinds.csv", tool_share());
	buf_addf(&words, "%s/thesaurus.csv", tool_share());
	*kinds =
	    kinds_load(buf_string(&path), buf_string(&words), kinds_path, e);
	buf_release(&words);
	buf_reset(&path);
	buf_addf(&path, "%s/helpers.csv", tool_share());
	if (*kinds != NULL)
		*helpers = helpers_load(buf_string(&path), helper.items, e);
	buf_release(&path);
	options.kinds = *kinds;
	options.helpers = *helpers;
	return *helpers != NULL;
}

static int
read_all(char *const *operands, struct state *state, struct err *e)
{
	struct run_delivery delivery = { .ctx = state,
		.before = announce,
		.after = commit,
		.number = number };
	struct run *run = run_open(&opt_common.run, e);
	struct err late = { 0 };
	int status;

	if (run == NULL)
		return (int)e->kind;
	if (state != NULL)
		run_deliver(run, &delivery);
	source_run(run, operands, &options, state, e);
	memset(e, 0, sizeof(*e));
	status = run_end(run, e);
	if (delivered && (status < 4 || opt_common.run.output == NULL) &&
	    !source_settle(run, &options, state, &late))
		tool_say(late.text);
	run_free(run);
	return status;
}

int
main(int argc, char *argv[])
{
	char **operands = opt_parse(&tool, argc, argv, NULL);
	struct state *state = NULL;
	struct kinds *kinds = NULL;
	struct helpers *helpers = NULL;
	struct err e = { 0 };
	int status = 0;

	take_environment();
	check(operands);
	tool_start(&tool);
	if (!load_tables(&kinds, &helpers, &e))
		return tool_fail(&e);
	if (list != NULL)
		return print_list();
	if (!typed_load(&typed, &options, &e) || !source_check(&options, &e) ||
	    !source_check_operands(operands, &options, &e) ||
	    !run_apart(&opt_common.run, "--manifest", options.manifest, &e) ||
	    !own_check(operands, &opt_common.run, &options, &e))
		return tool_fail(&e);
	if ((state = open_state(&e)) == NULL && e.kind != ERR_NONE)
		return tool_fail(&e);
	if (forget.count == 0 || operands[0] != NULL)
		status = read_all(operands, state, &e);
	state_free(state);
	typed_release(&typed, &options);
	helpers_free(helpers);
	kinds_free(kinds);
	return tool_end(status, &e);
}
