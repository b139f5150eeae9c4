/*
 * A profile of records, or what is read as one: what is written is read again,
 * and the draft rules that follow are rules without a fault.
 */
#include <stdint.h>

#include "rules/lint.h"
#include "rules/profile.h"

static void
feed(struct profile *p, const struct plan *plan, struct slice text)
{
	struct record *r = record_new(plan->names, 0);
	struct arena *a = arena_new();
	struct slice rest = text, line;
	struct stage stage;
	struct err e = { 0 };
	void *worker;

	profile_start(p, SLICE("lab"), false, &stage);
	if (!stage_open(&stage, &worker, &e))
		__builtin_trap();
	while (slice_next(&rest, '\n', &line)) {
		struct job job = { .place = { .uri = "x" } };

		/* Each line three times: nothing rare is told. */
		for (unsigned i = 0; i < 3; i++)
			if (record_read(r, json_pad(line, a), &e) &&
			    stage.record(worker, r, &job, &e) == RECORD_STOP)
				break;
	}
	stage_close(&stage, worker);
	record_free(r);
	arena_free(a);
}

static void
use_draft(struct slice text)
{
	const struct lint_names names = { NULL, NULL, NULL, NULL };
	struct table_faults faults = { 0 };
	struct ruleset *s = ruleset_new(NULL, &faults);
	struct plan_options o = { .zone = 480 };
	struct err e = { 0 };
	struct plan *p;

	if (!ruleset_parse(s, "draft.csv", text, &e))
		__builtin_trap();
	ruleset_use_all(s);
	p = plan_new(s, &o, &e);
	if (p == NULL || lint_rules(p, &names, &faults).faults > 0)
		__builtin_trap();
	plan_free(p);
	ruleset_free(s);
	table_faults_release(&faults);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct profile_options least = { .least = 3, .complete = true };
	struct slice text = { (const char *)data, n };
	struct plan_options o = { .zone = 480, .by = "a,month(b.c)" };
	struct index *kinds = index_new(), *fields = index_new();
	struct ruleset *s = ruleset_new(NULL, NULL);
	struct err e = { 0 };
	struct plan *plan = plan_new(s, &o, &e);
	struct profile *p = profile_new(plan, 2);
	struct buf b = { 0 };

	if (!profile_fields("x", text, kinds, fields, &e) && e.text[0] == '\0')
		__builtin_trap();
	feed(p, plan, text);
	profile_hide_groups(p, 3);
	profile_put(p, &least, &b);
	if (!profile_fields("b", buf_slice(&b), kinds, fields, &e))
		__builtin_trap();
	buf_reset(&b);
	profile_suggest(p, &least, &b);
	use_draft(buf_slice(&b));
	buf_release(&b);
	profile_free(p);
	plan_free(plan);
	ruleset_free(s);
	index_free(kinds);
	index_free(fields);
	return 0;
}
