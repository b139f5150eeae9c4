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

/* 1 to 99, times two; 0 where the text begins with none. */
static unsigned
below_hundred(struct slice s, size_t *n)
{
	unsigned first, ten, last;

	*n = CHARACTER;
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

/* What stands behind 百, times two: 二十, 零五, or nothing. */
static unsigned
behind_hundred(struct slice s, size_t *n)
{
	unsigned twice;

	if (slice_starts(s, "零")) {
		twice = 2 * digit(s, CHARACTER);
		*n = twice == 0 ? 0 : 2 * CHARACTER;
		return twice;
	}
	twice = below_hundred(s, n);
	if (twice < 20)
		*n = 0;
	return twice < 20 ? 0 : twice;
}

unsigned
numeral_at(struct slice s, size_t *n)
{
	unsigned first, twice;
	size_t more;

	if (slice_starts(s, "半")) {
		*n = CHARACTER;
		return 1;
	}
	first = digit(s, 0);
	if (first == 0 || first == 10 || s.n < (size_t)2 * CHARACTER ||
	    memcmp(s.p + CHARACTER, "百", CHARACTER) != 0)
		return below_hundred(s, n);
	twice = behind_hundred(
	    (struct slice){ s.p + 2 * CHARACTER, s.n - 2 * CHARACTER }, &more);
	*n = 2 * CHARACTER + more;
	return 200 * first + twice;
}
