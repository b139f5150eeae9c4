/*
 * The rules as tests of software: what shows those shows these.
 */
#include "base/html.h"
#include "rules/report.h"

static void
put_case(const struct rule_lines *l, struct buf *b)
{
	enum standing standing = rule_standing(l);
	const char *tag = standing == STANDING_FAIL ? "failure" : "error";
	const char *why = rule_reason(l);

	buf_adds(b, "  <testcase classname=\"");
	html_put(b, l->kind.n > 0 ? l->kind : SLICE("records"));
	buf_adds(b, "\" name=\"");
	html_put(b, l->rule);
	if (standing == STANDING_PASS) {
		buf_adds(b, "\"/>\n");
		return;
	}
	if (standing == STANDING_NA) {
		buf_addf(b, "\"><skipped message=\"%s\"/></testcase>\n", why);
		return;
	}
	buf_addf(b, "\"><%s type=\"%s\" message=\"", tag,
	    severity_name(l->severity));
	html_put(b, l->message);
	buf_adds(b, "\">");
	if (why != NULL) {
		html_put(b, slice_of(why));
		buf_adds(b, "; ");
	}
	buf_addf(b,
	    "fail %llu, error %llu, waived %llu, applicable %llu"
	    "</%s></testcase>\n",
	    (unsigned long long)l->total.fail,
	    (unsigned long long)l->total.error,
	    (unsigned long long)l->total.waived,
	    (unsigned long long)l->total.applicable, tag);
}

void
report_junit(const struct summary *s, const struct report *o, struct buf *b)
{
	size_t n[4];

	(void)o;
	summary_standings(s, n);
	buf_addf(b,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<testsuite name=\"mdx-qc\" tests=\"%zu\" failures=\"%zu\" "
	    "errors=\"%zu\" skipped=\"%zu\">\n",
	    s->nrules, n[STANDING_FAIL], n[STANDING_ERROR], n[STANDING_NA]);
	for (size_t i = 0; i < s->nrules; i++)
		put_case(&s->rules[i], b);
	buf_adds(b, "</testsuite>\n");
}
