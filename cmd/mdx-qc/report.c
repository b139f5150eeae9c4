#include "mdx-qc/qc.h"

#include <string.h>

#include "base/mem.h"
#include "io/reader.h"
#include "rules/keys.h"
#include "rules/reread.h"

#define MOST_OPEN 64 /* shards whose keys are read where they lie */

static const char *html, *md, *csv, *json, *junit, *coverage;
static const char *title, *language = "both", *grades;
static const char *waivers, *history, *run_name;

const struct opt qc_report_opts[] = { { OPT_TEXT, 0, "html", "FILE",
					  "report: the page", "report：网页",
					  &html },
	{ OPT_TEXT, 0, "md", "FILE", "report: Markdown", "report：Markdown",
	    &md },
	{ OPT_TEXT, 0, "csv", "FILE", "report: a row a rule",
	    "report：每规则一行", &csv },
	{ OPT_TEXT, 0, "json", "FILE", "report: one object", "report：一个对象",
	    &json },
	{ OPT_TEXT, 0, "junit", "FILE", "report: a test case a rule",
	    "report：每规则一个测试用例", &junit },
	{ OPT_TEXT, 0, "coverage", "FILE", "report: completeness table",
	    "report：完整性表", &coverage },
	{ OPT_TEXT, 0, "waivers", "FILE", "report: accepted exceptions (CSV)",
	    "report：已批准的例外（CSV）", &waivers },
	{ OPT_TEXT, 0, "history", "DB", "report: past runs; adds this one",
	    "report：历次结果，并加入本次", &history },
	{ OPT_TEXT, 0, "run", "NAME", "report: name of this run (the day)",
	    "report：本次名称（当天日期）", &run_name },
	{ OPT_TEXT, 0, "grades", "A,B", "report: least scores (90,75)",
	    "report：甲、乙的最低分（90,75）", &grades },
	{ OPT_TEXT, 0, "lang", "both|zh|en", "report: language (both)",
	    "report：语言（both）", &language },
	{ OPT_TEXT, 0, "title", "TEXT", "report: heading of the page",
	    "report：网页标题", &title },
	{ 0 } };

static struct keys *
read_keys(const struct summary *s, size_t i, const char *name, struct err *e)
{
	const struct shard *shard = &s->shards[i];

	if (shard->state.n > 0)
		return keys_read(qc.state, shard, s->logic, e);
	err_set(e, ERR_USAGE, "%s: shard '%.*s' was checked without --state",
	    name, (int)shard->id.n, shard->id.p);
	return NULL;
}

/*
 * Adds (sign 1), or takes away, what the open rules count over its shards.
 * The keys of many are put together first, so that few files are open.
 */
static bool
settle(struct summary *s, const char *name, int sign, struct err *e)
{
	const struct key_options o = { .memory = qc.memory,
		.spill = qc_spill() };
	struct keys *keys[MOST_OPEN] = { NULL }, *one;
	bool many = s->nshards > MOST_OPEN, ok = true;
	size_t n = 0;

	for (size_t i = 0; ok && i < s->nshards; i++) {
		one = read_keys(s, i, name, e);
		ok = one != NULL;
		if (!many) {
			keys[n++] = one;
			continue;
		}
		ok = ok && keys_gather(&keys[0], one, &o, e);
		keys_free(one);
		n = 1;
	}
	ok = ok && keys_settle(s, keys, n, sign, &o, e);
	for (size_t i = 0; i < n; i++)
		keys_free(keys[i]);
	return ok;
}

static bool
has_open_rules(const struct summary *s)
{
	for (size_t i = 0; i < s->nrules; i++)
		if (s->rules[i].open)
			return true;
	return false;
}

static bool
add_summary(struct summary *s, const char *first, const char *path, bool open,
    struct err *e)
{
	struct summary *next = summary_load(path, e);
	bool ok = next != NULL && (!open || settle(next, path, -1, e)) &&
	    summary_merge(s, first, next, path, open, e);

	summary_free(next);
	return ok;
}

static struct summary *
load_summaries(char **operands, struct err *e)
{
	static char dash[] = "-";
	static char *standard_input[] = { dash, NULL };
	const char *first;
	struct summary *s;
	bool open, ok;

	if (operands[0] == NULL)
		operands = standard_input;
	first = operands[0];
	s = summary_load(first, e);
	open = s != NULL && operands[1] != NULL && qc.state != NULL &&
	    has_open_rules(s);
	ok = s != NULL && (!open || settle(s, first, -1, e));
	for (operands++; ok && *operands != NULL; operands++)
		ok = add_summary(s, first, *operands, open, e);
	if (ok && (!open || settle(s, first, 1, e)))
		return s;
	summary_free(s);
	return NULL;
}

int
qc_merge(char **operands)
{
	struct err e = { 0 };
	struct summary *s = load_summaries(operands, &e);
	const char *to = opt_common.run.output;

	if (s != NULL) {
		qc_say_surplus(s);
		qc_put_summary(s, to == NULL ? "-" : to, &e);
	}
	summary_free(s);
	return tool_fail(&e);
}

int
qc_diff(char **operands)
{
	struct err e = { 0 };
	struct summary *before, *now = NULL;
	struct buf b = { 0 };

	if (operands[0] == NULL || operands[1] == NULL || operands[2] != NULL)
		opt_misuse(&qc_tool, "diff needs two summaries: OLD NEW");
	before = summary_load(operands[0], &e);
	if (before != NULL)
		now = summary_load(operands[1], &e);
	if (now != NULL) {
		report_diff(before, now, &b);
		qc_put(
		    opt_common.run.output == NULL ? "-" : opt_common.run.output,
		    &b, &e);
	}
	summary_free(before);
	summary_free(now);
	return tool_fail(&e);
}

/* --- what the options mean --------------------------------------------------- */

/* "90,75" or "92.5,80" in hundredths. */
static bool
read_grades(const char *text, struct report *o)
{
	struct slice rest = slice_of(text), part;
	unsigned *const to[] = { &o->good, &o->fair };
	size_t n = 0;

	while (slice_next(&rest, ',', &part)) {
		struct slice whole = slice_trim(part), places = { "", 0 };
		const char *point = memchr(whole.p, '.', whole.n);
		unsigned long long score, rest_of = 0;

		if (point != NULL) {
			places = slice_span(point + 1, whole.p + whole.n);
			whole.n = (size_t)(point - whole.p);
		}
		if (n == 2 || !slice_number(whole, &score) || score > 100 ||
		    places.n > 2 ||
		    (places.n > 0 && !slice_number(places, &rest_of)))
			return false;
		*to[n++] = (unsigned)(score * 100 +
		    (places.n == 1 ? 10 * rest_of : rest_of));
	}
	return n == 2 && o->good >= o->fair && o->good <= 10000;
}

static void
read_options(struct report *o)
{
	static const char *const names[] = { "both", "zh", "en" };
	size_t i = 0;

	if (grades != NULL && !read_grades(grades, o))
		opt_misuse(&qc_tool,
		    "--grades: '%s' is no two scores such as 90,75", grades);
	while (i < 3 && strcmp(names[i], language) != 0)
		i++;
	if (i == 3)
		opt_misuse(
		    &qc_tool, "--lang: '%s' is none of both, zh, en", language);
	o->language = (enum language)i;
	o->title = title;
	if (strcmp(qc.fail_on, "never") != 0)
		qc_severity("fail-on", qc.fail_on);
}

static bool
names_rules(void)
{
	return qc.rule_files.count > 0 || opt_common.packs.count > 0 ||
	    qc.schemas.count > 0 || qc.rules_only;
}

/* What would change nothing is not what was meant. */
static void
check_use(void)
{
	if (run_name != NULL && history == NULL)
		opt_misuse(&qc_tool,
		    "--run names a run in a history: give --history DB");
	if (qc.now != NULL && waivers == NULL && history == NULL &&
	    !names_rules())
		opt_misuse(&qc_tool,
		    "--now: a report without --waivers, --history or rules "
		    "has no use for it");
}

/* Rules that are named now stand for those the summary remembers. */
static bool
reread(struct summary *s, const char *name, struct err *e)
{
	bool rough;

	if (!names_rules())
		return true;
	if (!qc_load(RULES_OF_RECORDS, e) ||
	    !summary_reread(s, name, qc_tables.plan, &rough, e))
		return false;
	if (rough)
		tool_say("points have changed, and a record may lose more "
			 "than 100: the score is an estimate until the "
			 "records are checked again");
	return true;
}

static struct waivers *
load_waivers(struct summary *s, struct err *e)
{
	struct date now = qc_now();
	struct waivers *w = waivers_load(waivers, &now, &qc_tables.faults, e);

	if (w != NULL && waivers_apply(w, s, tool_say, &qc_tables.faults, e))
		return w;
	waivers_free(w);
	qc_faulty(e);
	return NULL;
}

static struct trend *
add_to_history(struct summary *s, struct err *e)
{
	struct date now = qc_now();
	char day[DATE_TEXT];

	date_print(&now, day);
	return history_add(history, run_name == NULL ? day : run_name, s, e);
}

/* --- the files --------------------------------------------------------------- */

static bool
put_html(const struct summary *s, struct report *o, struct err *e)
{
	struct table *kinds = qc_kinds(e);
	struct buf path = { 0 }, page = { 0 }, b = { 0 };
	bool ok;

	o->kinds = kinds;
	buf_addf(&path, "%s/html/qc.html", tool_share());
	ok = kinds != NULL &&
	    reader_slurp(buf_string(&path), 1 << 20, &page, e) &&
	    report_html(s, o, buf_slice(&page), &b, e) && qc_put(html, &b, e);
	buf_release(&path);
	buf_release(&page);
	table_free(kinds);
	return ok;
}

static bool
put_files(const struct summary *s, struct report *o, struct err *e)
{
	const struct {
		const char *path;
		void (*put)(const struct summary *, const struct report *,
		    struct buf *);
	} files[] = { { md, report_md }, { csv, report_csv },
		{ json, report_json }, { junit, report_junit },
		{ coverage, report_coverage }, { "-", report_md } };
	bool any = html != NULL;

	for (size_t i = 0; i < 6; i++) {
		struct buf b = { 0 };

		if (files[i].path == NULL || (i == 5 && any))
			continue;
		any = true;
		files[i].put(s, o, &b);
		if (!qc_put(files[i].path, &b, e))
			return false;
	}
	return html == NULL || put_html(s, o, e);
}

/* Counts of a run that was cut off are shown with a word, and never kept. */
static bool
is_whole(const struct summary *s, const char *name, struct err *e)
{
	if (s->complete)
		return true;
	if (history != NULL)
		return err_set(e, ERR_INPUT,
		    "%s: the run did not come to its end; it does not enter "
		    "the history",
		    name);
	tool_say("the run did not come to its end: its counts are not whole");
	return true;
}

static bool
outputs_apart(char **operands, struct err *e)
{
	const char *const files[][2] = { { "--html", html }, { "--md", md },
		{ "--csv", csv }, { "--json", json }, { "--junit", junit },
		{ "--coverage", coverage }, { "--history", history } };

	return run_all_apart(&opt_common.run, files,
	    sizeof(files) / sizeof(files[0]), operands, e);
}

int
qc_report(char **operands)
{
	const char *name = operands[0] == NULL ? "-" : operands[0];
	struct report o = REPORT_DEFAULTS;
	struct waivers *w = NULL;
	struct trend *t = NULL;
	struct err e = { 0 };
	struct summary *s;
	bool ok;

	read_options(&o);
	check_use();
	s = outputs_apart(operands, &e) ? load_summaries(operands, &e) : NULL;
	ok = s != NULL && is_whole(s, name, &e) && reread(s, name, &e);
	if (ok)
		qc_say_surplus(s);
	if (ok && waivers != NULL)
		ok = (w = load_waivers(s, &e)) != NULL;
	if (ok && history != NULL)
		ok = (t = add_to_history(s, &e)) != NULL;
	o.waivers = w;
	o.trend = t;
	if (ok && put_files(s, &o, &e))
		qc_within(s, &e);
	trend_free(t);
	waivers_free(w);
	summary_free(s);
	return tool_fail(&e);
}
