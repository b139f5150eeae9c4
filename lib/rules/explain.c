#include "rules/explain.h"

#include "rules/limits.h"
#include "rules/uses.h"

static void
put_line(struct buf *b, const char *name, struct slice text)
{
	if (text.n > 0)
		buf_addf(b, "  %-10s %.*s\n", name, (int)text.n, text.p);
}

static bool
is_guarded(const struct plan *p, size_t rule)
{
	for (size_t i = 0; i <= index_count(p->kinds); i++) {
		const struct kind_plan *k = &p->by_kind[i];

		for (size_t j = 0; j < k->nalways; j++)
			if (k->always[j] == rule)
				return false;
	}
	return true;
}

static const char *
cost_of(const struct test *t)
{
	if (check_is(t->rule->check, CHECK_OPEN))
		return "a digest of the value and a look into the keys";
	if (check_is(t->rule->check, CHECK_WATCH))
		return "a look at the window of its series";
	if (check_is(t->rule->check, CHECK_MEASURE))
		return "a value into the counts of its group";
	switch (t->rule->check) {
	case CHECK_JQ:
		return "jq reads the record: by far the dearest";
	case CHECK_REGEX:
	case CHECK_CLEAN:
	case CHECK_LENGTH:
		return "by the length of the text";
	case CHECK_KEYWORD:
		return "with all rules of its schema, in one walk over the "
		       "value";
	case CHECK_SCHEMA:
		return "a walk over the value, once a record";
	case CHECK_COUNT:
		return "by the number of elements";
	case CHECK_COMPARE:
	case CHECK_NEVER:
		return "an expression, its numbers and dates read once a "
		       "record";
	case CHECK_RANGE:
	case CHECK_DATE:
	case CHECK_PRECISION:
	case CHECK_REFERENCE:
		return "a number or date, read once a record";
	default:
		return "a glance or a look-up";
	}
}

static const char *
memory_of(const struct test *t)
{
	if (t->rule->check == CHECK_FOREIGN_KEY)
		return "O(orphans), up to --memory, then --spill";
	if (rule_is_open(t->rule))
		return "O(keys), some 40 bytes and an id each, up to "
		       "--memory, then --spill";
	if (check_is(t->rule->check, CHECK_MEASURE))
		return "O(groups), up to --max-groups";
	return check_is(t->rule->check, CHECK_WATCH) ? "O(series x window)"
						     : "O(1)";
}

struct asked {
	size_t reference;
	bool found;
};

static void
ask(void *ctx, size_t reference)
{
	struct asked *a = ctx;

	a->found = a->found || a->reference == reference;
}

/* `person` in person(person_id).birth_date, in foreign_key and such. */
static bool
reads(const struct plan *p, const struct test *t, size_t reference)
{
	struct buf name = { 0 };
	struct asked asked = { reference, false };
	bool found;

	buf_add_slice(&name, p->references[reference]->name);
	buf_addc(&name, '(');
	uses_keys(t, ask, &asked);
	found = asked.found ||
	    slice_find(t->rule->arg, buf_slice(&name)) != NULL ||
	    slice_find(t->rule->when, buf_slice(&name)) != NULL ||
	    slice_find(t->rule->field, buf_slice(&name)) != NULL;
	buf_release(&name);
	return found;
}

static void
put_references(const struct plan *p, const struct test *t, struct buf *b)
{
	for (size_t i = 0; i < p->nreferences; i++) {
		const struct reference *r = p->references[i];

		if (reads(p, t, i))
			buf_addf(b,
			    "  %-10s %.*s by %.*s, O(rows) of memory, up to "
			    "--memory, then --spill\n",
			    "reads", (int)r->name.n, r->name.p, (int)r->key.n,
			    r->key.p);
	}
}

static void
put_cost(const struct plan *p, size_t number, struct buf *b)
{
	const struct test *t = &p->tests[number];

	buf_addf(b, "  %-10s %s\n", "plan",
	    t->rule->check != CHECK_KEYWORD && is_guarded(p, number)
		? "by index: costs only records with its constant"
		: t->when != NULL ? "condition on every record of its kinds"
				  : "every record of its kinds");
	buf_addf(b, "  %-10s %s\n", "cost", cost_of(t));
	buf_addf(b, "  %-10s %s\n", "memory", memory_of(t));
	put_references(p, t, b);
}

void
explain_rule(const struct plan *p, size_t number, struct buf *b)
{
	const struct test *t = &p->tests[number];
	const struct rule *r = t->rule;

	buf_addf(
	    b, "%.*s  %s\n", (int)r->id.n, r->id.p, severity_name(r->severity));
	put_line(b, "message", r->message);
	put_line(b, "", r->message_en);
	buf_addf(b, "  %-10s ", "kinds");
	for (size_t i = 0; i < r->nkinds; i++)
		buf_addf(b, "%s%.*s", i > 0 ? ", " : "", (int)r->kinds[i].n,
		    r->kinds[i].p);
	buf_adds(b, r->nkinds == 0 ? "every record\n" : "\n");
	put_line(b, "field", r->field);
	if (r->in_indicators)
		buf_adds(b, "             under indicators\n");
	buf_addf(b, "  %-10s %s %.*s\n", "check", check_name(r->check),
	    (int)r->arg.n, r->arg.p);
	if (r->limits != NULL)
		limits_put(r->limits, "             ", b);
	put_line(b, "when", r->when);
	buf_addf(b, "  %-10s %s%s\n", "missing",
	    r->as_table            ? "is null alone"
		: r->missing_fails ? "fails"
				   : "is not judged",
	    r->check == CHECK_KEYWORD || r->check == CHECK_SCHEMA
		? "; null and blank text are values"
		: "");
	if (r->as_table)
		put_line(b, "na", slice_of(rule_na_name(r->na)));
	if (r->per_value)
		put_line(b, "per", SLICE("value"));
	put_line(b, "max_fail", r->max_fail);
	put_line(b, "owner", r->owner);
	put_line(b, "rationale", r->rationale);
	buf_addf(b, "  %-10s %s:%llu%s\n", "from", r->path,
	    (unsigned long long)r->line, r->of != NULL ? " (generated)" : "");
	put_cost(p, number, b);
	buf_addc(b, '\n');
}
