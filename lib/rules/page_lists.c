/*
 * Where to look, and what was looked for: ids of records by rule and group,
 * never their content, and every rule with its counts and its keeper.
 */
#include <stdlib.h>

#include "base/html.h"
#include "rules/page.h"

#define MOST_EXAMPLES 60 /* rules with examples */
#define MOST_GROUPS   10 /* of each, those with the most failures */

static void
put_samples(struct page *p, const struct count_line *l)
{
	buf_adds(p->b, "<li>");
	if (l->by.n > 0) {
		page_group(p, l->by);
		buf_addc(p->b, ' ');
	}
	for (size_t i = 0; i < l->nsamples; i++) {
		buf_adds(p->b, "<code>");
		html_put(p->b, l->samples[i]);
		buf_adds(p->b, "</code> ");
	}
	buf_addc(p->b, '\n');
}

static int
by_fail(const void *a, const void *b)
{
	const struct count_line *x = *(const struct count_line *const *)a;
	const struct count_line *y = *(const struct count_line *const *)b;

	return x->fail != y->fail ? (x->fail > y->fail ? -1 : 1)
				  : slice_cmp(x->by, y->by);
}

static void
put_example(struct page *p, const struct rule_lines *l)
{
	const struct count_line **list =
	    arena_alloc(p->arena, (l->ngroups + 1) * sizeof(*list));
	size_t n = 0;

	for (size_t i = 0; i < l->ngroups; i++)
		if (l->groups[i].nsamples > 0)
			list[n++] = &l->groups[i];
	if (n > 1)
		qsort(list, n, sizeof(struct count_line *), by_fail);
	buf_adds(p->b, "<details><summary>");
	page_badge(p, l->severity);
	buf_addc(p->b, ' ');
	page_message(p, l);
	buf_adds(p->b, " <code>");
	html_put(p->b, l->field);
	buf_adds(p->b, "</code></summary><ul class=\"plain\">\n");
	if (l->total.nsamples > 0)
		put_samples(p, &l->total);
	for (size_t i = 0; i < n && i < MOST_GROUPS; i++)
		put_samples(p, list[i]);
	if (n > MOST_GROUPS) {
		buf_adds(p->b, "<li>");
		page_both(p,
		    arena_printf(
			p->arena, "另有 %zu 组，见统计文件", n - MOST_GROUPS),
		    arena_printf(p->arena, "%zu more groups: see the summary",
			n - MOST_GROUPS));
	}
	buf_adds(p->b, "</ul></details>\n");
}

static bool
has_samples(const struct rule_lines *l)
{
	bool any = l->total.nsamples > 0;

	for (size_t i = 0; i < l->ngroups && !any; i++)
		any = l->groups[i].nsamples > 0;
	return any;
}

void
page_examples(struct page *p)
{
	size_t n = 0;

	page_open(p, "examples", "例子", "Examples");
	page_note(p,
	    "只列记录编号与字段，不列任何内容；请回原系统查看。"
	    "同因的规则只列一条。",
	    "Ids of records and fields, never their content: look them up at "
	    "the source. Of rules with one cause, one is listed.");
	for (size_t i = 0; i < p->causes.n && n < MOST_EXAMPLES; i++)
		if (has_samples(p->causes.list[i].rules[0])) {
			put_example(p, p->causes.list[i].rules[0]);
			n++;
		}
	buf_adds(p->b, "</section>\n");
}

/* --- catalogue ---------------------------------------------------------------- */

static void
put_standing(struct page *p, const struct rule_lines *l)
{
	static const struct words names[] = { { "✓ 合格", "✓ pass" },
		{ "✗ 不合格", "✗ fail" }, { "○ 不适用", "○ n/a" },
		{ "! 出错", "! error" } };
	enum standing s = rule_standing(l);

	page_both(p, names[s].zh, names[s].en);
}

static void
put_entry(struct page *p, const struct rule_lines *l)
{
	buf_adds(p->b, "<tr><th scope=row>");
	html_put(p->b, l->rule);
	buf_adds(p->b, "<td>");
	page_badge(p, l->severity);
	buf_adds(p->b, "<td>");
	page_message(p, l);
	buf_adds(p->b, "<td>");
	html_put(p->b, l->owner);
	buf_adds(p->b, "<td>");
	html_put(p->b, l->rationale);
	buf_adds(p->b, "<td>");
	put_standing(p, l);
	buf_addf(p->b, "<td class=n>%llu/%llu\n",
	    (unsigned long long)l->total.fail,
	    (unsigned long long)l->total.applicable);
}

void
page_catalogue(struct page *p)
{
	static const struct words heads[] = { { "规则", "Rule" },
		{ "级别", "Severity" }, { "说明", "Message" },
		{ "责任人", "Owner" }, { "依据", "Rationale" },
		{ "结论", "Verdict" }, { "不合格/适用", "Fail/applicable" } };

	page_open(p, "catalogue", "规则目录", "Catalogue of rules");
	buf_adds(p->b, "<details><summary>");
	page_both(p, "全部规则：", "All rules: ");
	page_number(p, p->s->nrules);
	buf_adds(p->b, "</summary>");
	page_table(p, "list ids",
	    (struct words){ "本次使用的规则", "The rules of this run" }, heads,
	    7, 6);
	for (size_t i = 0; i < p->s->nrules; i++)
		put_entry(p, &p->s->rules[i]);
	buf_adds(p->b, "</table></details></section>\n");
}
