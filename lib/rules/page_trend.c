/*
 * How the score went: over the runs of a history, and over the months where
 * the records are counted by them.  A chart is a picture with a title, a
 * description and its numbers as a table.
 */
#include <stdlib.h>

#include "base/html.h"
#include "rules/page.h"

#define WIDTH  960
#define HEIGHT 200
#define LEFT   44
#define BOTTOM 176 /* of the plot; the names stand below */
#define TOP    14

struct point {
	struct slice name;
	uint64_t records, failing;
	unsigned score;
};

struct chart {
	const char *id;
	struct words caption, column;
	const struct point *points;
	size_t n;
	unsigned low; /* of the scale, hundredths */
};

static double
x_of(const struct chart *c, size_t i)
{
	return c->n == 1
	    ? (LEFT + WIDTH) / 2.0
	    : LEFT + 12 + (double)i * (WIDTH - LEFT - 36) / (double)(c->n - 1);
}

static double
y_of(const struct chart *c, unsigned score)
{
	return BOTTOM -
	    (double)(score - c->low) * (BOTTOM - TOP) / (10000 - c->low);
}

/* The scale ends at 100 and begins at a round number below the lowest. */
static unsigned
scale_of(const struct point *points, size_t n)
{
	static const unsigned starts[] = { 9800, 9500, 9000, 8000, 6000, 0 };
	unsigned low = 10000;
	size_t i = 0;

	for (size_t k = 0; k < n; k++)
		if (points[k].records > 0 && points[k].score < low)
			low = points[k].score;
	while (starts[i] > low || (starts[i] == low && low > 0))
		i++;
	return starts[i];
}

static void
put_grid(struct page *p, const struct chart *c)
{
	for (unsigned i = 0; i <= 2; i++) {
		unsigned score = c->low + (10000 - c->low) * i / 2;

		buf_addf(p->b,
		    "<path class=\"grid\" d=\"M%d %.1fH%d\"/>"
		    "<text x=\"%d\" y=\"%.1f\" class=\"tick\" "
		    "text-anchor=\"end\">%u</text>",
		    LEFT, y_of(c, score), WIDTH, LEFT - 8, y_of(c, score) + 4,
		    score / 100);
	}
}

static void
put_line(struct page *p, const struct chart *c)
{
	bool down = false;

	buf_adds(p->b, "<path class=\"line\" d=\"");
	for (size_t i = 0; i < c->n; i++) {
		if (c->points[i].records > 0)
			buf_addf(p->b, "%c%.1f %.1f", down ? 'L' : 'M',
			    x_of(c, i), y_of(c, c->points[i].score));
		down = c->points[i].records > 0;
	}
	buf_adds(p->b, "\"/>");
}

/* At most eight names, the last one always. */
static void
put_marks(struct page *p, const struct chart *c)
{
	size_t step = (c->n + 7) / 8;

	for (size_t i = 0; i < c->n; i++) {
		const struct point *at = &c->points[i];
		bool last = i + 1 == c->n;

		if (at->records > 0) {
			buf_addf(p->b,
			    "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" "
			    "r=\"%d\"><title>",
			    last ? "mark last" : "mark", x_of(c, i),
			    y_of(c, at->score), last ? 5 : 3);
			html_put(p->b, at->name);
			buf_addf(p->b, " %u.%02u</title></circle>",
			    at->score / 100, at->score % 100);
		}
		if ((c->n - 1 - i) % step != 0)
			continue;
		buf_addf(p->b,
		    "<text x=\"%.1f\" y=\"%d\" class=\"tick\" "
		    "text-anchor=\"%s\">",
		    last && c->n > 1 ? (double)WIDTH : x_of(c, i), HEIGHT - 6,
		    last && c->n > 1 ? "end" : "middle");
		html_put(p->b, at->name);
		buf_adds(p->b, "</text>");
	}
}

static void
put_numbers(struct page *p, const struct chart *c)
{
	const struct words heads[] = { c->column, { "记录", "Records" },
		{ "不合格", "Fail" }, { "合格率", "Pass rate" },
		{ "得分", "Score" } };

	buf_adds(p->b, "<details><summary>");
	page_both(p, "图中数字", "The numbers");
	buf_adds(p->b, "</summary>");
	page_table(p, "list", c->caption, heads, 5, 1);
	for (size_t i = c->n; i-- > 0;) {
		const struct point *at = &c->points[i];

		buf_adds(p->b, "<tr><th scope=\"row\">");
		html_put(p->b, at->name);
		buf_adds(p->b, "<td class=\"n\">");
		page_number(p, at->records);
		buf_adds(p->b, "<td class=\"n\">");
		page_number(p, at->failing);
		buf_adds(p->b, "<td class=\"n\">");
		put_percent(p->b, at->records - at->failing, at->records);
		buf_adds(p->b, "<td class=\"n\">");
		if (at->records > 0)
			buf_addf(
			    p->b, "%u.%02u", at->score / 100, at->score % 100);
		buf_addc(p->b, '\n');
	}
	buf_adds(p->b, "</table></details>\n");
}

/* SVG knows one title: it is Chinese where both are asked for. */
static const char *
one(const struct page *p, struct words w)
{
	return p->o->language == LANGUAGE_EN ? w.en : w.zh;
}

static void
put_chart(struct page *p, struct chart *c)
{
	const struct point *first = &c->points[0];
	const struct point *last = &c->points[c->n - 1];
	const struct words between = { "得分从 %u.%02u 到 %u.%02u，共 %zu 点",
		"Score from %u.%02u to %u.%02u, %zu points" };

	c->low = scale_of(c->points, c->n);
	buf_adds(p->b, "<figure><figcaption>");
	page_both(p, c->caption.zh, c->caption.en);
	buf_addf(p->b,
	    "</figcaption><svg class=\"chart\" viewBox=\"0 0 %d %d\" "
	    "role=\"img\" aria-labelledby=\"%s-t %s-d\"><title id=\"%s-t\">"
	    "%s</title><desc id=\"%s-d\">",
	    WIDTH + 8, HEIGHT, c->id, c->id, c->id, one(p, c->caption), c->id);
	buf_adds(p->b,
	    p->o->language == LANGUAGE_EN
		? arena_printf(p->arena, between.en, first->score / 100,
		      first->score % 100, last->score / 100, last->score % 100,
		      c->n)
		: arena_printf(p->arena, between.zh, first->score / 100,
		      first->score % 100, last->score / 100, last->score % 100,
		      c->n));
	buf_adds(p->b, "</desc>");
	put_grid(p, c);
	put_line(p, c);
	put_marks(p, c);
	buf_adds(p->b, "</svg></figure>\n");
	put_numbers(p, c);
}

static void
put_runs(struct page *p, const struct trend *t)
{
	struct point *points =
	    arena_alloc(p->arena, (t->n + 1) * sizeof(*points));
	struct chart c = { .id = "runs",
		.caption = { "历次得分", "Score of the runs" },
		.column = { "批次", "Run" },
		.points = points,
		.n = t->n };

	for (size_t i = 0; i < t->n; i++)
		points[i] =
		    (struct point){ t->points[i].run, t->points[i].records,
			    t->points[i].failing, t->points[i].score };
	put_chart(p, &c);
}

static int
by_name(const void *a, const void *b)
{
	return slice_cmp(
	    ((const struct point *)a)->name, ((const struct point *)b)->name);
}

/* The newest of them, as many as a history shows. */
static bool
put_times(struct page *p)
{
	struct parts times;
	struct point *points;
	struct chart c = { .id = "times",
		.caption = { "按记录时间的得分",
		    "Score by the time of the records" },
		.column = { "时间", "Time" } };

	parts_make(p->s, parts_key(p->s, true), p->arena, &times);
	points = arena_alloc(p->arena, (times.n + 1) * sizeof(*points));
	for (size_t i = 0; i < times.n; i++) {
		const struct part *part = &times.list[i];

		if (part->value.n > 2 && part->value.p[0] == '"')
			points[c.n++] = (struct point){ { part->value.p + 1,
							    part->value.n - 2 },
				part->records, part->failing,
				score_of(part->records, part->lost) };
	}
	parts_release(&times);
	if (c.n < 2)
		return false;
	qsort(points, c.n, sizeof(*points), by_name);
	c.points = points + (c.n > HISTORY_RUNS ? c.n - HISTORY_RUNS : 0);
	c.n = c.n > HISTORY_RUNS ? HISTORY_RUNS : c.n;
	put_chart(p, &c);
	return true;
}

void
page_trend(struct page *p)
{
	bool any = p->o->trend != NULL;

	page_open(p, "trend", "趋势", "Trend");
	if (any)
		put_runs(p, p->o->trend);
	any = put_times(p) || any;
	if (!any) {
		page_note(p,
		    "没有历次结果可比：报告时加 --history 文件，"
		    "即逐次累积。",
		    "There is nothing to compare with yet: report with "
		    "--history, and the runs add up.");
	}
	buf_adds(p->b, "</section>\n");
}
