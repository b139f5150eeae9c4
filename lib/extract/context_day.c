/*
 * Days: what a report tells of an earlier one before it comes to this time.
 *
 * "1月8日…。1月24日本次…": of the sentences that begin with a day those before
 * one that says this time are history.
 */
#include "extract/context_part.h"

#include "extract/reading_part.h"

#define LABEL 12 /* bytes of a bracket, a point or a ring before the day */

static size_t
digits(struct slice s, size_t at)
{
	size_t n = 0;

	while (at + n < s.n && s.p[at + n] >= '0' && s.p[at + n] <= '9')
		n++;
	return n;
}

static size_t
takes(struct slice s, size_t at, const char *word)
{
	return slice_starts((struct slice){ s.p + at, s.n - at }, word)
	    ? strlen(word)
	    : 0;
}

/* The bytes of a number of at most that many digits and its sign, or 0. */
static size_t
part(struct slice s, size_t at, size_t most, const char *word, bool strokes)
{
	size_t n = digits(s, at), sign;

	if (n == 0 || n > most)
		return 0;
	sign = takes(s, at + n, word);
	if (sign == 0 && strokes && at + n < s.n &&
	    strchr("-/.", s.p[at + n]) != NULL)
		sign = 1;
	return sign == 0 ? 0 : n + sign;
}

static unsigned
number(struct slice s, size_t at)
{
	unsigned n = 0;

	while (at < s.n && s.p[at] >= '0' && s.p[at] <= '9')
		n = n * 10 + (unsigned)(s.p[at++] - '0');
	return n;
}

/*
 * "3/12": of a month and with nothing behind it that it could count, which
 * "1/2瓶" has.
 */
static size_t
short_day_end(struct slice s, size_t at)
{
	static const char *const counted[] = { "瓶", "套", "份", "次", "管",
		"页", "张", NULL };
	size_t month = part(s, at, 2, "/", false);
	size_t day = month == 0 ? 0 : digits(s, at + month), end;

	if (day == 0 || day > 2 || number(s, at) > 12 || number(s, at) == 0 ||
	    number(s, at + month) > 31 || number(s, at + month) == 0)
		return 0;
	end = at + month + day;
	if (end < s.n && strchr("/.-%", s.p[end]) != NULL)
		return 0;
	for (size_t i = 0; counted[i] != NULL; i++)
		if (takes(s, end, counted[i]) > 0)
			return 0;
	return end;
}

/*
 * The end of "2026-02-03", "2月3日", "2026年2月3日", "2/3" at a place, or 0.
 */
static size_t
day_end(struct slice s, size_t at)
{
	size_t year = digits(s, at) == 4 ? part(s, at, 4, "年", true) : 0;
	size_t month = part(s, at + year, 2, "月", year > 0);
	size_t day = digits(s, at + year + month);

	if (month == 0 || day == 0 || day > 2)
		return short_day_end(s, at);
	at += year + month + day;
	return at + takes(s, at, "日") + takes(s, at, "号");
}

static struct slice
sentence(const struct reading *r, const struct clause *first)
{
	const struct clause *c = first;

	while (c + 1 < r->clauses + r->nclauses &&
	    c[1].sentence == first->sentence)
		c++;
	return slice_span(r->view.text.p + first->from, r->view.text.p + c->to);
}

/* Where a sentence goes on behind the day that it begins with, or 0. */
static size_t
behind_day(struct slice s)
{
	for (size_t at = 0; at < s.n && at < LABEL; at++) {
		size_t end = day_end(s, at);

		if (end != 0)
			return end;
		if (digits(s, at) > 0 && takes(s, at + digits(s, at), ".") == 0)
			return 0;
	}
	return 0;
}

static bool
is_of_this_time(struct slice s, size_t at)
{
	static const char *const words[] = { "本次", "此次", "今日", "今天",
		"最新", "(本次", ":本次", "(今", NULL };

	for (size_t i = 0; words[i] != NULL; i++)
		if (takes(s, at, words[i]) > 0)
			return true;
	return false;
}

void
reading_mark_days(struct reading *r)
{
	bool earlier = false;

	r->this_time = 0;
	for (size_t i = 0; i < r->nclauses; i++) {
		const struct clause *c = &r->clauses[i];
		struct slice s;
		size_t at;

		if (i > 0 && c[-1].sentence == c->sentence)
			continue;
		s = sentence(r, c);
		at = behind_day(s);
		if (earlier && is_of_this_time(s, at))
			r->this_time = c->sentence;
		earlier |= at > 0;
	}
}

/* Whether words between two places lead back to this time: "1月8日…,现…". */
static bool
comes_to_now(const struct reading *r, uint32_t from, uint32_t to)
{
	static const char *const words[] = { "本次", "此次", "今", "目前", "现",
		"最新", NULL };
	const char *p = r->view.text.p;

	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].to <= to; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);

		if (w->role != ROLE_CUE || w->value >> 8 != CUE_RESUMES)
			continue;
		for (size_t i = 0; words[i] != NULL; i++)
			if (slice_starts(
				slice_span(p + h->from, p + h->to), words[i]))
				return true;
	}
	return false;
}

bool
context_is_of_earlier_day(
    const struct reading *r, const struct clause *first, uint32_t at)
{
	return first->sentence < r->this_time &&
	    behind_day(sentence(r, first)) > 0 &&
	    !comes_to_now(r, first->from, at);
}
