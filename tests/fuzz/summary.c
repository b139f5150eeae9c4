/*
 * A summary: what is read is written and read again as the same bytes, and
 * makes every report; merging it with itself is refused unless it has no
 * shard.
 */
#include <stdint.h>

#include "rules/report.h"

static const struct column kind_columns[] = { { "kind", NULL, 0 },
	{ "name_zh", NULL, 0 }, { NULL, NULL, 0 } };

static void
make_page(const struct summary *s, struct report *o, struct buf *to)
{
	struct err e = { 0 };
	struct table *kinds = table_parse("kinds",
	    SLICE("kind,name_zh\nlab,检验\n"), kind_columns, 0, NULL, &e);

	o->kinds = kinds;
	o->language = (enum language)(s->records % 3);
	if (!report_html(s, o, SLICE("{{title}}{{body}}"), to, &e))
		__builtin_trap();
	table_free(kinds);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct report o = REPORT_DEFAULTS;
	struct slice text = { (const char *)data, n };
	struct err e = { 0 };
	struct summary *s = summary_parse("s", text, &e), *again;
	struct buf b = { 0 }, c = { 0 };

	if (s == NULL) {
		if (e.text[0] == '\0')
			__builtin_trap();
		return 0;
	}
	summary_put(s, &b);
	again = summary_parse("b", buf_slice(&b), &e);
	if (again == NULL)
		__builtin_trap();
	summary_put(again, &c);
	if (!slice_eq(buf_slice(&b), buf_slice(&c)))
		__builtin_trap();
	report_md(s, &o, &c);
	report_csv(s, &o, &c);
	report_json(s, &o, &c);
	report_junit(s, &o, &c);
	report_coverage(s, &o, &c);
	report_diff(s, again, &c);
	make_page(s, &o, &c);
	if (s->nshards > 0 && summary_merge(s, "s", again, "b", false, &e))
		__builtin_trap();
	summary_free(again);
	summary_free(s);
	buf_release(&b);
	buf_release(&c);
	return 0;
}
