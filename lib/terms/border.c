#include "terms/border.h"

#include <stdbool.h>

/* Longer ones before those that begin like them. */
static const char *const marks[] = { "伴有", "伴", "合并", "并", "以及", "及",
	",", "，", ";", "；", "、", "。", "+", "＋", "/", "／", "|", "｜", " ",
	"\t", "\n", "\r", "　" };
static const char *const opening[] = { "(", "（", "[", "［", "【", "〔" };
static const char *const closing[] = { ")", "）", "]", "］", "】", "〕" };
static const char *const numerals[] = { "一", "二", "三", "四", "五", "六",
	"七", "八", "九", "十" };

#define COUNT(list) (sizeof(list) / sizeof(*(list)))

static size_t
one_of(struct slice s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (slice_starts(s, list[i]))
			return strlen(list[i]);
	return 0;
}

static struct slice
behind(struct slice s, size_t n)
{
	return (struct slice){ s.p + n, s.n - n };
}

static bool
is_digit(struct slice s)
{
	return s.n > 0 && s.p[0] >= '0' && s.p[0] <= '9';
}

/* ① to ⑳: U+2460 to U+2473. */
static size_t
circled(struct slice s)
{
	return s.n >= 3 && memcmp(s.p, "\xE2\x91", 2) == 0 &&
		(unsigned char)s.p[2] >= 0xA0 && (unsigned char)s.p[2] <= 0xB3
	    ? 3
	    : 0;
}

/* "1." "2、" "(3)" "4)" "一、" "①": the number of an item, with its sign. */
static size_t
numbering(struct slice s)
{
	static const char *const signs[] = { ".", "．", "、", ")", "）", ":",
		"：" };
	size_t n = one_of(s, opening, 2), digits = 0, sign;
	bool bracket = n > 0;

	if (circled(s) > 0)
		return circled(s);
	while (digits < 2 && is_digit(behind(s, n + digits)))
		digits++;
	if (digits == 0)
		digits = one_of(behind(s, n), numerals, COUNT(numerals));
	if (digits == 0)
		return 0;
	n += digits;
	sign = bracket ? one_of(behind(s, n), closing, 2)
		       : one_of(behind(s, n), signs, COUNT(signs));
	/* 1.5 is a number. */
	return sign == 0 || is_digit(behind(s, n + sign)) ? 0 : n + sign;
}

size_t
border_find(struct slice text, size_t from, size_t *gap)
{
	unsigned depth = 0;

	for (size_t i = from; i < text.n; i++) {
		struct slice rest = behind(text, i);
		bool in_number =
		    i > 0 && text.p[i - 1] >= '0' && text.p[i - 1] <= '9';

		*gap = depth > 0 ? 0 : one_of(rest, marks, COUNT(marks));
		if (*gap == 0 && depth == 0 && !in_number)
			*gap = numbering(rest);
		if (*gap > 0)
			return i;
		depth += one_of(rest, opening, COUNT(opening)) > 0;
		depth -= depth > 0 && one_of(rest, closing, COUNT(closing)) > 0;
	}
	*gap = 0;
	return text.n;
}
