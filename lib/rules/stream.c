#include "rules/stream.h"

#include "base/ascii.h"
#include "base/mem.h"
#include "rules/bucket.h"
#include "rules/report.h"

#define MOST_NAMED 3 /* groups in a reason */

bool
stream_is(enum check c)
{
	return c == CHECK_ROW_COUNT || c == CHECK_RATE || c == CHECK_DISTINCT ||
	    c == CHECK_MEAN || c == CHECK_QUANTILE || c == CHECK_FRESH;
}

bool
stream_is_threshold(enum check c)
{
	return stream_is(c) || c == CHECK_DRIFT;
}

/* --- arguments ---------------------------------------------------------------- */

/* "50%", "0.5": from 0, the smallest value, to 1. */
static bool
read_share(struct slice text, struct arena *a, struct decimal *to)
{
	struct err e;
	bool percent = text.n > 0 && text.p[text.n - 1] == '%';
	struct decimal one = decimal_of_long(1, a);

	err_clear(&e);
	text.n -= percent;
	if (!decimal_parse(text, a, to, &e))
		return false;
	to->exponent -= percent ? 2 : 0;
	return decimal_sign(to) >= 0 && decimal_cmp(to, &one) <= 0;
}

static bool
parse_quantile(
    struct slice *arg, struct arena *a, struct stream_arg *to, struct err *e)
{
	struct slice share;

	if (!slice_next(arg, ' ', &share) || !read_share(share, a, &to->share))
		return err_set(e, ERR_USAGE,
		    "quantile takes a share and an interval: 50%% [3.9,6.1]");
	*arg = slice_trim(*arg);
	return true;
}

/* "[95%,]": without the signs that end its bounds, and how many they are. */
static struct slice
without_percent(struct slice arg, struct arena *a, size_t *signs)
{
	char *to = arena_alloc(a, arg.n + 1);
	struct slice text = { to, 0 };

	*signs = 0;
	for (size_t i = 0; i < arg.n; i++) {
		bool ends = arg.p[i] == '%' && i > 0 &&
		    is_digit((unsigned char)arg.p[i - 1]) &&
		    (i + 1 == arg.n || strchr(" ,])", arg.p[i + 1]) != NULL);

		*signs += ends;
		if (!ends)
			to[text.n++] = arg.p[i];
	}
	return text;
}

static bool
is_share(const struct bound *b, const struct decimal *most)
{
	return !b->there ||
	    (!b->is_date && !b->now && decimal_sign(&b->number) >= 0 &&
		decimal_cmp(&b->number, most) <= 0);
}

/* Shares, or percentages, and not one of each. */
static bool
parse_rate(struct slice arg, struct resolver *with, struct stream_arg *to,
    struct err *e)
{
	struct interval *i = &to->interval;
	size_t signs;
	struct decimal most;

	arg = without_percent(arg, with->arena, &signs);
	to->percent = signs > 0;
	most = decimal_of_long(to->percent ? 100 : 1, with->arena);
	if (!interval_parse(arg, with, i, e))
		return false;
	return (is_share(&i->low, &most) && is_share(&i->high, &most) &&
		   (signs == 0 ||
		       signs == (size_t)i->low.there + i->high.there)) ||
	    err_set(e, ERR_USAGE,
		"rate takes shares from 0 to 1, or all of its bounds from 0%% "
		"to 100%%: [95%%,]");
}

bool
stream_parse(enum check c, struct slice arg, struct resolver *with,
    struct stream_arg *to, struct err *e)
{
	static const char overall[] = " overall";
	size_t n = sizeof(overall) - 1;

	*to = (struct stream_arg){ .overall = false };
	if (arg.n > n && memcmp(arg.p + arg.n - n, overall, n) == 0) {
		to->overall = true;
		arg = slice_trim((struct slice){ arg.p, arg.n - n });
	}
	if (c == CHECK_FRESH) {
		with->uses_now = true;
		return expr_duration(arg, &to->age) ||
		    err_set(e, ERR_USAGE,
			"fresh takes how old the newest may be: 2d, 12h");
	}
	if (c == CHECK_QUANTILE && !parse_quantile(&arg, with->arena, to, e))
		return false;
	if (c == CHECK_RATE)
		return parse_rate(arg, with, to, e);
	return interval_parse(arg, with, &to->interval, e);
}

/* --- values -------------------------------------------------------------------- */

struct judging {
	struct summary *s;
	enum check check;
	struct stream_arg arg;
	struct date now;
	bool has_now;
	struct arena *arena; /* of one line */
};

/*
 * The smallest value that so large a share of all are not above: of the
 * buckets, whose labels are their values cut.
 */
static bool
quantile_of(const struct bins *b, const struct decimal *share, struct arena *a,
    struct decimal *to)
{
	struct spots s = bins_spots(b, a);
	struct decimal all = decimal_of_long((long long)s.count, a), rank, half;
	struct err e = { 0 };
	long long least = 0;

	if (s.n == 0 || !decimal_mul(&all, share, a, &rank, &e))
		return false;
	if (!decimal_is_integer(&rank)) { /* up to the next whole number */
		decimal_parse(SLICE("0.5"), a, &half, &e);
		if (!decimal_add(&rank, &half, a, &rank, &e))
			return false;
		rank = decimal_places(&rank, 0, a);
	}
	decimal_long(&rank, &least);
	*to = spots_at(&s, (uint64_t)least)->number;
	return true;
}

static bool
share_of(
    const struct judging *j, const struct count_line *c, struct decimal *to)
{
	struct decimal all =
	    decimal_of_long((long long)c->applicable, j->arena);
	struct decimal there =
	    decimal_of_long((long long)((c->applicable - c->fail - c->error) *
				(j->arg.percent ? 100 : 1)),
		j->arena);
	struct err e = { 0 };

	return c->applicable > 0 && decimal_div(&there, &all, j->arena, to, &e);
}

static bool
mean_of(const struct judging *j, const struct metric *m, struct decimal *to)
{
	struct decimal sum, n;
	struct err e = { 0 };

	if (m == NULL || m->values == 0)
		return false;
	sum = total_decimal(&m->sum, j->arena);
	n = decimal_of_long((long long)m->values, j->arena);
	return decimal_div(&sum, &n, j->arena, to, &e);
}

/* False where there is nothing to judge. */
static bool
value_of(
    const struct judging *j, const struct count_line *c, struct decimal *to)
{
	switch (j->check) {
	case CHECK_ROW_COUNT:
		*to = decimal_of_long((long long)c->applicable, j->arena);
		return true;
	case CHECK_RATE:
		return share_of(j, c, to);
	case CHECK_DISTINCT:
		if (c->metric == NULL || c->metric->distinct == NULL)
			return false;
		*to = decimal_of_long(
		    (long long)distinct_count(c->metric->distinct), j->arena);
		return true;
	case CHECK_MEAN:
		return mean_of(j, c->metric, to);
	default:
		return quantile_of(&c->bins, &j->arg.share, j->arena, to);
	}
}

/* --- lines ----------------------------------------------------------------------- */

/* A day is as old as its end: 2d before the 3rd is the 1st. */
static bool
judge_fresh(const struct judging *j, struct count_line *c)
{
	const struct metric *m = c->metric;
	struct date newest, last;
	char text[DATE_TEXT];
	size_t n;

	if (m == NULL || !m->dated || !j->has_now)
		return false;
	newest = date_of_seconds(m->newest, j->s->zone);
	last = date_of_seconds(m->newest + j->arg.age, j->s->zone);
	if (m->day) {
		newest.precision = DATE_DAY;
		newest.zone = DATE_NO_ZONE;
		if (j->arg.age % 86400 == 0) {
			last.precision = DATE_DAY;
			last.zone = DATE_NO_ZONE;
		}
	}
	c->level = expr_date_cmp(&last, &j->now, j->s->zone) >= 0
	    ? LEVEL_WITHIN
	    : LEVEL_OUTSIDE;
	n = date_print(&newest, text);
	c->value = arena_slice(j->s->arena, (struct slice){ text, n });
	return true;
}

static void
judge_line(const struct judging *j, struct count_line *c)
{
	struct decimal d;

	c->level = LEVEL_NONE;
	c->value = SLICE("");
	arena_reset(j->arena);
	if (j->check == CHECK_FRESH) {
		judge_fresh(j, c);
		return;
	}
	if (!value_of(j, c, &d))
		return;
	c->level = interval_holds_number(&j->arg.interval, &d) ? LEVEL_WITHIN
							       : LEVEL_OUTSIDE;
	c->value = arena_slice(j->s->arena, decimal_text(&d, j->arena));
	if (j->arg.percent)
		c->value = slice_of(arena_printf(
		    j->s->arena, "%.*s%%", (int)c->value.n, c->value.p));
}

/* --- rules ----------------------------------------------------------------------- */

/* "呼吸一科: 5.2 ∉ [3,5]; 肾内科: …; +2" */
static void
add_reason(struct summary *s, struct rule_lines *l, const struct count_line *c,
    size_t before, struct buf *b)
{
	if (before >= MOST_NAMED)
		return;
	if (before > 0)
		buf_adds(b, "; ");
	if (c->by.n > 0) {
		report_put_group(c->by, false, s->arena, b);
		buf_adds(b, ": ");
	}
	buf_addf(b, "%.*s ∉ %.*s", (int)c->value.n, c->value.p, (int)l->arg.n,
	    l->arg.p);
}

static bool
is_overall(const struct summary *s, const struct rule_lines *l)
{
	static const char overall[] = " overall";
	size_t n = sizeof(overall) - 1;

	return s->nby == 0 || l->ngroups == 0 ||
	    (l->arg.n > n && memcmp(l->arg.p + l->arg.n - n, overall, n) == 0);
}

void
stream_conclude(struct summary *s, struct rule_lines *l)
{
	bool overall = is_overall(s, l);
	size_t n = overall ? 1 : l->ngroups, outside = 0;
	struct buf b = { 0 };

	l->stands = LEVEL_NONE;
	for (size_t i = 0; i < n; i++) {
		const struct count_line *c =
		    overall ? &l->total : &l->groups[i];

		if (c->level > l->stands)
			l->stands = c->level;
		if (c->level == LEVEL_OUTSIDE)
			add_reason(s, l, c, outside++, &b);
	}
	if (outside > MOST_NAMED)
		buf_addf(&b, "; +%zu", outside - MOST_NAMED);
	buf_addc(&b, '\0');
	l->why = outside == 0
	    ? NULL
	    : arena_dup(s->arena, buf_slice(&b).p, buf_slice(&b).n);
	buf_release(&b);
}

void
stream_judge(struct summary *s)
{
	struct arena *a = arena_new();
	struct judging j = { .s = s, .arena = arena_new() };

	j.has_now = date_parse(s->now, &j.now, NULL);
	for (size_t i = 0; i < s->nrules; i++) {
		struct rule_lines *l = &s->rules[i];
		struct resolver with = { .arena = a };
		struct err e = { 0 };

		l->stands = LEVEL_NONE;
		l->why = NULL;
		if (!check_named(l->check, &j.check) || !stream_is(j.check))
			continue;
		arena_reset(a);
		if (!stream_parse(j.check, l->arg, &with, &j.arg, &e))
			continue;
		judge_line(&j, &l->total);
		for (size_t k = 0; k < l->ngroups; k++)
			judge_line(&j, &l->groups[k]);
		stream_conclude(s, l);
	}
	arena_free(j.arena);
	arena_free(a);
}
