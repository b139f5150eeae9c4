#include "rules/cause.h"

#include "base/hash.h"
#include "rules/report.h"

/* The one department with failures, or -1. */
static long
only_part(const struct rule_lines *l, const struct parts *p, struct arena *a)
{
	long only = -1;

	for (size_t i = 0; i < l->ngroups; i++) {
		long at;

		if (l->groups[i].fail == 0)
			continue;
		at = parts_find(p, l->groups[i].by, a);
		if (at < 0 || (only >= 0 && at != only))
			return -1;
		only = at;
	}
	return only;
}

/* It stands out: others had the chance to fail. */
static bool
stands_out(const struct summary *s, const struct rule_lines *l,
    const struct parts *p, long only, struct arena *a)
{
	uint64_t *applied = arena_zalloc(a, p->n * sizeof(*applied));
	uint64_t all = 0;
	size_t departments = 0;

	for (size_t i = 0; i < s->ngroups; i++) {
		long at = parts_find(p, s->groups[i].by, a);

		if (at < 0)
			continue;
		departments += applied[at] == 0 &&
		    s->groups[i].applicable[l - s->rules] > 0;
		applied[at] += s->groups[i].applicable[l - s->rules];
		all += s->groups[i].applicable[l - s->rules];
	}
	return departments >= 3 && applied[only] * 2 <= all;
}

static void
doubt(const struct summary *s, const struct parts *p, struct cause *c,
    struct arena *a)
{
	const struct rule_lines *l = c->rules[0];
	long only;

	if (l->total.applicable >= 20 &&
	    l->total.fail * 10 >= l->total.applicable * 9) {
		c->doubt = DOUBT_ALL;
		return;
	}
	if (p->n < 3 || l->total.fail < 10)
		return;
	only = only_part(l, p, a);
	if (only < 0 || !stands_out(s, l, p, only, a))
		return;
	c->doubt = DOUBT_ONE;
	c->only = &p->list[only];
}

/* By set and number; a rule without a set is a cause of its own. */
static size_t
number_of(struct index *sets, const struct rule_lines *l, struct arena *a)
{
	const char *name = l->total.set == 0
	    ? arena_printf(a, "%.*s", (int)l->rule.n, l->rule.p)
	    : arena_printf(a, ":%llx/%llu", (unsigned long long)l->total.set,
		  (unsigned long long)l->total.fail);

	return index_add(sets, slice_of(name), NULL);
}

void
causes_find(const struct summary *s, const struct parts *p, struct arena *a,
    struct causes *to)
{
	size_t n;
	const struct rule_lines **list = report_failing(s, a, &n);
	size_t *numbers = arena_alloc(a, (n + 1) * sizeof(*numbers));
	struct index *sets = index_new();

	to->list = arena_zalloc(a, (n + 1) * sizeof(*to->list));
	for (size_t i = 0; i < n; i++) {
		numbers[i] = number_of(sets, list[i], a);
		to->list[numbers[i]].n++;
	}
	to->n = index_count(sets);
	for (size_t i = 0; i < to->n; i++) {
		to->list[i].rules =
		    arena_alloc(a, to->list[i].n * sizeof(*list));
		to->list[i].n = 0;
	}
	for (size_t i = 0; i < n; i++) {
		struct cause *c = &to->list[numbers[i]];

		c->rules[c->n++] = list[i];
	}
	for (size_t i = 0; i < to->n; i++)
		doubt(s, p, &to->list[i], a);
	index_free(sets);
}
