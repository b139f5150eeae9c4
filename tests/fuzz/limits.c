/*
 * A table of limits: what is refused has a fault with a text; what is accepted
 * judges a value, and can be shown by cases.
 */
#include <stdint.h>

#include "rules/bench.h"
#include "rules/cases.h"
#include "rules/limits.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	struct table_faults faults = { 0 };
	struct rule like = { .id = SLICE("R"),
		.on = true,
		.field = SLICE("value"),
		.check = CHECK_REFERENCE,
		.arg = SLICE("@x.csv"),
		.message = SLICE("x"),
		.path = "r.csv" };
	struct plan_options o = { .zone = 480 };
	struct ruleset *s = ruleset_new(NULL, &faults);
	struct buf cases = { 0 }, without = { 0 };
	struct plan *p = NULL;
	struct bench *b = NULL;
	struct err e = { 0 };

	if (!limits_parse(s, &like, "x.csv", text, &e)) {
		if (e.text[0] == '\0' || faults.n == 0)
			__builtin_trap();
	} else {
		ruleset_use_all(s);
		p = plan_new(s, &o, &e);
	}
	if (p != NULL)
		b = bench_new(p, 1 << 20, "/tmp");
	if (p != NULL)
		cases_generate(p, b, &cases, &without);
	bench_free(b);
	buf_release(&cases);
	buf_release(&without);
	plan_free(p);
	ruleset_free(s);
	table_faults_release(&faults);
	return 0;
}
