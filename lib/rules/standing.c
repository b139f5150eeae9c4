/*
 * What follows from the counts of a summary: thresholds are applied here, and
 * never where something is counted.
 */
#include <stdlib.h>

#include "rules/stream.h"

const char *
standing_name(enum standing s)
{
	static const char *const names[] = { "pass", "fail", "na", "error" };

	return names[s];
}

/* fail * 100 against share * applicable, exactly. */
static bool
over_share(uint64_t fail, struct slice share, uint64_t applicable)
{
	struct arena *a = arena_new();
	struct decimal hundred = decimal_of_long(100, a), f, n, s, left, right;
	struct err e = { 0 };
	bool over = decimal_parse(share, a, &s, &e);

	f = decimal_of_long((long long)fail, a);
	n = decimal_of_long((long long)applicable, a);
	over = over && decimal_mul(&f, &hundred, a, &left, &e) &&
	    decimal_mul(&s, &n, a, &right, &e) &&
	    decimal_cmp(&left, &right) > 0;
	arena_free(a);
	return over;
}

/* max_fail "2%" is a share of what applied, "25" a number; what was accepted
 * does not count. */
static bool
over(const struct rule_lines *l)
{
	struct slice m = l->max_fail;
	uint64_t fail = l->total.fail - l->total.waived;
	unsigned long long most;

	if (m.n == 0 || fail == 0)
		return fail > 0;
	if (m.p[m.n - 1] == '%')
		return over_share(
		    fail, (struct slice){ m.p, m.n - 1 }, l->total.applicable);
	return !slice_number(m, &most) || fail > most;
}

/* --- of a table ----------------------------------------------------------- */

/* Why it is not applicable, or NULL; *broken: it could not be judged. */
static const char *
table_reason(const struct rule_lines *l, bool *broken)
{
	bool own = l->field.n > 0 && l->ncolumns > 0;
	bool present = slice_is(l->check, "present");

	*broken = false;
	if (l->na >= NA_STREAM && !l->stream)
		return "the stream is not there";
	if (l->na >= NA_FIELD && own && l->total.n > 0 &&
	    l->columns[0].there == 0)
		return "the field does not exist";
	*broken = l->lacks || l->total.error > 0;
	for (size_t i = 0; !present && l->total.n > 0 && i < l->ncolumns; i++)
		*broken = *broken || l->columns[i].there == 0;
	if (*broken)
		return NULL;
	if ((l->na >= NA_EMPTY || l->unread) && l->total.n == 0)
		return "the stream is empty";
	if (l->na >= NA_FILLED && own && l->columns[0].filled == 0)
		return "the field is null in every record";
	return l->na >= NA_APPLIED && l->total.applicable == 0
	    ? "it applied to no record"
	    : NULL;
}

static enum standing
table_standing(const struct rule_lines *l)
{
	bool broken;

	if (table_reason(l, &broken) != NULL)
		return STANDING_NA;
	return broken ? STANDING_ERROR
	    : over(l) ? STANDING_FAIL
		      : STANDING_PASS;
}

enum standing
rule_standing(const struct rule_lines *l)
{
	enum check check;

	if (l->as_table)
		return table_standing(l);
	if (check_named(l->check, &check) && stream_is(check))
		return l->stands == LEVEL_OUTSIDE ? STANDING_FAIL
		    : l->total.error > 0          ? STANDING_ERROR
		    : l->stands == LEVEL_WITHIN   ? STANDING_PASS
						  : STANDING_NA;
	if (slice_is(l->check, "drift"))
		return l->total.drift == DRIFT_LARGE ? STANDING_FAIL
		    : l->total.drift == DRIFT_SMALL  ? STANDING_PASS
						     : STANDING_NA;
	if (over(l))
		return STANDING_FAIL;
	if (l->total.error > 0)
		return STANDING_ERROR;
	return l->total.applicable == 0 ? STANDING_NA : STANDING_PASS;
}

const char *
rule_reason(const struct rule_lines *l)
{
	bool broken;

	if (rule_standing(l) != STANDING_NA)
		return l->why;
	if (l->as_table)
		return table_reason(l, &broken);
	if (l->total.n == 0)
		return "no record of the kind";
	if (slice_is(l->check, "drift"))
		return l->total.drift == DRIFT_OPEN
		    ? "no history to compare with"
		    : "too few values to compare";
	return l->conditional ? "the condition was never true, or no value"
			      : "the field is never there";
}

void
put_percent(struct buf *b, uint64_t part, uint64_t n)
{
	uint64_t share;

	if (n == 0)
		return;
	if (part <= UINT64_MAX / 10000)
		share = part * 10000 / n;
	else /* more than all of it, where rows were joined */
		share = n < 10000 ? UINT64_MAX : part / (n / 10000);
	buf_addf(b, "%llu.%02llu%%", (unsigned long long)(share / 100),
	    (unsigned long long)(share % 100));
}

unsigned
score_of(uint64_t records, uint64_t lost)
{
	uint64_t most = records * 100000;

	return lost >= most ? 0 : (unsigned)((most - lost) / 10 / records);
}

unsigned
summary_score(const struct summary *s)
{
	return score_of(s->records, s->lost);
}

void
summary_standings(const struct summary *s, size_t n[4])
{
	memset(n, 0, 4 * sizeof(*n));
	for (size_t i = 0; i < s->nrules; i++)
		n[rule_standing(&s->rules[i])]++;
}

const struct rule_lines *
summary_worst(const struct summary *s, enum severity least, size_t *failing)
{
	const struct rule_lines *worst = NULL;

	*failing = 0;
	for (size_t i = 0; i < s->nrules; i++) {
		const struct rule_lines *l = &s->rules[i];

		if (l->severity < least || rule_standing(l) != STANDING_FAIL)
			continue;
		++*failing;
		if (worst == NULL ||
		    (double)l->total.fail * (double)worst->total.applicable >
			(double)worst->total.fail * (double)l->total.applicable)
			worst = l;
	}
	return worst;
}
