#include "extract/numeral.h"

#include "base/utf8.h"

#define CHARACTER 3 /* bytes of each of them */

/* 1 to 9, 10 for ten; 0 where the text begins with none. */
static unsigned
digit(struct slice s, size_t at)
{
	const char *p = s.p + at;

	if (s.n < at + CHARACTER)
		return 0;
	switch (utf8_next(&p, s.p + s.n)) {
	case 0x4E00: /* 一 */
		return 1;
	case 0x4E8C: /* 二 */
	case 0x4E24: /* 两 */
		return 2;
	case 0x4E09: /* 三 */
		return 3;
	case 0x56DB: /* 四 */
		return 4;
	case 0x4E94: /* 五 */
		return 5;
	case 0x516D: /* 六 */
		return 6;
	case 0x4E03: /* 七 */
		return 7;
	case 0x516B: /* 八 */
		return 8;
	case 0x4E5D: /* 九 */
		return 9;
	case 0x5341: /* 十 */
		return 10;
	default:
		return 0;
	}
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
