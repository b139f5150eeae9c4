/*
 * A schema, a line feed, and a value: what is refused says why; what is judged
 * comes to the same verdict when it is judged again, and a value of the schema
 * `not` comes to the opposite where both can be judged.
 */
#include <stdint.h>

#include "rules/schema.h"

struct told {
	bool failed, fault;
};

static struct told
judge(const struct schema *s, struct slice value, struct arena *a)
{
	struct schema_run *r = schema_run_new(s);
	const struct schema_verdicts *v;
	struct told first, again;
	struct buf b = { 0 };

	for (unsigned i = 0; i < 2; i++) {
		schema_start(r, a);
		schema_judge(r, json_of(value), SLICE("v"));
		v = schema_conclude(r);
		again = (struct told){ v->failed, v->fault != NULL };
		if (i > 0 &&
		    (again.failed != first.failed ||
			again.fault != first.fault))
			__builtin_trap();
		first = again;
		for (size_t k = 0; k < v->n; k++) {
			if (v->list[k].failed != (v->list[k].n > 0) ||
			    v->list[k].rule >= schema_count(s))
				__builtin_trap();
			buf_reset(&b);
			schema_message(
			    schema_rule(s, v->list[k].rule), true, &b);
			if (b.n == 0)
				__builtin_trap();
		}
	}
	buf_release(&b);
	schema_run_free(r);
	return first;
}

/* A reference means another schema there, and such are left out. */
static void
judge_opposite(struct slice schema, struct slice value, struct told told,
    const struct schema_options *o, struct arena *a)
{
	struct table_faults faults = { 0 };
	struct err e = { 0 };
	struct buf b = { 0 };
	struct schema *s;
	struct told other;

	buf_addf(&b, "{\"not\":%.*s}", (int)schema.n, schema.p);
	s = schema_parse("x", buf_slice(&b), o, &faults, &e);
	if (s != NULL && slice_find(schema, SLICE("Ref")) == NULL &&
	    slice_find(schema, SLICE("ref")) == NULL &&
	    slice_find(schema, SLICE("\\u")) == NULL) {
		other = judge(s, value, a);
		if (!told.fault && !other.fault && told.failed == other.failed)
			__builtin_trap();
	}
	schema_free(s);
	table_faults_release(&faults);
	buf_release(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice rest = { (const char *)data, n }, text;
	struct schema_options o = { .formats = n % 2 == 1 };
	struct table_faults faults = { 0 };
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct schema *s;
	struct slice value;

	if (!slice_next(&rest, '\n', &text))
		text = SLICE("");
	s = schema_parse("x", text, &o, &faults, &e);
	if (s == NULL && (faults.n == 0 || e.text[0] == '\0'))
		__builtin_trap();
	value = json_pad(rest, a);
	if (s != NULL && json_check(value.p, value.n, 0, &e)) {
		struct told told = judge(s, value, a);

		judge_opposite(text, value, told, &o, a);
	}
	schema_free(s);
	table_faults_release(&faults);
	arena_free(a);
	return 0;
}
