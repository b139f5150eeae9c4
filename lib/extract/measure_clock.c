/*
 * Numbers parted by colons: a time of day quantifies nothing, but "用时03:25" and
 * "时间:00:03:25" tell how long something took.
 */
#include "extract/measure_part.h"

#include <stdio.h>

#define PARTS 3

/* 3:25 as 3 and 25; how many parts there are, 0 if it is no clock. */
static size_t
parts_of(const struct lexer *l, unsigned part[PARTS], size_t *to)
{
	const struct slice s = l->s;
	size_t at = l->at, n = 0, digits = 0;

	part[0] = 0;
	while (lexer_is_digit(lexer_peek(l, digits)))
		part[0] = part[0] * 10 + (unsigned)(s.p[at + digits++] - '0');
	if (digits < 1 || digits > 2)
		return 0;
	at += digits;
	for (n = 1; n < PARTS && at + 2 < s.n && s.p[at] == ':' &&
	     s.p[at + 1] >= '0' && s.p[at + 1] <= '5' &&
	     lexer_is_digit(s.p[at + 2]) &&
	     (at + 3 == s.n ||
		 (!lexer_is_digit(s.p[at + 3]) && s.p[at + 3] != '.'));
	     n++, at += 3)
		part[n] = (unsigned)(s.p[at + 1] - '0') * 10 +
		    (unsigned)(s.p[at + 2] - '0');
	*to = at;
	return n > 1 ? n : 0;
}

/*
 * Whether what stands before it, or the brackets beside it, make it a length of
 * time: of hours, minutes and seconds 时间 alone does, if there are no hours.
 */
static bool
is_length(const struct lexer *l, size_t to, size_t n, unsigned first)
{
	static const struct slice words[] = { SPELT("用时"), SPELT("时长"),
		SPELT("历时"), SPELT("耗时"), SPELT("计时"), SPELT("累计"),
		SPELT("合计"), SPELT("总计"), SPELT("共计"), SPELT("总时间"),
		SPELT("消融时间"), SPELT("治疗时间"), SPELT("作用时间"),
		SPELT("照射时间"), SPELT("辐照时间"), SPELT("放电时间"),
		SPELT("通电时间"), SPELT("有效时间"), SPELT("(分:秒)"),
		SPELT("(mm:ss)"), SPELT("(min:s)"), SPELT_END };
	static const struct slice alone[] = { SPELT("时间"), SPELT("time"),
		SPELT_END };
	static const struct slice fillers[] = { SPELT(":"), SPELT("约"),
		SPELT("为"), SPELT("共"), SPELT("="), SPELT(" "), SPELT_END };
	static const char *const behind[] = { "(分:秒)", "(mm:ss)", "(min:s)",
		NULL };
	struct slice rest = slice_span(l->s.p + to, l->s.p + l->s.n);
	size_t at = l->at, k;

	if (slice_starts(rest, "-") || slice_starts(rest, "~") ||
	    slice_starts(rest, "至"))
		return false;
	for (size_t i = 0; behind[i] != NULL; i++)
		if (slice_starts(rest, behind[i]))
			return true;
	while ((k = lexer_behind_any(l, at, fillers)) > 0)
		at -= k;
	return lexer_behind_any(l, at, words) > 0 ||
	    (n == PARTS && first == 0 && lexer_behind_any(l, at, alone) > 0);
}

/* Hours count only where there are three parts. */
static bool
keeps_length(struct lexer *l, const unsigned part[PARTS], size_t n, size_t to)
{
	struct measure m = { .from = (uint32_t)l->at,
		.to = (uint32_t)to,
		.unit = unit_find(SLICE("s")),
		.n = 1 };
	unsigned seconds = 0;
	char text[16];
	struct err e;

	for (size_t i = 0; i < n; i++)
		seconds = seconds * 60 + part[i];
	snprintf(text, sizeof(text), "%u", seconds);
	if (!decimal_parse(slice_of(text), l->arena, &m.value[0], &e))
		return false;
	l->at = to;
	lexer_keep(l, &m);
	return true;
}

bool
measure_clock(struct lexer *l)
{
	const size_t from = l->at;
	unsigned part[PARTS];
	size_t to, n = parts_of(l, part, &to);

	if (n == 0 || (from > 0 && l->s.p[from - 1] == '.'))
		return false;
	if (is_length(l, to, n, part[0]) && keeps_length(l, part, n, to))
		return true;
	if (part[0] > 23 || (from > 0 && l->s.p[from - 1] == ':'))
		return false;
	l->at = to;
	return true;
}
