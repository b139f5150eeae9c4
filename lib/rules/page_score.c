/*
 * How good the data is: the score as a ring, what was counted, and the score
 * of each department, the worst first.
 */
#include <stdlib.h>

#include "rules/page.h"

#define MOST_PARTS 100

static void
put_tile(struct page *p, const char *class, struct words words, uint64_t n)
{
	buf_addf(p->b, "<li class=\"%s\"><strong>", class);
	page_number(p, n);
	buf_adds(p->b, "</strong> ");
	page_both(p, words.zh, words.en);
}

/* A ring of circumference 100, so that the score is its length. */
static void
put_ring(struct page *p)
{
	unsigned score = summary_score(p->s);
	unsigned grade = report_grade(p->o, score);

	buf_addf(p->b,
	    "<div class=\"ring grade-%s\"><svg viewBox=\"0 0 36 36\" "
	    "aria-hidden=\"true\"><circle cx=\"18\" cy=\"18\" "
	    "r=\"15.9155\" class=\"track\"/><circle cx=\"18\" cy=\"18\" "
	    "r=\"15.9155\" class=\"arc\" stroke-dasharray=\"%u.%02u 100\" "
	    "transform=\"rotate(-90 18 18)\"/></svg>"
	    "<p><strong>%u.%02u</strong> ",
	    grade_name(grade), score / 100, score % 100, score / 100,
	    score % 100);
	page_both(p, arena_printf(p->arena, "分 · %s", grade_name_zh(grade)),
	    arena_printf(p->arena, "points · %s", grade_name(grade)));
	buf_adds(p->b, "</p></div>");
}

static int
by_score(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	unsigned i = score_of(x->records, x->lost);
	unsigned k = score_of(y->records, y->lost);

	return i != k ? (i < k ? -1 : 1) : slice_cmp(x->value, y->value);
}

static void
put_part(struct page *p, const struct part *part)
{
	unsigned score = score_of(part->records, part->lost);
	unsigned grade = report_grade(p->o, score);

	buf_adds(p->b, "<tr><th scope=\"row\">");
	page_group(p, part->by);
	buf_adds(p->b, "<td class=\"n\">");
	page_number(p, part->records);
	buf_adds(p->b, "<td class=\"n\">");
	page_number(p, part->failing);
	buf_adds(p->b, "<td class=\"n\">");
	put_percent(p->b, part->records - part->failing, part->records);
	buf_addf(p->b,
	    "<td class=\"n meter grade-%s\"><svg viewBox=\"0 0 100 6\" "
	    "preserveAspectRatio=\"none\" aria-hidden=\"true\">"
	    "<rect width=\"100\" height=\"6\" class=\"bar\"/>"
	    "<rect width=\"%u\" height=\"6\" class=\"arc\"/></svg>"
	    "<strong>%u.%02u</strong> ",
	    grade_name(grade), score / 100, score / 100, score % 100);
	page_both(p, grade_name_zh(grade), grade_name(grade));
	buf_addc(p->b, '\n');
}

static void
put_parts(struct page *p)
{
	static const struct words heads[] = { { "分组", "Group" },
		{ "记录", "Records" }, { "不合格", "Fail" },
		{ "合格率", "Pass rate" }, { "得分", "Score" } };
	size_t n = p->departments.n;
	struct part *list;

	if (n < 2)
		return;
	list = arena_dup(p->arena, p->departments.list, n * sizeof(*list));
	qsort(list, n, sizeof(*list), by_score);
	page_table(p, "parts",
	    (struct words){ "各组得分，低者在前",
		"Score by group, the lowest "
		"first" },
	    heads, 5, 1);
	for (size_t i = 0; i < n && i < MOST_PARTS; i++)
		put_part(p, &list[i]);
	buf_adds(p->b, "</table>\n");
	if (n <= MOST_PARTS)
		return;
	page_note(p,
	    arena_printf(
		p->arena, "另有 %zu 组得分更高，未列。", n - MOST_PARTS),
	    arena_printf(
		p->arena, "%zu more groups score higher.", n - MOST_PARTS));
}

void
page_score(struct page *p)
{
	const struct summary *s = p->s;
	size_t n[4];

	summary_standings(s, n);
	page_open(p, "score", "得分", "Score");
	buf_adds(p->b, "<div class=\"score\">");
	if (s->records > 0)
		put_ring(p);
	buf_adds(p->b, "<ul class=\"tiles\">");
	put_tile(p, "", (struct words){ "条记录", "Records" }, s->records);
	put_tile(p, "", (struct words){ "条不合格记录", "Records that fail" },
	    s->failing);
	put_tile(
	    p, "", (struct words){ "条未能读入", "Set aside" }, s->set_aside);
	put_tile(p, "pass", (struct words){ "✓ 规则合格", "✓ rules pass" },
	    n[STANDING_PASS]);
	put_tile(p, "fail", (struct words){ "✗ 规则不合格", "✗ rules fail" },
	    n[STANDING_FAIL]);
	put_tile(p, "na", (struct words){ "○ 不适用", "○ not applicable" },
	    n[STANDING_NA]);
	put_tile(p, "err", (struct words){ "! 出错", "! errors" },
	    n[STANDING_ERROR]);
	buf_adds(p->b, "</ul></div>\n");
	page_note(p,
	    arena_printf(p->arena,
		"每条记录满分 100，按不合格规则的扣分扣减，取全部记录的平均"
		"；%u.%02u 分以上为甲，%u.%02u "
		"分以上为乙。“不适用”不计入任何合格率。",
		p->o->good / 100, p->o->good % 100, p->o->fair / 100,
		p->o->fair % 100),
	    arena_printf(p->arena,
		"Each record starts at 100 and loses the points of the rules "
		"it fails; the score is the mean. %u.%02u and more is an A, "
		"%u.%02u and more a B. What is not applicable enters no rate.",
		p->o->good / 100, p->o->good % 100, p->o->fair / 100,
		p->o->fair % 100));
	put_parts(p);
	buf_adds(p->b, "</section>\n");
}
