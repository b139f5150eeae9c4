#include "extract/numeral.h"

#include "base/utf8.h"

#define CHARACTER 3 /* bytes of each of them */

/* 1 to 9, 10 for ten; 0 where the text begins with none. */
static unsigned
digit(struct slice s, size_t at)
{
	const char *p = s.p + at;
	uint32_t c;
	int n;

	if (s.n < at + CHARACTER)
		return 0;
	c = utf8_next(&p, s.p + s.n);
	if (c == 0x5341) /* 十 */
		return 10;
	n = c == 0x4E24 ? 2 : utf8_han_digit(c); /* 两 */
	return n > 0 ? (unsigned)n : 0;
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
