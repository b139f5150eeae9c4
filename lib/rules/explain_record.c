#include "rules/cond_tree.h"
#include "rules/explain.h"
#include "rules/uses.h"

struct teller {
	const struct plan *plan;
	struct judge *judge;
	struct arena *arena;
	struct buf *to;
};

/* --- values --------------------------------------------------------------------- */

static const char *
class_of(struct datum *d, struct arena *a)
{
	static const char *const missing[] = { [VALUE_ABSENT] = "not there",
		[VALUE_NULL] = "null",
		[VALUE_EMPTY] = "blank text",
		[VALUE_PLACEHOLDER] = "a placeholder" };

	if (datum_missing(d))
		return missing[d->presence];
	switch (d->json.type) {
	case JSON_NUMBER:
		return "a number";
	case JSON_STRING:
		return datum_number(d, a) ? "text that is a number"
		    : datum_date(d)       ? "text that is a date"
					  : "text";
	case JSON_ARRAY:
		return arena_printf(a, "an array of %zu", json_length(d->json));
	case JSON_OBJECT:
		return "an object";
	default:
		return "true or false";
	}
}

/* "value: a number"; of several values the classes, each once. */
static void
put_field(struct teller *t, size_t field)
{
	const struct cells *c = judge_cells(t->judge, field);
	struct slice path = t->plan->fields[field].path;
	struct index *said = index_new();
	bool fresh;

	buf_addf(t->to, "%.*s: ", (int)path.n, path.p);
	if (c->fault)
		buf_adds(t->to, "a reference has no one row");
	else if (c->n == 0)
		buf_adds(t->to, "no element");
	for (size_t i = 0; i < c->n; i++) {
		const char *class = class_of(&c->list[i], t->arena);

		index_add(said, slice_of(class), &fresh);
		if (fresh)
			buf_addf(t->to, "%s%s", i > 0 ? ", " : "", class);
	}
	index_free(said);
}

static void
put_used(void *ctx, size_t field)
{
	struct teller *t = ctx;

	buf_adds(t->to, "    ");
	put_field(t, field);
	buf_addc(t->to, '\n');
}

static void
put_test(void *ctx, const struct cond *c)
{
	static const char *const words[] = {
		[FALSE_] = "false", [TRUE_] = "true", [UNKNOWN] = "unknown"
	};
	struct teller *t = ctx;
	size_t field = c->kind == COND_NOT ? c->left->field : c->field;

	buf_addf(t->to, "    %-8s %.*s", words[judge_condition(t->judge, c)],
	    (int)c->text.n, c->text.p);
	if (field != NO_FIELD) {
		buf_adds(t->to, "   (");
		put_field(t, field);
		buf_addc(t->to, ')');
	}
	buf_addc(t->to, '\n');
}

/* --- verdicts --------------------------------------------------------------------- */

static void
put_places(
    struct teller *t, const struct judgement *g, const struct verdict_of *v)
{
	const char *before = " at ";

	for (size_t i = 0; i < v->n; i++) {
		struct slice place = g->places[v->first + i];

		if (place.n == 0)
			continue;
		buf_addf(t->to, "%s%.*s", before, (int)place.n, place.p);
		before = ", ";
	}
}

static void
put_values(struct teller *t, const struct test *test)
{
	if (test->field != NO_FIELD)
		put_used(t, test->field);
	uses_fields(test, put_used, t);
}

/* Why a rule did not look at the record. */
static void
put_not_applied(struct teller *t, const struct test *test, struct slice kind)
{
	const struct rule *r = test->rule;

	buf_adds(t->to, "does not apply: ");
	if (!rule_of_kind(r, kind)) {
		buf_addf(t->to,
		    "it is for other kinds of records than '%.*s'\n",
		    (int)kind.n, kind.p);
	} else if (test->when != NULL &&
	    judge_condition(t->judge, test->when) != TRUE_) {
		buf_adds(t->to, "its condition is not true\n");
		uses_tests(test->when, put_test, t);
	} else if (r->per_value || r->check == CHECK_COVERS ||
	    r->check == CHECK_PRESENT) {
		buf_adds(t->to, "it counts over the stream, not a record\n");
		put_values(t, test);
	} else {
		buf_adds(t->to, "no value that it can judge\n");
		put_values(t, test);
	}
}

/* Of a schema that is one rule, the keywords that fail. */
static void
put_keywords(struct teller *t, const struct test *test, size_t number)
{
	const struct schema_verdicts *g = judge_keywords_of(t->judge, number);

	for (size_t i = 0; g != NULL && i < g->n; i++) {
		const struct schema_verdict *v = &g->list[i];
		struct slice at = schema_rule(test->schema, v->rule)->pointer;

		if (!v->failed && v->fault == NULL)
			continue;
		buf_addf(t->to, "    %.*s", (int)at.n, at.p);
		if (!v->failed)
			buf_addf(t->to, ": %s", v->fault);
		for (size_t k = 0; k < v->n; k++) {
			struct slice place = g->places[v->first + k];

			buf_addf(t->to, "%s%.*s", k == 0 ? " at " : ", ",
			    (int)place.n, place.p);
		}
		buf_addc(t->to, '\n');
	}
}

static void
put_verdict(
    struct teller *t, const struct judgement *g, const struct verdict_of *v)
{
	const struct test *test = &t->plan->tests[v->test];

	bool counted = check_is(test->rule->check, CHECK_STREAM);

	buf_adds(t->to,
	    v->failed      ? "fails"
		: v->fault ? "error"
		: counted  ? "is counted"
			   : "passes");
	if (v->failed)
		put_places(t, g, v);
	if (v->fault)
		buf_addf(t->to, ": %s", judge_why(t->judge, v->test));
	buf_addf(t->to, "\n    %s%s%.*s\n", check_name(test->rule->check),
	    test->rule->arg.n > 0 ? " " : "", (int)test->rule->arg.n,
	    test->rule->arg.p);
	put_keywords(t, test, v->test);
	put_values(t, test);
	uses_tests(test->when, put_test, t);
}

/* What the judge handed out is copied: asking why judges anew. */
static void
keep(struct judgement *g, struct arena *a)
{
	size_t places = 0;

	for (size_t i = 0; i < g->n; i++)
		if (g->list[i].first + g->list[i].n > places)
			places = g->list[i].first + g->list[i].n;
	g->list = arena_dup(a, g->list, g->n * sizeof(*g->list));
	g->places = arena_dup(a, g->places, places * sizeof(*g->places));
}

bool
explain_record(const struct plan *p, struct bench *b, struct slice record,
    struct slice kind, struct buf *to, struct err *e)
{
	struct teller t = { .plan = p, .judge = bench_last(b), .to = to };
	struct judgement g;
	size_t next = 0;

	bench_clear(b);
	if (!bench_judge(b, record, kind, &g, e))
		return false;
	t.arena = arena_new();
	keep(&g, t.arena);
	kind = bench_kind(b, kind);
	for (size_t i = 0; i < p->rules->n; i++) {
		const struct rule *r = p->rules->rules[i];

		buf_addf(to, "%.*s  ", (int)r->id.n, r->id.p);
		if (next < g.n && g.list[next].test == i)
			put_verdict(&t, &g, &g.list[next++]);
		else
			put_not_applied(&t, &p->tests[i], kind);
	}
	arena_free(t.arena);
	return true;
}
