#include "rules/cases.h"

#include "base/mem.h"
#include "json/value.h"
#include "rules/bench.h"

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

bool
cases_can_show(const struct test *t)
{
	return !t->all && t->rule->check != CHECK_SEQUENCE &&
	    !check_is(
		t->rule->check, CHECK_STREAM | CHECK_GENERATED | CHECK_WATCH);
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

struct shown {
	bool good, bad;
};

struct cases {
	const struct plan *plan;
	struct slice kind;
	struct bench *bench;
	struct arena *arena; /* of one case */
	struct shown *shown; /* by rule */
	size_t number, failed;
};

struct cases *
cases_new(const struct plan *p, struct slice kind)
{
	struct cases *c = mem_zalloc(sizeof(*c));

	c->plan = p;
	c->kind = kind;
	c->bench = bench_new(p);
	c->arena = arena_new();
	c->shown = mem_zalloc((p->rules->n + 1) * sizeof(*c->shown));
	return c;
}

void
cases_free(struct cases *c)
{
	if (c == NULL)
		return;
	bench_free(c->bench);
	arena_free(c->arena);
	mem_free(c->shown);
	mem_free(c);
}

size_t
cases_count(const struct cases *c, size_t *failed)
{
	*failed = c->failed;
	return c->number;
}

/* Records that stand before it, for what looks at more than one. */
static bool
judge_all(struct cases *c, const struct value *before,
    const struct value *record, struct judgement *g, struct err *e)
{
	bench_clear(c->bench);
	for (size_t i = 0; before != NULL && i < before->count; i++)
		if (!bench_judge(
			c->bench, before->items[i].source, c->kind, g, e))
			return err_wrap(e, "before");
	return bench_judge(c->bench, record->source, c->kind, g, e);
}

static void
note_shown(struct cases *c, const struct judgement *g)
{
	for (size_t i = 0; i < g->n; i++) {
		struct shown *s = &c->shown[g->list[i].test];

		s->bad = s->bad || g->list[i].failed;
		s->good = s->good || (!g->list[i].failed && !g->list[i].fault);
	}
}

static bool
run_case(struct cases *c, struct slice line, struct buf *to, struct err *e)
{
	struct value *v = value_parse(c->arena, line.p, line.n, e);
	const struct value *record = value_get(v, "record");
	const struct value *expect = value_get(v, "expect");
	struct slice name = value_text(v, "case", "");
	struct judgement g;
	struct buf say = { 0 };
	bool same;

	if (v == NULL)
		return false;
	if (record == NULL || expect == NULL || expect->type != JSON_ARRAY)
		return err_set(e, ERR_USAGE,
		    "a case has a record (object) and expect (array of ids)");
	if (!judge_all(c, value_get(v, "before"), record, &g, e))
		return false;
	note_shown(c, &g);
	same = compare(c->plan, &g, expect, value_get(v, "only"), &say);
	c->failed += !same;
	buf_addf(to, "%s %zu - %.*s\n", same ? "ok" : "not ok", ++c->number,
	    (int)name.n, name.p);
	buf_add_slice(to, buf_slice(&say));
	buf_release(&say);
	return true;
}

bool
cases_run(struct cases *c, const char *name, struct slice text, struct buf *to,
    struct err *e)
{
	struct slice rest = text, line;
	unsigned long n = 0;
	bool ok = true;

	while (ok && slice_next(&rest, '\n', &line)) {
		n++;
		line = slice_trim(line);
		if (line.n == 0)
			continue;
		arena_reset(c->arena);
		ok = run_case(c, line, to, e) || err_wrap(e, "%s:%lu", name, n);
	}
	return ok;
}

void
cases_demand_both(struct cases *c, struct buf *to)
{
	const struct ruleset *s = c->plan->rules;
	size_t rules = 0, lacking = 0;
	struct buf say = { 0 };

	for (size_t i = 0; i < s->n; i++) {
		const struct shown *shown = &c->shown[i];

		if (!cases_can_show(&c->plan->tests[i]))
			continue;
		rules++;
		lacking += !shown->good || !shown->bad;
		if (!shown->good)
			buf_addf(&say, "  # no good case: %.*s\n",
			    (int)s->rules[i]->id.n, s->rules[i]->id.p);
		if (!shown->bad)
			buf_addf(&say, "  # no bad case: %.*s\n",
			    (int)s->rules[i]->id.n, s->rules[i]->id.p);
	}
	c->failed += lacking > 0;
	buf_addf(to, "%s %zu - each of %zu rules has a good and a bad case\n",
	    lacking > 0 ? "not ok" : "ok", ++c->number, rules);
	buf_add_slice(to, buf_slice(&say));
	buf_release(&say);
}
