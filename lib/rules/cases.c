#include "rules/cases.h"

#include "base/mem.h"
#include "json/value.h"
#include "rules/judge.h"
#include "rules/keys.h"
#include "rules/keys.h"

/* `sex:*` */
static bool
is_like(struct slice pattern, struct slice id)
{
	if (pattern.n > 0 && pattern.p[pattern.n - 1] == '*')
		return id.n >= pattern.n - 1 &&
		    memcmp(id.p, pattern.p, pattern.n - 1) == 0;
	return slice_eq(pattern, id);
}

static bool
is_asked(const struct value *only, struct slice id)
{
	if (only == NULL)
		return true;
	for (size_t i = 0; i < only->count; i++)
		if (is_like(only->items[i].text, id))
			return true;
	return false;
}

static bool
is_expected(const struct value *expect, struct slice id)
{
	for (size_t i = 0; i < expect->count; i++)
		if (slice_eq(expect->items[i].text, id))
			return true;
	return false;
}

/* Says "  # unexpected ID" and "  # missing ID"; true where there is none. */
static bool
compare(const struct plan *p, const struct judgement *g,
    const struct value *expect, const struct value *only, struct buf *say)
{
	struct index *got = index_new();
	bool same = true;

	for (size_t i = 0; i < g->n; i++) {
		const struct test *t = &p->tests[g->list[i].test];

		if (!g->list[i].failed ||
		    check_is(t->rule->check, CHECK_STREAM) ||
		    !is_asked(only, t->rule->id))
			continue;
		index_add(got, t->rule->id, NULL);
		if (!is_expected(expect, t->rule->id)) {
			buf_addf(say, "  # fails, not expected: %.*s\n",
			    (int)t->rule->id.n, t->rule->id.p);
			same = false;
		}
	}
	for (size_t i = 0; i < expect->count; i++)
		if (index_find(got, expect->items[i].text) < 0) {
			buf_addf(say, "  # expected, does not fail: %.*s\n",
			    (int)expect->items[i].text.n,
			    expect->items[i].text.p);
			same = false;
		}
	index_free(got);
	return same;
}

struct tester {
	const struct plan *plan;
	struct keys *keys;
	struct judge *judge;
	struct record *record;
	struct arena *arena;
	struct slice kind;
};

static bool
run_case(struct tester *t, struct slice line, size_t *number, size_t *failed,
    struct buf *to, struct err *e)
{
	struct value *v = value_parse(t->arena, line.p, line.n, e);
	const struct value *record = value_get(v, "record");
	const struct value *expect = value_get(v, "expect");
	const struct value *only = value_get(v, "only");
	struct slice name = value_text(v, "case", "");
	struct key_record of = { .group = SLICE("{}") };
	struct judgement g;
	struct buf say = { 0 };
	bool same;

	if (v == NULL)
		return false;
	if (record == NULL || expect == NULL || expect->type != JSON_ARRAY)
		return err_set(e, ERR_USAGE,
		    "a case has a record (object) and expect (array of ids)");
	if (!record_read(t->record, json_pad(record->source, t->arena), e)) {
		e->kind = ERR_USAGE;
		return err_wrap(e, "record");
	}
	judge_start(t->judge, t->record);
	of.line = record_line(t->record);
	if (!judge_record(t->judge, t->kind, &g, e) ||
	    (t->keys != NULL && !keys_note(t->keys, g.notes, g.nnotes, &of, e)))
		return false;
	same = compare(t->plan, &g, expect, only, &say);
	*failed += !same;
	buf_addf(to, "%s %zu - %.*s\n", same ? "ok" : "not ok", ++*number,
	    (int)name.n, name.p);
	buf_add_slice(to, buf_slice(&say));
	buf_release(&say);
	return true;
}

bool
cases_run(const struct plan *p, const char *name, struct slice text,
    struct slice kind, size_t *number, size_t *failed, struct buf *to,
    struct err *e)
{
	const struct key_options o = {
		.marks = true, .memory = UINT64_C(1) << 30, .spill = "/tmp"
	};
	struct keys *keys = keys_new(p, &o);
	struct tester t = { .plan = p,
		.keys = keys,
		.judge = judge_new(p, keys),
		.record = record_new(p->names, 0),
		.arena = arena_new(),
		.kind = kind };
	struct slice rest = text, line;
	unsigned long n = 0;
	bool ok = true;

	while (ok && slice_next(&rest, '\n', &line)) {
		n++;
		line = slice_trim(line);
		if (line.n == 0)
			continue;
		arena_reset(t.arena);
		ok = run_case(&t, line, number, failed, to, e) ||
		    err_wrap(e, "%s:%lu", name, n);
	}
	judge_free(t.judge);
	keys_free(t.keys);
	record_free(t.record);
	arena_free(t.arena);
	return ok;
}
