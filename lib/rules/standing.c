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

enum {
	WHY_LACKS,
	WHY_NOT_GIVEN,
	WHY_UNREAD,
	WHY_NO_MEMBER,
	WHY_NO_STREAM,
	WHY_NO_FIELD,
	WHY_EMPTY,
	WHY_NULL,
	WHY_UNAPPLIED
};

static const struct reason {
	const char *en, *zh;
} reasons[] = {
	[WHY_LACKS] = { "a reference lacks a member that is read",
	    "引用数据缺少所需字段" },
	[WHY_NOT_GIVEN] = { "a reference was not given", "未提供引用数据" },
	[WHY_UNREAD] = { "a reference could not be read", "引用数据无法读取" },
	[WHY_NO_MEMBER] = { "a member that is read does not exist",
	    "所需字段不存在" },
	[WHY_NO_STREAM] = { "the stream is not there", "没有此类数据" },
	[WHY_NO_FIELD] = { "the field does not exist", "字段不存在" },
	[WHY_EMPTY] = { "the stream is empty", "此类数据为空" },
	[WHY_NULL] = { "the field is null in every record",
	    "字段在每条记录中均为空" },
	[WHY_UNAPPLIED] = { "it applied to no record", "没有适用的记录" },
};

/* Why it could not be judged, or NULL. */
static const struct reason *
table_fault_of(const struct rule_lines *l)
{
	if (l->lacks)
		return &reasons[WHY_LACKS];
	if (l->total.error > 0)
		return l->unread ? &reasons[WHY_NOT_GIVEN]
				 : &reasons[WHY_UNREAD];
	if (slice_is(l->check, "present") || l->total.n == 0)
		return NULL;
	for (size_t i = 0; i < l->ncolumns; i++)
		if (l->columns[i].there == 0)
			return &reasons[WHY_NO_MEMBER];
	return NULL;
}

/* The first of these that fits; *why says it. */
static enum standing
table_standing(const struct rule_lines *l, const struct reason **why)
{
	bool own = l->field.n > 0 && l->ncolumns > 0;

	*why = NULL;
	if (l->na >= NA_STREAM && !l->stream)
		*why = &reasons[WHY_NO_STREAM];
	else if (l->na >= NA_FIELD && own && l->total.n > 0 &&
	    l->columns[0].there == 0)
		*why = &reasons[WHY_NO_FIELD];
	else if ((*why = table_fault_of(l)) != NULL)
		return STANDING_ERROR;
	else if ((l->na >= NA_EMPTY || l->unread) && l->total.n == 0)
		*why = &reasons[WHY_EMPTY];
	else if (l->na >= NA_FILLED && own && l->columns[0].filled == 0)
		*why = &reasons[WHY_NULL];
	else if (l->na >= NA_APPLIED && l->total.applicable == 0)
		*why = &reasons[WHY_UNAPPLIED];
	if (*why != NULL)
		return STANDING_NA;
	return over(l) ? STANDING_FAIL : STANDING_PASS;
}

enum standing
rule_standing(const struct rule_lines *l)
{
	enum check check;
	const struct reason *why;

	if (l->as_table)
		return table_standing(l, &why);
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
rule_reason_zh(const struct rule_lines *l)
{
	const struct reason *why;

	if (l->as_table) {
		table_standing(l, &why);
		return why == NULL ? NULL : why->zh;
	}
	if (l->total.n == 0)
		return "没有这类记录";
	if (slice_is(l->check, "drift"))
		return l->total.drift == DRIFT_OPEN ? "没有历史可比"
						    : "数值太少，无法比较";
	return l->conditional ? "条件从未成立，或没有值" : "字段从未出现";
}

const char *
rule_reason(const struct rule_lines *l)
{
	const struct reason *why;

	if (l->as_table) {
		table_standing(l, &why);
		return why == NULL ? NULL : why->en;
	}
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
