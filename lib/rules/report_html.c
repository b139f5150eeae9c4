/*
 * The page for the head of a department: one file, no script, no network.
 * Texts stand in both languages; which one shows is a matter of style sheets
 * alone (lib/share/html/qc.html).  Everything from data or rules is escaped.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/html.h"
#include "rules/report.h"

#define MOST_EXAMPLES 60 /* rules with examples */

struct page {
	const struct summary *s;
	const struct table *kinds;
	const struct report *o;
	struct arena *arena;
	struct buf *b;
	const struct rule_lines **failing; /* by severity and number */
	size_t nfailing;
};

static void
both(struct page *p, const char *zh, const char *en)
{
	buf_addf(p->b,
	    "<span class=\"zh\" lang=\"zh-CN\">%s</span>"
	    "<span class=\"en\" lang=\"en\">%s</span>",
	    zh, en);
}

static void
put_message(struct page *p, const struct rule_lines *l)
{
	buf_adds(p->b, "<span class=\"zh\" lang=\"zh-CN\">");
	html_put(p->b, l->message);
	buf_adds(p->b, "</span><span class=\"en\" lang=\"en\">");
	html_put(p->b, l->message_en.n > 0 ? l->message_en : l->message);
	buf_adds(p->b, "</span>");
}

static void
put_n(struct page *p, uint64_t n)
{
	char digits[32];
	int len =
	    snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_addc(p->b, ',');
		buf_addc(p->b, digits[i]);
	}
}

static void
open_section(struct page *p, const char *id, const char *zh, const char *en)
{
	buf_addf(p->b,
	    "<section id=\"%s\" aria-labelledby=\"h-%s\">"
	    "<h2 id=\"h-%s\">",
	    id, id, id);
	both(p, zh, en);
	buf_adds(p->b, "</h2>\n");
}

static void
put_badge(struct page *p, enum severity s)
{
	buf_addf(p->b, "<span class=\"badge %s\">", severity_name(s));
	both(p, severity_name_zh(s), severity_name(s));
	buf_adds(p->b, "</span>");
}

/* --- coverage ------------------------------------------------------------------------ */

static struct slice
kind_title(const struct page *p, struct slice kind)
{
	for (size_t i = 0; i < table_rows(p->kinds); i++)
		if (slice_eq(table_cell(p->kinds, i, 0), kind))
			return table_cell(p->kinds, i, 1);
	return kind;
}

static void
put_cell(struct page *p, const struct coverage_cell *c)
{
	const char *class = c->n == 0     ? "none"
	    : c->there == c->n            ? "full"
	    : c->there * 100 >= c->n * 95 ? "good"
	    : c->there * 100 >= c->n * 80 ? "fair"
					  : "poor";

	buf_addf(p->b, "<td class=\"%s\" title=\"%llu / %llu\">", class,
	    (unsigned long long)c->there, (unsigned long long)c->n);
	if (c->n == 0)
		buf_adds(p->b, "–");
	put_percent(p->b, c->there, c->n);
	buf_adds(p->b, "</td>");
}

static void
put_coverage_of(struct page *p, struct slice kind)
{
	struct coverage c;
	struct buf text = { 0 };

	coverage_make(p->s, &kind, p->arena, &c);
	if (c.nrows == 0 || c.ncolumns == 0)
		return;
	buf_adds(p->b,
	    "<div class=\"wide\" tabindex=\"0\" role=\"region\" "
	    "aria-label=\"");
	html_put(p->b, kind_title(p, kind));
	buf_adds(p->b, "\"><table class=\"coverage\"><caption>");
	if (kind.n == 0) {
		both(p, "所有记录", "all records");
	} else {
		html_put(p->b, kind_title(p, kind));
		buf_adds(p->b, " <code>");
		html_put(p->b, kind);
		buf_adds(p->b, "</code>");
	}
	buf_adds(p->b, "</caption><thead><tr><th scope=\"col\">");
	both(p, "分组", "group");
	buf_adds(p->b, "</th>");
	for (size_t i = 0; i < c.ncolumns; i++) {
		buf_adds(p->b, "<th scope=\"col\" title=\"");
		html_put(p->b, c.columns[i]);
		buf_adds(p->b, "\">");
		html_put(p->b, c.titles[i]);
		buf_adds(p->b, "</th>");
	}
	buf_adds(p->b, "</tr></thead><tbody>\n");
	for (size_t r = 0; r < c.nrows; r++) {
		buf_reset(&text);
		report_put_group(c.rows[r], p->arena, &text);
		buf_addf(p->b, "<tr%s><th scope=\"row\">",
		    slice_is(c.rows[r], "{}") ? " class=\"all\"" : "");
		html_put(p->b, buf_slice(&text));
		buf_adds(p->b, "</th>");
		for (size_t i = 0; i < c.ncolumns; i++)
			put_cell(p, &c.cells[r * c.ncolumns + i]);
		buf_adds(p->b, "</tr>\n");
	}
	buf_adds(p->b, "</tbody></table></div>\n");
	buf_release(&text);
}

static void
put_coverage(struct page *p)
{
	struct index *kinds = index_new();

	open_section(p, "coverage", "完整性", "Completeness");
	buf_adds(p->b, "<p class=\"note\">");
	both(p,
	    "每格是填有该字段的记录所占的份额，只舍不入：100.00% "
	    "表示一条不缺。鼠标停留可见分子与分母。",
	    "Each cell is the share of records that hold the field, cut, not "
	    "rounded: 100.00% means every single one. Point at a cell for "
	    "its counts.");
	buf_adds(p->b, "</p>\n");
	for (size_t i = 0; i < p->s->nfields; i++) {
		bool fresh;

		index_add(kinds, p->s->fields[i].kind, &fresh);
		if (fresh)
			put_coverage_of(p, p->s->fields[i].kind);
	}
	if (p->s->nfields == 0)
		both(p, "<p>没有可统计的字段。</p>", "<p>Nothing to show.</p>");
	buf_adds(p->b, "</section>\n");
	index_free(kinds);
}

/* --- score ------------------------------------------------------------------------------ */

static void
put_tile(struct page *p, const char *class, const char *zh, const char *en,
    uint64_t n)
{
	buf_addf(p->b, "<li class=\"%s\"><b>", class);
	put_n(p, n);
	buf_adds(p->b, "</b> ");
	both(p, zh, en);
	buf_adds(p->b, "</li>");
}

/* A ring of circumference 100, so that the score is its length. */
static void
put_ring(struct page *p)
{
	unsigned score = summary_score(p->s);
	char grade = "ABC"[report_grade(p->o, score)];

	buf_addf(p->b,
	    "<div class=\"ring grade-%c\"><svg viewBox=\"0 0 36 36\" "
	    "aria-hidden=\"true\"><circle cx=\"18\" cy=\"18\" "
	    "r=\"15.9155\" class=\"track\"/><circle cx=\"18\" cy=\"18\" "
	    "r=\"15.9155\" class=\"arc\" stroke-dasharray=\"%u.%02u 100\" "
	    "transform=\"rotate(-90 18 18)\"/></svg>"
	    "<p><strong>%u.%02u</strong> ",
	    grade, score / 100, score % 100, score / 100, score % 100);
	both(p,
	    grade == 'A'       ? "分 · 甲"
		: grade == 'B' ? "分 · 乙"
			       : "分 · 丙",
	    grade == 'A'       ? "points · A"
		: grade == 'B' ? "points · B"
			       : "points · C");
	buf_adds(p->b, "</p></div>");
}

static void
put_score(struct page *p)
{
	size_t n[4] = { 0 };

	for (size_t i = 0; i < p->s->nrules; i++)
		n[rule_standing(&p->s->rules[i])]++;
	open_section(p, "score", "得分", "Score");
	buf_adds(p->b, "<div class=\"score\">");
	if (p->s->records > 0)
		put_ring(p);
	buf_adds(p->b, "<ul class=\"tiles\">");
	put_tile(p, "", "条记录", "records", p->s->records);
	put_tile(p, "", "条不合格记录", "records that fail", p->s->failing);
	put_tile(p, "", "条未能读入", "set aside", p->s->set_aside);
	put_tile(p, "pass", "✓ 规则合格", "✓ rules pass", n[STANDING_PASS]);
	put_tile(p, "fail", "✗ 规则不合格", "✗ rules fail", n[STANDING_FAIL]);
	put_tile(p, "na", "○ 不适用", "○ not applicable", n[STANDING_NA]);
	put_tile(p, "err", "! 出错", "! errors", n[STANDING_ERROR]);
	buf_adds(p->b, "</ul></div><p class=\"note\">");
	both(p,
	    "每条记录满分 100，按不合格规则的扣分扣减，取全部记录的平均。"
	    "“不适用”不计入任何合格率。",
	    "Each record starts at 100 and loses the points of the rules it "
	    "fails; the score is the mean. What is not applicable enters no "
	    "rate.");
	buf_adds(p->b, "</p></section>\n");
}

/* --- rules -------------------------------------------------------------------------------- */

static int
by_weight(const void *a, const void *b)
{
	const struct rule_lines *x = *(const struct rule_lines *const *)a;
	const struct rule_lines *y = *(const struct rule_lines *const *)b;

	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	if (x->total.fail != y->total.fail)
		return x->total.fail > y->total.fail ? -1 : 1;
	return slice_cmp(x->rule, y->rule);
}

/* Hardly a record passes: the rule is as likely to be wrong as the data. */
static bool
is_doubtful(const struct rule_lines *l)
{
	return l->total.applicable >= 20 &&
	    l->total.fail * 10 >= l->total.applicable * 9;
}

static void
put_rule_row(struct page *p, const struct rule_lines *l)
{
	uint64_t good = l->total.applicable - l->total.fail - l->total.error;
	unsigned share = l->total.applicable == 0
	    ? 0
	    : (unsigned)(l->total.fail * 100 / l->total.applicable);

	buf_adds(p->b, "<tr><td>");
	put_badge(p, l->severity);
	buf_adds(p->b, "</td><th scope=\"row\">");
	put_message(p, l);
	buf_adds(p->b, "<small><code>");
	html_put(p->b, l->rule);
	buf_adds(p->b, "</code> ");
	html_put(p->b, l->dimension);
	buf_adds(p->b, "</small></th><td class=\"n\">");
	put_n(p, l->total.fail);
	buf_adds(p->b, "</td><td class=\"n\">");
	put_n(p, l->total.applicable);
	buf_adds(p->b, "</td><td class=\"n\">");
	put_n(p, l->total.n - l->total.applicable);
	buf_adds(p->b, "</td><td class=\"n rate\">");
	put_percent(p->b, good, l->total.applicable);
	buf_addf(p->b,
	    "<svg viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" "
	    "aria-hidden=\"true\"><rect width=\"100\" height=\"4\" "
	    "class=\"bar\"/><rect width=\"%u\" height=\"4\" "
	    "class=\"bad\"/></svg></td></tr>\n",
	    l->total.fail > 0 && share == 0 ? 1 : share);
}

static void
put_rule_table(struct page *p, bool doubtful, const char *zh, const char *en)
{
	static const char *const heads[][2] = { { "级别", "severity" },
		{ "问题", "what is wrong" }, { "不合格", "fail" },
		{ "适用", "applicable" }, { "不适用", "not applicable" },
		{ "合格率", "pass rate" } };
	size_t n = 0;

	for (size_t i = 0; i < p->nfailing; i++)
		n += is_doubtful(p->failing[i]) == doubtful;
	if (n == 0)
		return;
	buf_adds(p->b, "<table class=\"rules\"><caption>");
	both(p, zh, en);
	buf_adds(p->b, "</caption><thead><tr>");
	for (size_t i = 0; i < 6; i++) {
		buf_adds(p->b,
		    i > 1 ? "<th scope=\"col\" class=\"n\">"
			  : "<th scope=\"col\">");
		both(p, heads[i][0], heads[i][1]);
		buf_adds(p->b, "</th>");
	}
	buf_adds(p->b, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < p->nfailing; i++)
		if (is_doubtful(p->failing[i]) == doubtful)
			put_rule_row(p, p->failing[i]);
	buf_adds(p->b, "</tbody></table>\n");
}

static void
put_na(struct page *p)
{
	buf_adds(p->b, "<details><summary>");
	both(p, "不适用的规则及其原因",
	    "rules that applied to nothing, and why");
	buf_adds(p->b, "</summary><ul class=\"plain\">\n");
	for (size_t i = 0; i < p->s->nrules; i++) {
		const struct rule_lines *l = &p->s->rules[i];

		if (rule_standing(l) != STANDING_NA)
			continue;
		buf_adds(p->b, "<li><code>");
		html_put(p->b, l->rule);
		buf_adds(p->b, "</code> ");
		both(p,
		    l->total.n == 0      ? "没有这类记录"
			: l->conditional ? "条件从未成立，或没有值"
					 : "字段从未出现",
		    rule_reason(l));
		buf_adds(p->b, "</li>\n");
	}
	buf_adds(p->b, "</ul></details>");
}

static void
put_rules(struct page *p)
{
	open_section(p, "rules", "规则", "Rules");
	put_rule_table(p, false, "有不合格记录的规则", "rules with failures");
	put_rule_table(p, true, "几乎全部不合格：请先核对规则本身",
	    "nearly everything fails: check the rule itself first");
	if (p->nfailing == 0) {
		buf_adds(p->b, "<p>");
		both(p, "没有一条记录不合格。", "Not one record fails.");
		buf_adds(p->b, "</p>");
	}
	put_na(p);
	buf_adds(p->b, "</section>\n");
}

/* --- examples ------------------------------------------------------------------------------- */

static void
put_samples(struct page *p, const struct count_line *l)
{
	struct buf text = { 0 };

	if (l->nsamples == 0)
		return;
	buf_adds(p->b, "<li>");
	if (l->by.n > 0) {
		report_put_group(l->by, p->arena, &text);
		html_put(p->b, buf_slice(&text));
		buf_adds(p->b, "：");
	}
	for (size_t i = 0; i < l->nsamples; i++) {
		buf_adds(p->b, "<code>");
		html_put(p->b, l->samples[i]);
		buf_adds(p->b, "</code> ");
	}
	buf_adds(p->b, "</li>\n");
	buf_release(&text);
}

static void
put_examples(struct page *p)
{
	open_section(p, "examples", "例子", "Examples");
	buf_adds(p->b, "<p class=\"note\">");
	both(p, "只列记录编号，不列任何内容；请回原系统查看。",
	    "Ids of records, never their content: look them up at the source.");
	buf_adds(p->b, "</p>\n");
	for (size_t i = 0; i < p->nfailing && i < MOST_EXAMPLES; i++) {
		const struct rule_lines *l = p->failing[i];

		buf_adds(p->b, "<details><summary>");
		put_badge(p, l->severity);
		buf_adds(p->b, " ");
		put_message(p, l);
		buf_adds(p->b, " <code>");
		html_put(p->b, l->field);
		buf_adds(p->b, "</code></summary><ul class=\"plain\">\n");
		put_samples(p, &l->total);
		for (size_t g = 0; g < l->ngroups; g++)
			put_samples(p, &l->groups[g]);
		buf_adds(p->b, "</ul></details>\n");
	}
	buf_adds(p->b, "</section>\n");
}

/* --- catalogue -------------------------------------------------------------------------------- */

static void
put_catalogue(struct page *p)
{
	static const char *const heads[][2] = { { "规则", "rule" },
		{ "级别", "severity" }, { "说明", "message" },
		{ "责任人", "owner" }, { "依据", "rationale" } };

	open_section(p, "catalogue", "规则目录", "Catalogue of rules");
	buf_adds(p->b, "<details><summary>");
	both(p, "全部规则：", "all rules: ");
	put_n(p, p->s->nrules);
	buf_adds(p->b, "</summary><table class=\"list\"><caption>");
	both(p, "本次使用的规则", "the rules of this run");
	buf_adds(p->b, "</caption><thead><tr>");
	for (size_t i = 0; i < 5; i++) {
		buf_adds(p->b, "<th scope=\"col\">");
		both(p, heads[i][0], heads[i][1]);
		buf_adds(p->b, "</th>");
	}
	buf_adds(p->b, "</tr></thead><tbody>\n");
	for (size_t i = 0; i < p->s->nrules; i++) {
		const struct rule_lines *l = &p->s->rules[i];

		buf_adds(p->b, "<tr><th scope=\"row\"><code>");
		html_put(p->b, l->rule);
		buf_adds(p->b, "</code></th><td>");
		put_badge(p, l->severity);
		buf_adds(p->b, "</td><td>");
		put_message(p, l);
		buf_adds(p->b, "</td><td>");
		html_put(p->b, l->owner);
		buf_adds(p->b, "</td><td>");
		html_put(p->b, l->rationale);
		buf_adds(p->b, "</td></tr>\n");
	}
	buf_adds(p->b, "</tbody></table></details></section>\n");
}

static void
find_failing(struct page *p)
{
	p->failing =
	    arena_alloc(p->arena, (p->s->nrules + 1) * sizeof(*p->failing));
	for (size_t i = 0; i < p->s->nrules; i++)
		if (p->s->rules[i].total.fail > 0)
			p->failing[p->nfailing++] = &p->s->rules[i];
	if (p->nfailing > 1)
		qsort(p->failing, p->nfailing, sizeof(struct rule_lines *),
		    by_weight);
}

/* The parts of the page stand around {{title}} (twice) and {{body}}. */
bool
report_html(const struct summary *s, const struct report *o, struct slice page,
    struct buf *b, struct err *e)
{
	struct page p = {
		.s = s, .kinds = o->kinds, .b = b, .arena = arena_new(), .o = o
	};
	const char *at, *end = page.p + page.n;
	bool body = false;

	find_failing(&p);
	while ((at = slice_find(page, SLICE("{{"))) != NULL) {
		buf_add(b, page.p, (size_t)(at - page.p));
		page = slice_span(at, end);
		if (slice_starts(page, "{{title}}")) {
			html_put(p.b, slice_of(o->title));
			page = slice_span(at + 9, end);
		} else if (slice_starts(page, "{{body}}")) {
			put_coverage(&p);
			put_score(&p);
			put_rules(&p);
			put_examples(&p);
			put_catalogue(&p);
			page = slice_span(at + 8, end);
			body = true;
		} else {
			buf_adds(b, "{{");
			page = slice_span(at + 2, end);
		}
	}
	buf_add_slice(b, page);
	arena_free(p.arena);
	return body || err_set(e, ERR_USAGE, "html/qc.html: has no {{body}}");
}
