#include "extract/numeral.h"

#include <string.h>

#define CHARACTER 3 /* bytes of each of them */

/* 1 to 9, 10 for ten; 0 where the text begins with none. */
static unsigned
digit(struct slice s, size_t at)
{
	static const char *const digits[] = { "一", "二", "三", "四", "五",
		"六", "七", "八", "九", "十", "两" };

	for (size_t i = 0; i < sizeof(digits) / sizeof(digits[0]); i++)
		if (s.n >= at + CHARACTER &&
		    memcmp(s.p + at, digits[i], CHARACTER) == 0)
			return i == 10 ? 2 : (unsigned)i + 1;
	return 0;
}

unsigned
numeral_at(struct slice s, size_t *n)
{
	unsigned first, ten, last;

	*n = CHARACTER;
	if (slice_starts(s, "半"))
		return 1;
	first = digit(s, 0);
	if (first == 0)
		return 0;
	if (first == 10) {
		last = digit(s, CHARACTER);
		if (last == 0 || last == 10)
			return 20;
		*n = 2 * CHARACTER;
		return 2 * (10 + last);
	}
	ten = digit(s, CHARACTER);
	if (ten != 10)
		return 2 * first;
	last = digit(s, (size_t)2 * CHARACTER);
	*n = (size_t)(last == 0 || last == 10 ? 2 : 3) * CHARACTER;
	return 2 * (first * 10 + (last == 10 ? 0 : last));
}
