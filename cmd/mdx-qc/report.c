#include "mdx-qc/qc.h"

#include "io/reader.h"
#include "rules/report.h"

static const char *html, *md, *csv, *json, *coverage, *title = "数据质控报告";

const struct opt qc_report_opts[] = { { OPT_TEXT, 0, "html", "FILE",
					  "report: the page", "report：网页",
					  &html },
	{ OPT_TEXT, 0, "md", "FILE", "report: Markdown", "report：Markdown",
	    &md },
	{ OPT_TEXT, 0, "csv", "FILE", "report: a row a rule",
	    "report：每规则一行", &csv },
	{ OPT_TEXT, 0, "json", "FILE", "report: one object", "report：一个对象",
	    &json },
	{ OPT_TEXT, 0, "coverage", "FILE", "report: completeness table",
	    "report：完整性表", &coverage },
	{ OPT_TEXT, 0, "title", "TEXT", "report: heading of the page",
	    "report：网页标题", &title },
	{ 0 } };

static struct summary *
load_summaries(char **operands, struct err *e)
{
	static char dash[] = "-";
	static char *standard_input[] = { dash, NULL };
	struct summary *s, *next;
	const char *first;

	if (operands[0] == NULL)
		operands = standard_input;
	first = operands[0];
	s = summary_load(first, e);
	for (operands++; s != NULL && *operands != NULL; operands++) {
		next = summary_load(*operands, e);
		if (next == NULL ||
		    !summary_merge(s, first, next, *operands, e)) {
			summary_free(s);
			s = NULL;
		}
		summary_free(next);
	}
	return s;
}

int
qc_merge(char **operands)
{
	struct err e = { 0 };
	struct summary *s = load_summaries(operands, &e);
	const char *to = opt_common.run.output;

	if (s != NULL)
		qc_put_summary(s, to == NULL ? "-" : to, &e);
	summary_free(s);
	return tool_fail(&e);
}

static bool
put_html(const struct summary *s, struct err *e)
{
	struct table *kinds = qc_kinds(e);
	struct buf path = { 0 }, page = { 0 }, b = { 0 };
	bool ok;

	buf_addf(&path, "%s/html/qc.html", tool_share());
	ok = kinds != NULL &&
	    reader_slurp(buf_string(&path), 1 << 20, &page, e) &&
	    report_html(s, buf_slice(&page), kinds, title, &b, e) &&
	    qc_put(html, &b, e);
	buf_release(&path);
	buf_release(&page);
	table_free(kinds);
	return ok;
}

int
qc_report(char **operands)
{
	const struct {
		const char *path;
		void (*put)(const struct summary *, struct buf *);
	} files[] = { { md, report_md }, { csv, report_csv },
		{ json, report_json }, { coverage, report_coverage } };
	struct err e = { 0 };
	struct summary *s = load_summaries(operands, &e);
	bool any = html != NULL, ok = s != NULL;

	for (size_t i = 0; ok && i < 4; i++) {
		struct buf b = { 0 };

		if (files[i].path == NULL)
			continue;
		any = true;
		files[i].put(s, &b);
		ok = qc_put(files[i].path, &b, &e);
	}
	if (ok && html != NULL)
		ok = put_html(s, &e);
	if (ok && !any) {
		struct buf b = { 0 };

		report_md(s, &b);
		ok = qc_put("-", &b, &e);
	}
	if (ok)
		qc_within(s, &e);
	summary_free(s);
	return tool_fail(&e);
}
