/*
 * mdx-ask - records into an index; questions to it; what was asked.  See
 * mdx-ask(1).
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/date.h"
#include "base/decimal.h"
#include "base/mem.h"
#include "cli/opt.h"
#include "cli/tool.h"
#include "io/writer.h"
#include "json/write.h"
#include "search/answer.h"
#include "search/batch.h"
#include "search/census.h"
#include "search/intake.h"
#include "search/log.h"
#include "search/query.h"

static struct opt_list dbs, wheres;
static const char *format = "auto", *batch, *floor_text = "0.4";
static const char *log_path, *user, *since, *until, *html;
static const char *by = "day,dept,mode,refused", *title = "提问日志分析";
static uint64_t top = 10, effort = RANK_EFFORT;
static bool check, stats, identified, exact, passages, records, count;
static bool no_log, exit_status;

static const struct opt opts[] = { { OPT_LIST, 'd', "db", "FILE",
				       "an index ($MDX_ASK_DB)",
				       "索引文件（$MDX_ASK_DB）", &dbs },
	{ OPT_FLAG, 0, "allow-identified", NULL,
	    "an index of identified records", "允许未去标识的记录",
	    &identified },
	{ OPT_FLAG, 0, "check", NULL, "index: prove it whole",
	    "index：检查索引是否完好", &check },
	{ OPT_FLAG, 0, "stats", NULL, "index: what is in it",
	    "index：索引内容统计", &stats },
	{ OPT_LIST, 'w', "where", "NAME OP VALUE", "only these records",
	    "只看符合条件的记录", &wheres },
	{ OPT_FLAG, 0, "exact", NULL, "query: this very string",
	    "query：按原文子串查找", &exact },
	{ OPT_NUMBER, 0, "top", "N", "query: so many hits; 0: all (10)",
	    "query：返回条数，0 为全部（10）", &top },
	{ OPT_FLAG, 0, "passages", NULL, "query: all of a record",
	    "query：列出每个段落", &passages },
	{ OPT_FLAG, 0, "records", NULL, "query: the stored records",
	    "query：原样输出记录", &records },
	{ OPT_FLAG, 0, "count", NULL, "query: only how many", "query：只给数量",
	    &count },
	{ OPT_NUMBER, 0, "effort", "N", "postings read a question (30000)",
	    "每个问题读取的倒排项数（30000）", &effort },
	{ OPT_TEXT, 0, "batch", "FILE", "questions, one to a line",
	    "从文件读取问题，每行一个", &batch },
	{ OPT_TEXT, 0, "format", "FORM", "auto, ndjson or text",
	    "输出形式：auto ndjson text", &format },
	{ OPT_FLAG, 0, "exit-status", NULL, "nothing found: exit 1",
	    "没有结果时退出码为 1", &exit_status },
	{ OPT_TEXT, 0, "floor", "X", "ask: share of weight needed (0.4)",
	    "ask：作答所需的覆盖率（0.4）", &floor_text },
	{ OPT_TEXT, 'l', "log", "FILE", "the question log ($MDX_ASK_LOG)",
	    "提问日志（$MDX_ASK_LOG）", &log_path },
	{ OPT_FLAG, 0, "no-log", NULL, "ask: log nothing", "ask：不记日志",
	    &no_log },
	{ OPT_TEXT, 0, "user", "NAME", "who asks; log: only these",
	    "提问者；log：只看此人", &user },
	{ OPT_TEXT, 0, "since", "DATE", "log: from this day on",
	    "log：起始日期", &since },
	{ OPT_TEXT, 0, "until", "DATE", "log: up to this day", "log：截止日期",
	    &until },
	{ OPT_TEXT, 0, "by", "DIM,DIM...", "report: day dept mode refused",
	    "report：统计维度 day dept mode refused", &by },
	{ OPT_TEXT, 0, "html", "FILE", "report: a page, too",
	    "report：另存网页", &html },
	{ OPT_TEXT, 0, "title", "TEXT", "report: of the page",
	    "report：网页标题", &title },
	{ 0 } };

static const struct verb verbs[] = {
	{ "index", "[FILE]...", "put records into an index", "把记录放入索引" },
	{ "query", "QUESTION [DB]...", "find passages or records",
	    "检索段落或记录" },
	{ "ask", "QUESTION [DB]...", "answer with sources",
	    "回答问题并给出出处" },
	{ "log", "", "the questions that were asked", "提问日志" },
	{ "report", "[FILE]...", "count a log of questions", "统计提问日志" },
	{ 0 }
};

static const char *const usage[] = { "index -d DB [OPTION]... [FILE]...",
	"query|ask [OPTION]... QUESTION [DB]...",
	"query|ask --batch FILE [OPTION]... [DB]...", "log [OPTION]...",
	"report [OPTION]... [FILE]...", NULL };

static const struct tool tool = { "mdx-ask",
	"find, answer and count what records say", "检索、回答、统计病历记录",
	usage, verbs, opts, OPT_NO_JOBS };

static struct run *run;

/* --- index --------------------------------------------------------------- */

static bool
look_at(struct corpus *c, struct err *e)
{
	struct buf b = { 0 };
	bool ok = !check || corpus_check(c, e);

	if (ok && stats)
		ok = corpus_stats(c, &b, e) &&
		    run_write(run, buf_slice(&b), 1, e);
	buf_release(&b);
	return ok;
}

static void
note_table(void *ctx, const char *path, const uint8_t digest[DIGEST_SIZE])
{
	run_table(ctx, path, digest);
}

static bool
take_in(struct corpus *c, char **operands, struct err *e)
{
	struct index *names = record_names();
	struct stage stage = { .names = names,
		.ordered = true,
		.record = intake_record,
		.pause = intake_commit };
	struct catalogue *catalogue = NULL;
	struct roles *roles = NULL;
	struct intake *in = NULL;
	struct buf path = { 0 }, own = { 0 };
	bool ok;

	buf_addf(&path, "%s/roles.csv", tool_share());
	catalogue = catalogue_load(
	    tool_share(), opt_common.packs.items, true, tool_say, e);
	if (catalogue != NULL)
		roles = roles_load(buf_string(&path), names, e);
	if (roles != NULL)
		in = intake_new(c, roles, identified, e);
	ok = in != NULL && intake_names(in, catalogue, e);
	if (ok) {
		catalogue_tables(catalogue, note_table, run);
		stage.shared = in;
		flow_run(run, operands, &stage, e); /* the run knows */
		intake_report(in, &own);
		run_own(run, buf_slice(&own));
	}
	intake_free(in);
	roles_free(roles);
	catalogue_free(catalogue);
	index_free(names);
	buf_release(&path);
	buf_release(&own);
	return ok;
}

static bool
do_index(char **operands, struct err *e)
{
	struct corpus *c;
	bool ok;

	if (dbs.count != 1)
		opt_misuse(&tool, "index wants one -d FILE");
	if ((check || stats) && operands[0] != NULL)
		opt_misuse(&tool, "--check and --stats take no records");
	c = corpus_open(dbs.items[0],
	    check       ? CORPUS_CHECK
		: stats ? CORPUS_READ
			: CORPUS_WRITE,
	    identified, e);
	ok = c != NULL &&
	    (check || stats ? look_at(c, e) : take_in(c, operands, e));
	corpus_close(c);
	return ok;
}

/* --- query and ask ------------------------------------------------------- */

struct session {
	struct search *search;
	struct log *log;
	struct query query;
	double floor;
	bool ask, people;
	uint64_t asked, found, refused;
};

/* The answer is out already: a log that fails decides the status only. */
static void
note(struct session *s, const struct asked *a, const struct answer *answer,
    int64_t began)
{
	char host[256] = "";
	struct log_entry entry = { .qid = a->qid,
		.question = a->text,
		.mode = s->ask ? "extract" : "query",
		.began = began,
		.ms = clock_wall_ms() - began,
		.hits = buf_slice(&answer->hits),
		.answer = buf_slice(&answer->text),
		.refused = answer->refused ? "no-evidence" : NULL,
		.grounded = answer->grounded,
		.user = slice_of(user) };
	struct err e = { 0 };

	if (s->log == NULL)
		return;
	gethostname(host, sizeof(host) - 1);
	entry.host = slice_of(host);
	if (!log_add(s->log, &entry, &e))
		run_fail(run, &e);
}

static bool
ask_one(void *ctx, const struct asked *a, struct err *e)
{
	struct session *s = ctx;
	struct answer answer = { 0 };
	struct asked one = *a;
	struct buf b = { 0 };
	uint64_t lines = 1, found = 0;
	int64_t began = clock_wall_ms();
	bool ok;

	one.exact = exact;
	if (s->ask)
		ok = answer_put(
		    s->search, s->floor, &one, s->people, &b, &answer, e);
	else
		ok = query_put(
		    &s->query, &one, &b, &answer.hits, &lines, &found, e);
	ok = ok && run_write(run, buf_slice(&b), lines, e) && run_flush(run, e);
	if (ok) {
		note(s, &one, &answer, began);
		s->asked++;
		s->refused += answer.refused;
		s->found += s->ask ? !answer.refused : found;
	}
	answer_release(&answer);
	buf_release(&b);
	return ok;
}

static void
report_session(const struct session *s)
{
	struct err e = { 0 };
	struct buf b = { 0 };

	buf_addf(&b, "{\"questions\":%llu,\"%s\":%llu}",
	    (unsigned long long)s->asked, s->ask ? "refused" : "hits",
	    (unsigned long long)(s->ask ? s->refused : s->found));
	run_own(run, buf_slice(&b));
	buf_release(&b);
	if (!exit_status || s->found > 0)
		return;
	err_data(&e, "not_found", "nothing was found");
	run_refuse(run, &e);
}

/* -d, then operands, else the colon-separated list of the environment. */
static void
collect_dbs(char **operands, struct opt_list *list)
{
	const char *given = getenv("MDX_ASK_DB");
	struct slice rest = slice_of(given), part;
	size_t n = 0, most = dbs.count + 1;

	for (char **o = operands; *o != NULL; o++)
		most++;
	for (size_t i = 0; i < rest.n; i++)
		most += rest.p[i] == ':';
	list->items = mem_zalloc((most + 1) * sizeof(*list->items));
	for (size_t i = 0; i < dbs.count; i++)
		list->items[n++] = dbs.items[i];
	while (*operands != NULL)
		list->items[n++] = *operands++;
	for (bool none = n == 0; none && slice_next(&rest, ':', &part);)
		list->items[n++] = mem_string(part.p, part.n);
	list->count = n;
	if (n == 0)
		opt_misuse(&tool, "no index given, use -d FILE");
}

static bool
parse_wheres(struct where **list, struct err *e)
{
	*list = mem_alloc((wheres.count + 1) * sizeof(**list));
	for (size_t i = 0; i < wheres.count; i++)
		if (!where_parse(slice_of(wheres.items[i]), &(*list)[i], e))
			return err_wrap(e, "--where '%s'", wheres.items[i]);
	return true;
}

static bool
for_people(void)
{
	if (strcmp(format, "auto") == 0)
		return opt_common.run.output == NULL &&
		    isatty(STDOUT_FILENO) == 1;
	if (strcmp(format, "text") != 0 && strcmp(format, "ndjson") != 0)
		opt_misuse(&tool,
		    "--format: '%s' is none of auto, ndjson, text", format);
	return strcmp(format, "text") == 0;
}

static double
read_floor(void)
{
	struct arena *a = arena_new();
	struct decimal d;
	double x = -1;

	if (decimal_parse(slice_of(floor_text), a, &d, NULL))
		x = decimal_double(&d);
	arena_free(a);
	if (x < 0 || x > 1)
		opt_misuse(&tool, "--floor: '%s' is no number from 0 to 1",
		    floor_text);
	return x;
}

/* $MDX_ASK_LOG, else the user's own state folder, which is made. */
static const char *
default_log(void)
{
	static char path[4096];
	const char *given = getenv("MDX_ASK_LOG");
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	if (given != NULL && given[0] != '\0')
		return given;
	if (state != NULL && state[0] == '/')
		snprintf(path, sizeof(path), "%s/mdx/ask-log.db", state);
	else
		snprintf(path, sizeof(path), "%s/.local/state/mdx/ask-log.db",
		    home == NULL ? "" : home);
	for (char *p = path + 1; (p = strchr(p, '/')) != NULL; p++) {
		*p = '\0';
		mkdir(path, 0700);
		*p = '/';
	}
	return path;
}

static struct log *
open_log(bool ask)
{
	struct err e = { 0 };
	struct log *l;

	if (no_log || (!ask && log_path == NULL))
		return NULL;
	l = log_open(
	    log_path == NULL ? default_log() : log_path, tool_share(), &e);
	if (l == NULL)
		run_fail(run, &e);
	return l;
}

static bool
do_questions(bool ask, char **operands, struct err *e)
{
	const char *question = NULL;
	struct opt_list paths = { 0 };
	struct where *list = NULL;
	struct session s = { .ask = ask, .people = for_people() };
	bool ok;

	if (batch == NULL && (question = *operands++) == NULL)
		opt_misuse(&tool, "no question given");
	s.floor = read_floor();
	collect_dbs(operands, &paths);
	if (user == NULL)
		user = getenv("LOGNAME");
	ok = parse_wheres(&list, e) &&
	    (s.search = search_open(paths.items, paths.count, identified, list,
		 wheres.count, e)) != NULL;
	if (ok) {
		s.search->effort = effort;
		s.search->passages = passages;
		s.query = (struct query){ s.search, exact, count, top,
			records        ? HIT_RECORD
			    : s.people ? HIT_TEXT
				       : HIT_NDJSON };
		s.log = open_log(ask);
		ok = batch != NULL ? batch_run(run, batch, ask_one, &s, e)
				   : batch_one(run, question, ask_one, &s, e);
		report_session(&s);
	}
	log_close(s.log);
	search_close(s.search);
	mem_free(list);
	mem_free(paths.items);
	return ok;
}

/* --- log and report ------------------------------------------------------ */

static bool
write_row(void *ctx, struct slice row, struct err *e)
{
	(void)ctx;
	return run_write(run, row, 0, e) && run_write(run, SLICE("\n"), 1, e);
}

static bool
check_day(const char *name, const char *text, struct err *e)
{
	struct date d;

	return text == NULL || date_parse(slice_of(text), &d, NULL) ||
	    err_set(
		e, ERR_USAGE, "--%s: '%s' is no date (2025-03-01)", name, text);
}

static bool
read_log(log_take *take, void *ctx, struct err *e)
{
	struct log *l = NULL;
	bool ok = check_day("since", since, e) && check_day("until", until, e);

	if (ok)
		l = log_open(
		    log_path == NULL ? default_log() : log_path, NULL, e);
	ok = l != NULL && log_each(l, since, until, user, take, ctx, e);
	log_close(l);
	return ok;
}

struct counting {
	struct census *census;
	struct record *record;
	struct arena *arena;
};

static bool
count_row(void *ctx, struct slice row, struct err *e)
{
	struct counting *c = ctx;

	arena_reset(c->arena);
	if (!record_read(c->record, json_pad(row, c->arena), e))
		return false;
	run_count(run, 1);
	census_record(c->census, c->record, NULL, e);
	return true;
}

static bool
count_rows(struct census *census, const struct index *names, char **operands,
    struct err *e)
{
	struct stage stage = { .names = names,
		.shared = census,
		.ordered = true,
		.record = census_record };
	struct counting c = { census, NULL, NULL };
	bool ok;

	if (log_path == NULL || operands[0] != NULL) {
		flow_run(run, operands, &stage, e);
		return true;
	}
	c.record = record_new(names, 0);
	c.arena = arena_new();
	ok = read_log(count_row, &c, e);
	record_free(c.record);
	arena_free(c.arena);
	return ok;
}

static bool
do_report(char **operands, struct err *e)
{
	struct index *names = census_names();
	struct census *census = census_new(by, e);
	struct buf cells = { 0 }, page = { 0 };
	uint64_t lines;
	bool ok = census != NULL && count_rows(census, names, operands, e);

	if (ok) {
		census_cells(census, &cells, &lines);
		ok = run_write(run, buf_slice(&cells), lines, e);
	}
	if (ok && html != NULL) {
		census_page(census, title, &page);
		ok = writer_put_file(html, buf_slice(&page), e);
	}
	buf_release(&cells);
	buf_release(&page);
	census_free(census);
	index_free(names);
	return ok;
}

static bool
act(const char *verb, char **operands, struct err *e)
{
	if (strcmp(verb, "index") == 0)
		return do_index(operands, e);
	if (strcmp(verb, "log") == 0)
		return read_log(write_row, NULL, e);
	if (strcmp(verb, "report") == 0)
		return do_report(operands, e);
	return do_questions(strcmp(verb, "ask") == 0, operands, e);
}

int
main(int argc, char *argv[])
{
	const struct verb *verb;
	char **operands = opt_parse(&tool, argc, argv, &verb);
	struct err e = { 0 };
	int status;

	if (verb == NULL) {
		if (operands[0] == NULL)
			opt_misuse(&tool, "no verb given");
		opt_misuse(&tool, "unknown verb '%s'", operands[0]);
	}
	tool_start(&tool);
	opt_common.run.no_output = strcmp(verb->name, "index") == 0 && !stats;
	run = run_open(&opt_common.run, &e);
	if (run == NULL)
		return tool_end((int)e.kind, &e);
	if (!act(verb->name, operands, &e))
		run_fail(run, &e);
	e.text[0] = '\0'; /* it has been said */
	status = run_end(run, &e);
	run_free(run);
	return tool_end(status, &e);
}
