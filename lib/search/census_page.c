/*
 * The page of a census.  Every chart is an inline SVG with its table behind;
 * the policy in the head forbids scripts and every load.
 */
#include <stdlib.h>

#include "base/html.h"
#include "base/mem.h"
#include "search/census_part.h"

#define LEFT  180 /* of the bars, in pixels */
#define WIDTH 420
#define STEP  26
#define MOST  60 /* bars of one chart; the table has all */

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src"
    " 'none'; style-src 'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n<title>";

static const char style[] =
    "</title>\n<style>\n"
    "body{font:16px/1.6 sans-serif;max-width:46rem;margin:2rem auto;"
    "padding:0 1rem;color:#1a1a1a}\n"
    "svg{max-width:100%;height:auto}\n"
    "table{border-collapse:collapse}\n"
    "th,td{border:1px solid #999;padding:.2rem .6rem;text-align:left}\n"
    "td.n{text-align:right}\n"
    "@media print{details{display:block}section{break-inside:avoid}}\n"
    "</style>\n</head>\n<body>\n<h1>";

/* How a value is called on the page. */
static struct slice
shown(const struct census_dim *d, struct slice value)
{
	static const char *const names[][2] = { { "unknown", "未注明" },
		{ "none", "已回答" }, { "no-evidence", "没有依据" },
		{ "out-of-scope", "超出范围" }, { "ambiguous", "有歧义" },
		{ "denied", "不允许" }, { "extract", "摘录原文" },
		{ "query", "检索" }, { "llm", "模型" }, { "sql", "统计" },
		{ "graph", "图谱" } };

	if (d->kind == CENSUS_DAY && !slice_is(value, "unknown"))
		return value;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is(value, names[i][0]))
			return slice_of(names[i][1]);
	return value;
}

static void
put_chart(struct buf *b, const struct census_dim *d,
    const struct census_cell *list, size_t n)
{
	const char *title = census_kinds[d->kind].title;
	uint64_t most = 1;

	for (size_t i = 0; i < n; i++)
		if (list[i].n > most)
			most = list[i].n;
	if (n > MOST)
		n = MOST;
	buf_addf(b,
	    "<svg role=\"img\" aria-label=\"%s\" width=\"%d\" height=\"%zu\""
	    " viewBox=\"0 0 %d %zu\">\n",
	    title, LEFT + WIDTH + 80, n * STEP + 4, LEFT + WIDTH + 80,
	    n * STEP + 4);
	for (size_t i = 0; i < n; i++) {
		size_t y = i * STEP;
		int width =
		    (int)((double)list[i].n / (double)most * WIDTH + 0.5);

		buf_addf(b, "<text x=\"%d\" y=\"%zu\" text-anchor=\"end\">",
		    LEFT - 8, y + 18);
		html_put(b, shown(d, list[i].value));
		buf_addf(b,
		    "</text><rect x=\"%d\" y=\"%zu\" width=\"%d\""
		    " height=\"%d\" fill=\"#2b6cb0\"/>"
		    "<text x=\"%d\" y=\"%zu\">%llu</text>\n",
		    LEFT, y + 4, width, STEP - 8, LEFT + width + 6, y + 18,
		    (unsigned long long)list[i].n);
	}
	buf_adds(b, "</svg>\n");
}

static void
put_table(struct buf *b, const struct census *c, const struct census_dim *d,
    const struct census_cell *list, size_t n)
{
	buf_adds(b,
	    "<details><summary>数据表</summary><table>\n"
	    "<tr><th scope=\"col\">取值</th><th scope=\"col\">问题数"
	    "</th><th scope=\"col\">占比</th>"
	    "<th scope=\"col\">95% 区间</th></tr>\n");
	for (size_t i = 0; i < n; i++) {
		double low, high;

		census_wilson(list[i].n, c->n, &low, &high);
		buf_adds(b, "<tr><th scope=\"row\">");
		html_put(b, shown(d, list[i].value));
		buf_addf(b,
		    "</th><td class=\"n\">%llu</td><td class=\"n\">%.1f%%"
		    "</td><td class=\"n\">%.1f%%–%.1f%%</td></tr>\n",
		    (unsigned long long)list[i].n,
		    100 * (double)list[i].n / (double)c->n, 100 * low,
		    100 * high);
	}
	buf_adds(b, "</table></details>\n");
}

/* Sentences made of the numbers, one a dimension. */
static void
put_finding(struct buf *b, const struct census *c, const struct census_dim *d,
    const struct census_cell *list, size_t n)
{
	size_t top = 0;

	for (size_t i = 1; i < n; i++)
		if (list[i].n > list[top].n)
			top = i;
	buf_adds(b, "<li>");
	if (d->kind == CENSUS_DAY) {
		buf_addf(b, "共 %zu 天有提问，最多的一天是 ", n);
		html_put(b, shown(d, list[top].value));
		buf_addf(b, "，%llu 个问题。", (unsigned long long)list[top].n);
	} else {
		buf_addf(b, "%s：最多的是“", census_kinds[d->kind].title);
		html_put(b, shown(d, list[top].value));
		buf_addf(b, "”，%llu 个，占 %.1f%%。",
		    (unsigned long long)list[top].n,
		    100 * (double)list[top].n / (double)c->n);
	}
	buf_adds(b, "</li>\n");
}

void
census_page(const struct census *c, const char *title, struct buf *b)
{
	struct census_cell *lists[CENSUS_DIMS];
	size_t counts[CENSUS_DIMS];

	for (size_t i = 0; i < c->ndims; i++)
		counts[i] = census_list(&c->dims[i], &lists[i]);
	buf_adds(b, head);
	html_put(b, slice_of(title));
	buf_adds(b, style);
	html_put(b, slice_of(title));
	buf_addf(b, "</h1>\n<p>共 %llu 个问题。</p>\n<ul>\n",
	    (unsigned long long)c->n);
	for (size_t i = 0; c->n > 0 && i < c->ndims; i++)
		put_finding(b, c, &c->dims[i], lists[i], counts[i]);
	buf_adds(b, "</ul>\n");
	for (size_t i = 0; c->n > 0 && i < c->ndims; i++) {
		buf_addf(b, "<section>\n<h2>%s</h2>\n",
		    census_kinds[c->dims[i].kind].title);
		put_chart(b, &c->dims[i], lists[i], counts[i]);
		put_table(b, c, &c->dims[i], lists[i], counts[i]);
		buf_adds(b, "</section>\n");
	}
	buf_adds(b, "</body>\n</html>\n");
	for (size_t i = 0; i < c->ndims; i++)
		mem_free(lists[i]);
}
