/*
 * The four tables of DataQualityDashboard, parted by lines of `%`: what is
 * refused has a fault with a text, what is accepted are rules that our own
 * reader takes, compiles and explains, one a line, with ids of their own.
 */
#include <stdint.h>

#include "rules/dqd.h"
#include "rules/explain.h"

static void
read_back(struct slice text)
{
	struct table_faults faults = { 0 };
	struct err e = { 0 };
	struct ruleset *s = ruleset_new(NULL, &faults);
	struct plan_options o = { .zone = 480 };
	struct plan *p = NULL;
	struct buf b = { 0 };
	size_t lines = 0;

	for (size_t i = 0; i < text.n; i++)
		lines += text.p[i] == '\n';
	if (lines > 0 && !ruleset_parse(s, "x.ndjson", text, &e))
		__builtin_trap();
	ruleset_use_all(s);
	if (s->n != lines)
		__builtin_trap();
	p = plan_new(s, &o, &e);
	if (p == NULL)
		__builtin_trap();
	for (size_t i = 0; i < s->n; i++)
		explain_rule(p, i, &b);
	buf_release(&b);
	plan_free(p);
	ruleset_free(s);
	table_faults_release(&faults);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice rest = { (const char *)data, n };
	struct dqd_file files[DQD_TABLES];
	struct table_faults faults = { 0 };
	struct buf to = { 0 };
	struct err e = { 0 };

	for (size_t i = 0; i < DQD_TABLES; i++) {
		const char *end = slice_find(rest, SLICE("\n%\n"));
		const char *stop = end == NULL ? rest.p + rest.n : end + 1;

		files[i] =
		    (struct dqd_file){ "x.csv", slice_span(rest.p, stop) };
		rest =
		    slice_span(end == NULL ? stop : end + 3, rest.p + rest.n);
	}
	if (dqd_parse(files, &faults, &to, &e))
		read_back(buf_slice(&to));
	else if (e.text[0] == '\0' || faults.n == 0 || to.n > 0)
		__builtin_trap();
	buf_release(&to);
	table_faults_release(&faults);
	return 0;
}
