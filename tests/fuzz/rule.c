/*
 * A rule file, the first line of which says whether it is CSV or NDJSON: what
 * is refused has a fault with a text, what is accepted is judged on a record.
 */
#include <stdint.h>

#include "rules/judge.h"

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
	if (p != NULL) {
		struct keys *k = keys_new(p, 1 << 20);
		struct judge *j = judge_new(p, k);
		struct record *r = record_new(p->names, 0);
		struct arena *a = arena_new();
		struct judgement g;

		if (record_read(r,
			json_pad(SLICE("{\"a\":\"1\",\"b\":[{\"c\":2}],"
				       "\"d\":\"2024-01-01\",\"e\":null}"),
			    a),
			&e)) {
			judge_start(j, r);
			judge_record(j, SLICE(""), SLICE("{}"), &g, &e);
		}
		judge_free(j);
		keys_free(k);
		record_free(r);
		arena_free(a);
	}
	plan_free(p);
	ruleset_free(s);
	table_faults_release(&faults);
	return 0;
}
