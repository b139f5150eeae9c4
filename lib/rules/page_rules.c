/*
 * What is wrong, by cause: first what the data is to be mended for, then the
 * rules that ask to be looked at themselves, what was accepted, and what
 * applied to nothing.
 */
#include "base/html.h"
#include "rules/page.h"

#define MOST_CAUSES 200 /* the catalogue has the counts of all rules */
#define MOST_BESIDE 20  /* rules of one cause */

static struct words
dimension(const struct page *p, struct slice name)
{
	static const struct words known[] = { { "完整性", "Completeness" },
		{ "规范性", "Conformance" }, { "一致性", "Consistency" },
		{ "合理性", "Plausibility" }, { "及时性", "Timeliness" },
		{ "唯一性", "Uniqueness" } };

	for (size_t i = 0; i < 6; i++)
		if (slice_is(name, known[i].zh))
			return known[i];
	name = arena_slice(p->arena, name);
	return (struct words){
		arena_printf(p->arena, "%.*s", (int)name.n, name.p), NULL
	};
}

static void
put_name(struct page *p, const struct rule_lines *l)
{
	page_message(p, l);
	buf_adds(p->b, " <code>");
	html_put(p->b, l->rule);
	buf_adds(p->b, "</code>");
}

/* What else fails on the very same records. */
static void
put_beside(struct page *p, const struct cause *c)
{
	if (c->n < 2)
		return;
	buf_adds(p->b, "<small>");
	page_both(p, "同一批记录还违反：", "the same records also break:");
	buf_adds(p->b, "</small><ul>");
	for (size_t i = 1; i < c->n && i <= MOST_BESIDE; i++) {
		buf_adds(p->b, "<li>");
		put_name(p, c->rules[i]);
	}
	if (c->n > MOST_BESIDE + 1) {
		buf_adds(p->b, "<li>");
		page_both(p,
		    arena_printf(p->arena, "另 %zu 条", c->n - MOST_BESIDE - 1),
		    arena_printf(p->arena, "%zu more", c->n - MOST_BESIDE - 1));
	}
	buf_adds(p->b, "</ul>");
}

static void
put_why(struct page *p, const struct cause *c)
{
	const struct rule_lines *l = c->rules[0];

	buf_adds(p->b, "<small>");
	if (l->dimension.n > 0) {
		struct words w = dimension(p, l->dimension);

		page_texts(p, slice_of(w.zh), slice_of(w.en));
		buf_adds(p->b, " · ");
	}
	buf_adds(p->b, "<code>");
	html_put(p->b, l->rule);
	buf_adds(p->b, "</code>");
	if (l->why != NULL) {
		buf_adds(p->b, " · ");
		html_put(p->b, slice_of(l->why));
	}
	if (rule_standing(l) == STANDING_PASS && l->stands == LEVEL_NONE) {
		buf_adds(p->b, " · ");
		page_both(p, "未超允许值", "within what is allowed");
		buf_addc(p->b, ' ');
		html_put(p->b, l->max_fail);
	}
	if (c->doubt == DOUBT_ONE) {
		buf_adds(p->b, " · ");
		page_both(p, "只有这一组不合格：", "this group alone fails: ");
		page_group(p, c->only->by);
	} else if (c->doubt == DOUBT_ALL) {
		buf_adds(p->b, " · ");
		page_both(p, "几乎全部不合格", "nearly everything fails");
	}
	buf_adds(p->b, "</small>");
}

/* The first run of a history has nothing before it. */
static bool
has_past(const struct page *p)
{
	return p->o->trend != NULL && p->o->trend->n > 1;
}

/* The change of the share that fails, in percentage points, cut. */
static void
put_change(struct page *p, const struct rule_lines *l)
{
	const struct past *past = &p->o->trend->past[l - p->s->rules];
	long now, then, change;

	if (!past->known || past->applicable == 0 || l->total.applicable == 0) {
		buf_adds(p->b, "<td class=\"n\">");
		page_both(p, "新", "new");
		return;
	}
	now = (long)(l->total.fail * 10000 / l->total.applicable);
	then = (long)(past->fail * 10000 / past->applicable);
	change = now - then;
	buf_addf(p->b, "<td class=\"n %s\">",
	    change > 0       ? "worse"
		: change < 0 ? "better"
			     : "");
	if (change == 0)
		buf_adds(p->b, "＝");
	else
		buf_addf(p->b, "%s%ld.%02ld", change > 0 ? "▲ +" : "▼ −",
		    (change < 0 ? -change : change) / 100,
		    (change < 0 ? -change : change) % 100);
}

static void
put_cause(struct page *p, const struct cause *c)
{
	const struct rule_lines *l = c->rules[0];
	const struct count_line *t = &l->total;
	unsigned share =
	    t->applicable == 0 ? 0 : (unsigned)(t->fail * 100 / t->applicable);

	buf_adds(p->b, "<tr><td>");
	page_badge(p, l->severity);
	buf_adds(p->b, "<th scope=\"row\">");
	page_message(p, l);
	put_why(p, c);
	put_beside(p, c);
	buf_adds(p->b, "<td class=\"n\">");
	page_number(p, t->fail);
	if (t->waived > 0) {
		buf_adds(p->b, "<small>");
		page_both(p, "其中豁免 ", "waived ");
		page_number(p, t->waived);
		buf_adds(p->b, "</small>");
	}
	buf_adds(p->b, "<td class=\"n\">");
	page_number(p, t->applicable);
	buf_adds(p->b, "<td class=\"n\">");
	page_number(p, t->n < t->applicable ? 0 : t->n - t->applicable);
	buf_adds(p->b, "<td class=\"n meter\">");
	buf_addf(p->b,
	    "<svg viewBox=\"0 0 100 6\" preserveAspectRatio=\"none\" "
	    "aria-hidden=\"true\"><rect width=\"100\" height=\"6\" "
	    "class=\"bar\"/><rect width=\"%u\" height=\"6\" "
	    "class=\"bad\"/></svg>",
	    t->fail > 0 && share == 0 ? 1 : share);
	report_put_passed(p->b, l);
	if (has_past(p))
		put_change(p, l);
	buf_addc(p->b, '\n');
}

static void
put_causes(struct page *p, bool doubtful, struct words caption)
{
	static const struct words heads[] = { { "级别", "Severity" },
		{ "问题", "What is wrong" }, { "不合格", "Fail" },
		{ "适用", "Applicable" }, { "不适用", "N/a" },
		{ "合格率", "Pass rate" }, { "较上次", "Since last" } };
	const struct causes *c = &p->causes;
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++)
		n += (c->list[i].doubt != DOUBT_NONE) == doubtful;
	if (n == 0)
		return;
	page_table(p, "rules", caption, heads, has_past(p) ? 7 : 6, 2);
	n = 0;
	for (size_t i = 0; i < c->n; i++) {
		if ((c->list[i].doubt != DOUBT_NONE) != doubtful)
			continue;
		if (n++ < MOST_CAUSES)
			put_cause(p, &c->list[i]);
	}
	buf_adds(p->b, "</table>\n");
	if (n <= MOST_CAUSES)
		return;
	page_note(p,
	    arena_printf(p->arena, "另有 %zu 项较轻的，计数见规则目录。",
		n - MOST_CAUSES),
	    arena_printf(p->arena,
		"%zu lesser ones: their counts stand in the catalogue.",
		n - MOST_CAUSES));
}

static void
put_waivers(struct page *p)
{
	static const struct words heads[] = { { "规则", "Rule" },
		{ "分组", "Group" }, { "至", "Until" },
		{ "批准人", "Accepted by" }, { "理由", "Reason" },
		{ "豁免", "Waived" } };
	const struct waivers *w = p->o->waivers;

	if (w == NULL || w->n == 0)
		return;
	page_table(p, "list",
	    (struct words){ "已批准的例外", "Accepted exceptions" }, heads, 6,
	    5);
	for (size_t i = 0; i < w->n; i++) {
		const struct waiver *v = &w->list[i];

		buf_adds(p->b, "<tr><th scope=\"row\"><code>");
		html_put(p->b, v->rule);
		buf_adds(p->b, "</code><td>");
		if (v->by.n == 0)
			page_both(p, "全部", "all");
		html_put(p->b, v->by);
		buf_adds(p->b, "<td>");
		html_put(p->b, v->until);
		buf_addc(p->b, ' ');
		if (v->over)
			page_both(p, "（已过期）", "(over)");
		buf_adds(p->b, "<td>");
		html_put(p->b, v->who);
		buf_adds(p->b, "<td>");
		html_put(p->b, v->why);
		buf_adds(p->b, "<td class=\"n\">");
		page_number(p, v->covers);
		buf_addc(p->b, '\n');
	}
	buf_adds(p->b, "</table>\n");
}

static void
put_na(struct page *p)
{
	size_t n[4];

	summary_standings(p->s, n);
	if (n[STANDING_NA] == 0)
		return;
	buf_adds(p->b, "<details><summary>");
	page_both(p,
	    arena_printf(
		p->arena, "不适用的规则及其原因：%zu 条", n[STANDING_NA]),
	    arena_printf(p->arena,
		"Rules that applied to nothing, and why: %zu", n[STANDING_NA]));
	buf_adds(p->b, "</summary><ul class=\"plain\">\n");
	for (size_t i = 0; i < p->s->nrules; i++) {
		const struct rule_lines *l = &p->s->rules[i];

		if (rule_standing(l) != STANDING_NA)
			continue;
		buf_adds(p->b, "<li><code>");
		html_put(p->b, l->rule);
		buf_adds(p->b, "</code> ");
		page_both(p, rule_reason_zh(l), rule_reason(l));
		buf_addc(p->b, '\n');
	}
	buf_adds(p->b, "</ul></details>");
}

void
page_rules(struct page *p)
{
	page_open(p, "rules", "规则", "Rules");
	put_causes(p, false,
	    (struct words){ "要改的数据：按级别与条数",
		"Data to mend, by severity and number" });
	put_causes(p, true,
	    (struct words){ "请先核对规则本身：几乎全部、或只有一个科室不合格",
		"Check the rule itself first: nearly everything fails, or one "
		"department alone" });
	if (p->causes.n == 0) {
		buf_adds(p->b, "<p>");
		page_both(p, "没有一条记录不合格。", "Not one record fails.");
		buf_adds(p->b, "</p>");
	}
	put_waivers(p);
	put_na(p);
	buf_adds(p->b, "</section>\n");
}
