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

/* max_fail "2%" is a share of what applied, "25" a number; what was accepted
 * does not count. */
static bool
over(const struct rule_lines *l)
{
	struct slice m = l->max_fail;
	uint64_t fail = l->total.fail - l->total.waived;
	char text[32];

	if (m.n == 0 || m.n >= sizeof(text))
		return fail > 0;
	memcpy(text, m.p, m.n);
	text[m.n] = '\0';
	if (m.p[m.n - 1] == '%')
		return (double)fail * 100.0 >
		    strtod(text, NULL) * (double)l->total.applicable;
	return fail > strtoull(text, NULL, 10);
}

enum standing
rule_standing(const struct rule_lines *l)
{
	enum check check;

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
	if (rule_standing(l) != STANDING_NA)
		return l->why;
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
	share =
	    part <= UINT64_MAX / 10000 ? part * 10000 / n : part / (n / 10000);
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
