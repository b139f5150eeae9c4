#include "rules/limits.h"
#include "rules/plan.h"

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

void
plan_explain(const struct plan *p, size_t number, struct buf *b)
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
	buf_addf(b, "  %-10s %s\n", "missing",
	    r->missing_fails ? "fails" : "is not judged");
	put_line(b, "max_fail", r->max_fail);
	put_line(b, "owner", r->owner);
	put_line(b, "rationale", r->rationale);
	buf_addf(b, "  %-10s %s:%llu%s\n", "from", r->path,
	    (unsigned long long)r->line, r->of != NULL ? " (generated)" : "");
	buf_addf(b, "  %-10s %s\n", "plan",
	    is_guarded(p, number)
		? "by index: costs only records with its constant"
		: t->when != NULL ? "condition on every record of its kinds"
				  : "every record of its kinds");
	buf_addf(b, "  %-10s %s\n\n", "memory",
	    check_is(r->check, CHECK_OPEN)
		? "O(keys), up to --memory, then --spill"
		: "O(1)");
}
