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

/* One line of TAP, and no directive (`# TODO`) that the case does not have. */
static void
put_name(struct buf *to, struct slice name)
{
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (c == '#')
			buf_addc(to, '\\');
		buf_addc(to, c < 0x20 || c == 0x7F ? ' ' : (char)c);
	}
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
			buf_adds(say, "  # expected, does not fail: ");
			put_name(say, expect->items[i].text);
			buf_addc(say, '\n');
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
cases_new(const struct plan *p, struct bench *b, struct slice kind)
{
	struct cases *c = mem_zalloc(sizeof(*c));

	c->plan = p;
	c->kind = kind;
	c->bench = b;
	c->arena = arena_new();
	c->shown = mem_zalloc((p->rules->n + 1) * sizeof(*c->shown));
	return c;
}

void
cases_free(struct cases *c)
{
	if (c == NULL)
		return;
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
check_members(const struct value *v, struct err *e)
{
	static const char *const known[] = { "case", "record", "expect", "only",
		"before", NULL };
	const char *near;

	for (size_t i = 0; i < v->count; i++) {
		struct slice key = v->keys[i];
		bool found = slice_starts(key, "x_");

		for (size_t k = 0; known[k] != NULL; k++)
			found = found || slice_is(key, known[k]);
		if (found)
			continue;
		near = slice_suggest(key, known);
		return err_set(e, ERR_USAGE,
		    "a case has no member '%.*s' (%s%s%s)", (int)key.n, key.p,
		    near == NULL ? "one of your own begins with x_"
				 : "did you mean '",
		    near == NULL ? "" : near, near == NULL ? "" : "'?");
	}
	return true;
}

/* An id that no rule has narrows to nothing, and nothing always passes. */
static bool
check_only(const struct plan *p, const struct value *only, struct err *e)
{
	const struct index *ids = p->rules->ids;

	for (size_t i = 0; only != NULL && i < only->count; i++) {
		struct slice pattern = only->items[i].text;
		bool found = false;

		for (size_t k = 0; !found && k < index_count(ids); k++)
			found = is_like(pattern, index_name(ids, k));
		if (!found)
			return err_set(e, ERR_USAGE,
			    "only: no rule is like '%.*s'", (int)pattern.n,
			    pattern.p);
	}
	return true;
}

static bool
check_case(const struct plan *p, const struct value *v, struct err *e)
{
	const struct value *record = value_get(v, "record");
	const struct value *expect = value_get(v, "expect");
	const struct value *only = value_get(v, "only");
	const struct value *before = value_get(v, "before");

	if (v->type != JSON_OBJECT || record == NULL || expect == NULL ||
	    expect->type != JSON_ARRAY)
		return err_set(e, ERR_USAGE,
		    "a case has a record (object) and expect (array of ids)");
	if ((only != NULL && only->type != JSON_ARRAY) ||
	    (before != NULL && before->type != JSON_ARRAY))
		return err_set(e, ERR_USAGE,
		    "only is an array of ids, before one of records");
	return check_members(v, e) && check_only(p, only, e);
}

static bool
run_case(struct cases *c, struct slice line, struct buf *to, struct err *e)
{
	struct value *v = value_parse(c->arena, line.p, line.n, e);
	const struct value *record = value_get(v, "record");
	const struct value *expect = value_get(v, "expect");
	struct judgement g;
	struct buf say = { 0 };
	bool same;

	if (v == NULL || !check_case(c->plan, v, e))
		return false;
	if (!judge_all(c, value_get(v, "before"), record, &g, e))
		return false;
	note_shown(c, &g);
	same = compare(c->plan, &g, expect, value_get(v, "only"), &say);
	c->failed += !same;
	buf_addf(to, "%s %zu - ", same ? "ok" : "not ok", ++c->number);
	put_name(to, value_text(v, "case", ""));
	buf_addc(to, '\n');
	buf_add_slice(to, buf_slice(&say));
	buf_release(&say);
	return true;
}

bool
cases_run(struct cases *c, const char *name, struct slice text, struct buf *to,
    struct err *e)
{
	struct slice rest = text, line;
	size_t before = c->number;
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
	if (ok && c->number == before)
		return err_set(e, ERR_USAGE, "%s: there is no case", name);
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
