/*
 * A rule file, the first line of which says whether it is CSV or NDJSON: what
 * is refused has a fault with a text, what is accepted is judged on a record,
 * linted and explained, and the cases that are written for it pass.
 */
#include <stdint.h>

#include "rules/bench.h"
#include "rules/cases.h"
#include "rules/explain.h"
#include "rules/lint.h"

static void
use(const struct plan *p, struct table_faults *faults)
{
	static const char record[] = "{\"a\":\"1\",\"b\":[{\"c\":2}],"
				     "\"d\":\"2024-01-01\",\"e\":null}";
	const struct lint_names names = { NULL, NULL };
	struct buf text = { 0 }, without = { 0 }, tap = { 0 };
	struct bench *b = bench_new(p, 1 << 20, "/tmp");
	struct cases *c = cases_new(p, b, SLICE(""));
	struct err e = { 0 };
	size_t failed;

	explain_record(p, b, SLICE(record), SLICE(""), &text, &e);
	for (size_t i = 0; i < p->rules->n; i++)
		explain_rule(p, i, &text);
	lint_rules(p, &names, faults);
	buf_reset(&text);
	cases_generate(p, b, &text, &without);
	if (text.n > 0 && !cases_run(c, "x", buf_slice(&text), &tap, &e))
		__builtin_trap();
	cases_demand_both(c, &tap);
	cases_count(c, &failed);
	if (failed > 1 || (failed == 1 && without.n == 0))
		__builtin_trap();
	cases_free(c);
	bench_free(b);
	buf_release(&text);
	buf_release(&without);
	buf_release(&tap);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	bool lines = n > 0 && data[0] == '{';
	struct table_faults faults = { 0 };
	struct err e = { 0 };
	struct ruleset *s = ruleset_new(NULL, &faults);
	struct plan_options o = { .zone = 480 };
	struct plan *p = NULL;

	if (!ruleset_parse(s, lines ? "x.ndjson" : "x.csv", text, &e)) {
		if (e.text[0] == '\0' || faults.n == 0)
			__builtin_trap();
		s->faulty = true;
	}
	if (!s->faulty) {
		ruleset_use_all(s);
		p = plan_new(s, &o, &e);
	}
	if (p != NULL)
		use(p, &faults);
	plan_free(p);
	ruleset_free(s);
	table_faults_release(&faults);
	return 0;
}
