/*
 * What changed between two summaries: the rules that stand otherwise now, in
 * the order of the newer one, then those that it lacks.
 */
#include <stdio.h>

#include "base/hash.h"
#include "rules/report.h"

static const struct rule_lines *
find(const struct index *ids, const struct summary *s, struct slice id)
{
	long i = index_find(ids, id);

	return i < 0 ? NULL : &s->rules[i];
}

static struct index *
ids_of(const struct summary *s)
{
	struct index *ids = index_new();

	for (size_t i = 0; i < s->nrules; i++)
		index_add(ids, s->rules[i].rule, NULL);
	return ids;
}

/* The share of failures in hundredths of a percent, or -1. */
static long
share_of(const struct rule_lines *l)
{
	if (l == NULL || l->total.applicable == 0)
		return -1;
	return (long)(l->total.fail * 10000 / l->total.applicable);
}

static void
put_change(long was, long is, char text[32])
{
	long change = is - was, size = change < 0 ? -change : change;

	text[0] = '\0';
	if (was >= 0 && is >= 0)
		snprintf(text, 32, "%c%ld.%02ld%%", change < 0 ? '-' : '+',
		    size / 100, size % 100);
}

static const char *
standing_of(const struct rule_lines *l)
{
	return l == NULL ? "absent" : standing_name(rule_standing(l));
}

static void
put_change_of(
    const struct rule_lines *was, const struct rule_lines *is, struct buf *b)
{
	const struct rule_lines *either = is != NULL ? is : was;
	const struct count_line none = { 0 };
	const struct count_line *x = was == NULL ? &none : &was->total;
	const struct count_line *y = is == NULL ? &none : &is->total;
	char counts[4][24], change[32];
	const uint64_t numbers[] = { x->fail, x->applicable, y->fail,
		y->applicable };

	if (was != NULL && is != NULL &&
	    rule_standing(was) == rule_standing(is))
		return;
	for (size_t i = 0; i < 4; i++)
		snprintf(counts[i], sizeof(counts[i]), "%llu",
		    (unsigned long long)numbers[i]);
	put_change(share_of(was), share_of(is), change);
	table_put_row(b,
	    (const struct slice[]){ either->rule,
		slice_of(severity_name(either->severity)),
		slice_of(standing_of(was)), slice_of(standing_of(is)),
		slice_of(counts[0]), slice_of(counts[1]), slice_of(counts[2]),
		slice_of(counts[3]), slice_of(change), either->message },
	    10);
}

void
report_diff(
    const struct summary *before, const struct summary *now, struct buf *b)
{
	struct index *old = ids_of(before), *new = ids_of(now);

	buf_adds(b,
	    "rule,severity,was,is,was_fail,was_applicable,fail,applicable,"
	    "change,message\n");
	for (size_t i = 0; i < now->nrules; i++)
		put_change_of(
		    find(old, before, now->rules[i].rule), &now->rules[i], b);
	for (size_t i = 0; i < before->nrules; i++)
		if (index_find(new, before->rules[i].rule) < 0)
			put_change_of(&before->rules[i], NULL, b);
	index_free(old);
	index_free(new);
}
