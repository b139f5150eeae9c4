#include "rules/reread.h"

#include "rules/stream.h"

#define MOST_LOST 100000 /* thousandths, of one record */

static bool
check_same(const struct summary *s, const char *name, const struct plan *p,
    struct err *e)
{
	const struct ruleset *rules = p->rules;
	char logic[7 + 65];

	for (size_t i = 0; i < s->nrules && i < rules->n; i++)
		if (!slice_eq(s->rules[i].rule, rules->rules[i]->id))
			return err_set(e, ERR_USAGE,
			    "%s: rule '%.*s' stands where the rules now have "
			    "'%.*s': give the packs, rules and --only of that "
			    "run, or check again",
			    name, (int)s->rules[i].rule.n, s->rules[i].rule.p,
			    (int)rules->rules[i]->id.n, rules->rules[i]->id.p);
	if (s->nrules != rules->n)
		return err_set(e, ERR_USAGE,
		    "%s: has %zu rules, now there are %zu: give the packs, "
		    "rules and --only of that run, or check again",
		    name, s->nrules, rules->n);
	plan_logic(p, logic);
	return slice_is(s->logic, logic) ||
	    err_set(e, ERR_USAGE,
		"%s: a rule's kind, field, check, arg, when or missing, or "
		"--zone, is not what it was: check again",
		name);
}

/* What so many failures cost under other points. */
static uint64_t
recount(
    uint64_t lost, uint64_t records, uint64_t fail, unsigned was, unsigned is)
{
	uint64_t more = fail * is, less = fail * was,
		 most = records * MOST_LOST;

	lost = lost + more < less ? 0 : lost + more - less;
	return lost < most ? lost : most;
}

static void
change_points(struct summary *s, const struct rule_lines *l, unsigned was)
{
	s->lost = recount(s->lost, s->records, l->total.fail, was, l->points);
	for (size_t i = 0; i < l->ngroups; i++) {
		struct group_line *g = summary_group(s, l->groups[i].by);

		if (g != NULL)
			g->lost = recount(g->lost, g->records,
			    l->groups[i].fail, was, l->points);
	}
}

bool
summary_reread(struct summary *s, const char *name, const struct plan *p,
    bool *rough, struct err *e)
{
	uint64_t most = 0;
	bool changed = false;

	if (!check_same(s, name, p, e))
		return false;
	for (size_t i = 0; i < s->nrules; i++) {
		struct rule_lines *l = &s->rules[i], old = *l;

		tally_head(l, &p->tests[i], s->arena);
		l->open = old.open;
		l->stream = old.stream;
		l->unread = old.unread;
		l->lacks = old.lacks;
		l->columns = old.columns;
		l->ncolumns = old.ncolumns;
		l->total = old.total;
		l->groups = old.groups;
		l->ngroups = old.ngroups;
		l->room = old.room;
		most += old.points > l->points ? old.points : l->points;
		if (l->points == old.points)
			continue;
		changed = true;
		change_points(s, l, old.points);
	}
	stream_judge(s);
	*rough = changed && most > MOST_LOST;
	return true;
}
