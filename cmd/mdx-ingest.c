/*
 * mdx-ingest - sources in, records out.
 */
#include <sys/stat.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/duration.h"
#include "base/mem.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "io/reader.h"
#include "json/write.h"
#include "record/numbered.h"
#include "sources/at.h"
#include "sources/dicom_tags.h"
#include "sources/helper.h"
#include "sources/own.h"
#include "sources/secret.h"
#include "sources/source.h"
#include "sources/state.h"
#include "sources/wave.h"
#include "sources/stay.h"

static const char *kinds_path, *delimiter, *quote, *comment, *ragged, *hash,
    *list, *secret_path, *query_path;
static const char *dicom_tags, *dicom_per;
static const char *samples;
static struct opt_list include, exclude, sheets;
static struct opt_list forget, helper;
static const char *settle, *rotate, *passwords_path;
static bool no_spool;
static struct buf spool_state;
static uint64_t max_nesting, max_ratio;
static struct source_options options = { .quote = '"' };
static const char *timeout;
static uint64_t retries = 5;
static struct buf known_hosts;

static const struct opt opts[] = {
	{ OPT_TEXT, 'f', "format", "NAME", "force the format", "强制指定格式",
	    &options.format },
	{ OPT_TEXT, 0, "kind", "NAME", "force the kind of record",
	    "强制指定记录类别", &options.kind },
	{ OPT_TEXT, 0, "kinds", "FILE", "a hospital's own kinds, asked first",
	    "本院类别表，优先采用", &kinds_path },
	{ OPT_TEXT, 0, "encoding", "NAME", "force the encoding", "强制指定编码",
	    &options.encoding },
	{ OPT_TEXT, 0, "delimiter", "C", "of a table (sniffed)",
	    "表格分隔符（自动判断）", &delimiter },
	{ OPT_TEXT, 0, "quote", "C|none", "of a table (\")",
	    "表格引号字符（\"）", &quote },
	{ OPT_TEXT, 0, "header", "yes|no|NAMES",
	    "first row names columns (yes)", "首行是否为列名（yes）",
	    &options.header },
	{ OPT_NUMBER, 0, "skip-lines", "N", "lines above the header (0)",
	    "表头之前的行数（0）", &options.skip_lines },
	{ OPT_TEXT, 0, "comment", "C", "lines that begin so are no rows",
	    "以此字符开头的行不是数据", &comment },
	{ OPT_TEXT, 0, "null", "TEXT", "a cell of exactly this is null",
	    "内容恰为此文本的单元格为 null", &options.null_text },
	{ OPT_TEXT, 0, "ragged", "reject|pad", "rows of another width (reject)",
	    "列数不符的行（reject）", &ragged },
	{ OPT_FLAG, 0, "strict-quotes", NULL,
	    "a quote inside an unquoted field is a fault",
	    "未加引号的字段中出现引号即为错误", &options.strict_quotes },
	{ OPT_LIST, 0, "sheet", "NAME|N", "of a workbook (all visible)",
	    "工作表名或序号（所有可见的）", &sheets },
	{ OPT_FLAG, 0, "split", NULL, "finer records: segments, sections",
	    "更细的记录：HL7 按段、CDA 按章节", &options.split },
	{ OPT_TEXT, 0, "at", "PATH", "where records sit in JSON or XML",
	    "JSON 或 XML 中记录所在的路径", &options.at },
	{ OPT_TEXT, 0, "tags", "NAME,...", "only these DICOM elements",
	    "只输出这些 DICOM 元素", &dicom_tags },
	{ OPT_TEXT, 0, "per", "instance|series|study",
	    "one record of an image's header (instance)",
	    "影像记录的粒度（instance）", &dicom_per },
	{ OPT_FLAG, 0, "private", NULL, "private DICOM elements too",
	    "也输出 DICOM 私有元素", &options.dicom.private_too },
	{ OPT_TEXT, 0, "charset", "NAME", "of DICOM files that declare none",
	    "DICOM 未声明字符集时采用", &options.dicom.charset },
	{ OPT_FLAG, 0, "repair-charset", NULL,
	    "DICOM text that is GB18030 undeclared is read so",
	    "未如实声明的 DICOM 中文按 GB18030 读取", &options.dicom.repair },
	{ OPT_FLAG, 0, "variants", NULL, "one record a line of VCF and BCF",
	    "VCF 与 BCF 每行一条记录", &options.variants },
	{ OPT_TEXT, 0, "samples", "SECONDS", "values of waveforms in windows",
	    "输出波形数值的时间窗", &samples },
	{ OPT_LIST, 0, "include", "GLOB", "read these files and members only",
	    "只读取匹配的文件", &include },
	{ OPT_LIST, 0, "exclude", "GLOB", "leave these files and members out",
	    "跳过匹配的文件", &exclude },
	{ OPT_TEXT, 0, "manifest", "FILE", "the account of each member",
	    "每个成员的明细账", &options.manifest },
	{ OPT_TEXT, 0, "state", "FILE", "remember what was read",
	    "记住已读取的内容，下次只读新增", &options.state },
	{ OPT_TEXT, 0, "table", "NAME,...", "of a database (all)",
	    "数据库中的表（全部）", &options.database.tables },
	{ OPT_TEXT, 0, "query", "SQL", "ask a database this instead",
	    "改为执行此查询", &options.database.query },
	{ OPT_TEXT, 0, "query-file", "FILE", "... the query in this file",
	    "查询语句所在文件", &query_path },
	{ OPT_TEXT, 0, "key", "COL,...", "tells rows apart, orders long tables",
	    "区分各行的列，长表按其分页", &options.database.key },
	{ OPT_TEXT, 0, "since", "COL", "only rows newer than last time's",
	    "只读取该列比上次更新的行", &options.database.since },
	{ OPT_TEXT, 0, "since-from", "VALUE", "the first time, from here",
	    "首次读取的起始值", &options.database.since_from },
	{ OPT_TEXT, 0, "overlap", "T|N", "look back so far for late rows (0)",
	    "回看范围，用于迟到的行（0）", &options.database.overlap },
	{ OPT_LIST, 0, "forget", "GLOB", "of the state: these files",
	    "从状态中忘掉匹配的文件", &forget },
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
	{ OPT_TEXT, 0, "user", "NAME", "who we are to a server",
	    "登录服务器的用户名", &options.user },
	{ OPT_TEXT, 0, "secret", "FILE",
	    "its password or token (or MDX_SECRET)",
	    "存放密码或令牌的文件（或 MDX_SECRET）", &secret_path },
	{ OPT_TEXT, 0, "spool", "DIR", "of a listener: messages on disk first",
	    "监听时先落盘再应答的目录", &options.spool },
	{ OPT_TEXT, 0, "spool-dir", "DIR", "temporary files ($TMPDIR)",
	    "临时文件目录（$TMPDIR）", &options.spool_dir },
	{ OPT_TEXT, 0, "password-file", "FILE",
	    "passwords for encrypted archives, one a line",
	    "加密压缩包的口令文件，每行一个", &passwords_path },
	{ OPT_FLAG, 0, "no-spool", NULL, "a listener may do without",
	    "监听时不落盘", &no_spool },
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
	    "服务器无响应的等待时间（60s）", &timeout },
	{ OPT_NUMBER, 0, "retries", "N", "further attempts (5)",
	    "失败后的重试次数（5）", &retries },
	{ OPT_TEXT, 0, "endpoint", "URL", "of a private S3 store",
	    "私有 S3 存储的地址", &options.net.endpoint },
	{ OPT_TEXT, 0, "export", "WHAT", "FHIR: system, patient or group/ID",
	    "FHIR 批量导出：system patient group/ID", &options.net.export },
	{ OPT_TEXT, 0, "types", "A,B", "resources of an export (all)",
	    "批量导出的资源类型（全部）", &options.net.types },
	{ OPT_TEXT, 0, "sha256", "WHEN", "in records: auto, always or never",
	    "记录中的摘要：auto always never", &hash },
	{ OPT_NUMBER, 0, "max-nesting", "N", "archives in archives (8)",
	    "压缩包嵌套上限（8）", &max_nesting },
	{ OPT_NUMBER, 0, "max-ratio", "N", "bytes out for one in (250)",
	    "压缩比上限（250）", &max_ratio },
	{ OPT_SIZE, 0, "max-member", "SIZE", "largest member (64G)",
	    "单个成员上限（64G）", &options.max_member },
	{ OPT_SIZE, 0, "max-total", "SIZE", "all members of an archive (1T)",
	    "压缩包总量上限（1T）", &options.max_total },
	{ OPT_NUMBER, 0, "max-members", "N", "of an archive (1000000)",
	    "压缩包成员数上限（1000000）", &options.max_members },
	{ OPT_FLAG, 0, "inspect", NULL, "say what each source is",
	    "只说明每个来源是什么", &options.inspect },
	{ OPT_LIST, 0, "helper", "NAME[=COMMAND]",
	    "let another program read what is not read here",
	    "允许用外部程序读取其他格式", &helper },
	{ OPT_TEXT, 0, "list", "WHAT", "formats, kinds or helpers",
	    "列出格式、类别或外部程序", &list },
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

/* A single byte, also by the names that a shell makes hard to type. */
static char
one_byte(const char *option, const char *text)
{
	if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
		return '\t';
	if (text[0] == '\0' || text[1] != '\0' ||
	    (unsigned char)text[0] >= 0x80)
		opt_misuse(&tool, "--%s: '%s' is not one ASCII character",
		    option, text);
	return text[0];
}

static unsigned
count(const char *option, uint64_t n, uint64_t most)
{
	if (n > most)
		opt_misuse(&tool, "--%s: at most %llu", option,
		    (unsigned long long)most);
	return (unsigned)n;
}

/* At most a day; 0 where nothing is given. */
static unsigned
milliseconds(const char *option, const char *text)
{
	int64_t ms;

	if (text == NULL)
		return 0;
	if (!duration_parse(slice_of(text), &ms) || ms < 1 || ms > 86400000)
		opt_misuse(
		    &tool, "--%s: '%s' is no time (60s, 5m)", option, text);
	return (unsigned)ms;
}

/* The length of a window in nanoseconds. */
static uint64_t
window(const char *text)
{
	unsigned places;
	int64_t n;

	if (!wave_number(slice_of(text), &n, &places) || places > 9 || n < 0)
		n = 0;
	for (; n > 0 && places < 9; places++)
		if (__builtin_mul_overflow(n, 10, &n))
			n = -1;
	if (n < 1000000 || n > (int64_t)(86400 * WAVE_NANO))
		opt_misuse(&tool,
		    "--samples: '%s' is no number of seconds (0.001 to 86400)",
		    text);
	return (uint64_t)n;
}

static void
take_options(void)
{
	if (options.spool_dir == NULL)
		options.spool_dir = getenv("TMPDIR");
	if (delimiter != NULL)
		options.delimiter = one_byte("delimiter", delimiter);
	if (comment != NULL)
		options.comment = one_byte("comment", comment);
	if (quote != NULL)
		options.quote = strcmp(quote, "none") == 0
		    ? '\0'
		    : one_byte("quote", quote);
	options.tabular = delimiter != NULL || comment != NULL ||
	    quote != NULL || ragged != NULL || options.header != NULL ||
	    options.skip_lines > 0 || options.strict_quotes ||
	    options.null_text != NULL;
	if (ragged != NULL && strcmp(ragged, "pad") == 0)
		options.pad = true;
	else if (ragged != NULL && strcmp(ragged, "reject") != 0)
		opt_misuse(
		    &tool, "--ragged: '%s' is neither reject nor pad", ragged);
	if (hash != NULL && strcmp(hash, "always") == 0)
		options.hash = HASH_ALWAYS;
	else if (hash != NULL && strcmp(hash, "never") == 0)
		options.hash = HASH_NEVER;
	else if (hash != NULL && strcmp(hash, "auto") != 0)
		opt_misuse(&tool,
		    "--sha256: '%s' is none of auto, always, never", hash);
	options.net.retries = count("retries", retries, 1000);
	options.net.timeout_ms = milliseconds("timeout", timeout);
	if (samples != NULL)
		options.samples_ns = window(samples);
	options.include = include.items;
	options.exclude = exclude.items;
	options.sheets = sheets.items;
	options.max_nesting = count("max-nesting", max_nesting, 60);
	options.max_ratio = count("max-ratio", max_ratio, 1000000000);
}

static bool
take_passwords(struct buf *text, const char ***lines, struct err *e)
{
	if (passwords_path == NULL)
		return true;
	if (!secret_load("--password-file", passwords_path, text, e))
		return false;
	*lines = secret_lines(text);
	options.passwords = *lines;
	return true;
}

/* A secret comes from a file or the environment, never from a command line. */
static bool
take_secret(struct buf *secret, struct err *e)
{
	const char *home = getenv("HOME");

	options.net.secret_file = secret_path;
	options.net.aws_id = getenv("AWS_ACCESS_KEY_ID");
	options.net.aws_secret = getenv("AWS_SECRET_ACCESS_KEY");
	options.net.aws_token = getenv("AWS_SESSION_TOKEN");
	options.net.aws_region = getenv("AWS_REGION");
	if (options.net.aws_region == NULL)
		options.net.aws_region = getenv("AWS_DEFAULT_REGION");
	if (home != NULL) {
		buf_addf(&known_hosts, "%s/.ssh/known_hosts", home);
		options.net.known_hosts = buf_string(&known_hosts);
	}
	if (secret_path == NULL) {
		options.secret = getenv("MDX_SECRET");
		return true;
	}
	if (!secret_load("--secret", secret_path, secret, e))
		return false;
	options.secret = buf_string(secret);
	return true;
}

static bool
take_images(struct dicom_tags **tags, struct err *e)
{
	struct dicom_options *o = &options.dicom;

	if (dicom_per != NULL && strcmp(dicom_per, "series") == 0)
		o->per = PER_SERIES;
	else if (dicom_per != NULL && strcmp(dicom_per, "study") == 0)
		o->per = PER_STUDY;
	else if (dicom_per != NULL && strcmp(dicom_per, "instance") != 0)
		opt_misuse(&tool,
		    "--per: '%s' is none of instance, series, study",
		    dicom_per);
	if (dicom_tags != NULL) {
		*tags = dicom_tags_parse(slice_of(dicom_tags), e);
		if (*tags == NULL)
			return false;
	}
	o->tags = *tags;
	return true;
}

/*
 * A listener never ends, so it has a run of its own.  How far its spool was
 * delivered is kept by the state, in the spool itself unless told otherwise.
 */
static void
check_listener(char *const *operands)
{
	bool listens = false;
	size_t n = 0;

	for (; operands != NULL && operands[n] != NULL; n++)
		listens |= strncmp(operands[n], "mllp:", 5) == 0;
	if (!listens) {
		if (options.spool != NULL || no_spool)
			opt_misuse(&tool,
			    "--spool and --no-spool are for mllp: "
			    "sources");
		return;
	}
	if (n > 1)
		opt_misuse(&tool, "a listener needs a run of its own");
	if (options.spool == NULL && !no_spool)
		opt_misuse(&tool,
		    "mllp: needs --spool DIR, where messages are safe "
		    "before "
		    "they are acknowledged (or --no-spool)");
	if (options.spool != NULL && no_spool)
		opt_misuse(&tool, "--spool and --no-spool exclude each other");
	if (options.spool == NULL || options.state != NULL)
		return;
	mkdir(options.spool, 0700); /* what fails is said by the spool */
	buf_addf(&spool_state, "%s/state", options.spool);
	options.state = buf_string(&spool_state);
}

static bool
take_query(struct buf *query, struct err *e)
{
	const char *base;

	if (options.database.query != NULL)
		options.database.query_name = "query";
	if (query_path == NULL)
		return true;
	if (options.database.query != NULL)
		return err_set(e, ERR_USAGE,
		    "--query and --query-file exclude one another");
	if (!reader_slurp(query_path, (size_t)1 << 20, query, e)) {
		e->kind = ERR_USAGE;
		return err_wrap(e, "--query-file");
	}
	base = strrchr(query_path, '/');
	options.database.query = buf_string(query);
	options.database.query_name = base == NULL ? query_path : base + 1;
	return true;
}

static void
print_formats(struct buf *b)
{
	for (const struct source_format *f = source_formats; f->name != NULL;
	     f++) {
		struct slice rest = slice_of(f->suffixes), one;

		buf_adds(b, "{\"format\":");
		json_put_cstring(b, f->name);
		json_put_key(b, "suffixes");
		buf_addc(b, '[');
		while (slice_next(&rest, ' ', &one)) {
			if (one.n == 0)
				continue;
			json_put_comma(b);
			json_put_string(b, one);
		}
		buf_adds(b, "]}\n");
	}
}

static int
print_list(void)
{
	struct buf b = { 0 };
	bool ok;

	if (strcmp(list, "kinds") == 0)
		kinds_print(options.kinds, &b);
	else if (strcmp(list, "formats") == 0)
		print_formats(&b);
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
take_path(struct err *e)
{
	if (options.at == NULL)
		return true;
	options.path = at_parse(options.at, e);
	return options.path != NULL;
}

static bool
number(void *ctx, uint64_t n, struct err *e)
{
	return state_set_number(ctx, opt_common.run.output, n, e);
}

static void
take_stay(char *const *operands)
{
	struct err e = { 0 };

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

int
main(int argc, char *argv[])
{
	char **operands = opt_parse(&tool, argc, argv, NULL);
	struct buf path = { 0 }, secret = { 0 }, query = { 0 },
		   passwords = { 0 };
	const char **password_list = NULL;
	struct run_delivery delivery = {
		.before = announce, .after = commit, .number = number
	};
	struct state *state = NULL;
	struct dicom_tags *tags = NULL;
	struct kinds *kinds;
	struct helpers *helpers = NULL;
	struct err e = { 0 }, late = { 0 };
	struct run *run;
	int status;

	take_options();
	check_listener(operands);
	take_stay(operands);
	tool_start(&tool);
	buf_addf(&path, "%s/kinds.csv", tool_share());
	options.kinds = kinds = kinds_load(buf_string(&path), kinds_path, &e);
	buf_reset(&path);
	buf_addf(&path, "%s/helpers.csv", tool_share());
	if (kinds != NULL)
		options.helpers = helpers =
		    helpers_load(buf_string(&path), helper.items, &e);
	buf_release(&path);
	if (helpers == NULL)
		return tool_fail(&e);
	if (list != NULL)
		return print_list();
	if (!take_secret(&secret, &e) || !take_query(&query, &e) ||
	    !take_passwords(&passwords, &password_list, &e) ||
	    !take_images(&tags, &e) || !take_path(&e) ||
	    !source_check(&options, &e) ||
	    !source_check_operands(operands, &options, &e))
		return tool_fail(&e);
	if (!run_apart(&opt_common.run, "--manifest", options.manifest, &e) ||
	    !own_check(operands, &opt_common.run, &options, &e))
		return tool_fail(&e);
	if ((state = open_state(&e)) == NULL && e.kind != ERR_NONE)
		return tool_fail(&e);
	if (forget.count > 0 && operands[0] == NULL) {
		state_free(state);
		return 0;
	}
	run = run_open(&opt_common.run, &e);
	if (run == NULL)
		return tool_fail(&e);
	delivery.ctx = state;
	if (state != NULL)
		run_deliver(run, &delivery);
	source_run(run, operands, &options, state, &e);
	memset(&e, 0, sizeof(e));
	status = run_end(run, &e);
	if (delivered && (status < 4 || opt_common.run.output == NULL) &&
	    !source_settle(run, &options, state, &late))
		tool_say(late.text);
	run_free(run);
	state_free(state);
	helpers_free(helpers);
	kinds_free(kinds);
	dicom_tags_free(tags);
	mem_free(password_list);
	buf_release(&passwords);
	buf_release(&secret);
	at_free(options.path);
	buf_release(&query);
	buf_release(&known_hosts);
	return tool_end(status, &e);
}
