#include "sources/initials.h"

#include <ctype.h>

#include "base/utf8.h"

/* The first code of each initial; no syllable begins with i, u or v. */
static const struct {
	unsigned from;
	char letter;
} starts[] = {
	{ 0xB0A1, 'a' },
	{ 0xB0C5, 'b' },
	{ 0xB2C1, 'c' },
	{ 0xB4EE, 'd' },
	{ 0xB6EA, 'e' },
	{ 0xB7A2, 'f' },
	{ 0xB8C1, 'g' },
	{ 0xB9FE, 'h' },
	{ 0xBBF7, 'j' },
	{ 0xBFA6, 'k' },
	{ 0xC0AC, 'l' },
	{ 0xC2E8, 'm' },
	{ 0xC4C3, 'n' },
	{ 0xC5B6, 'o' },
	{ 0xC5BE, 'p' },
	{ 0xC6DA, 'q' },
	{ 0xC8BB, 'r' },
	{ 0xC8F6, 's' },
	{ 0xCBFA, 't' },
	{ 0xCDDA, 'w' },
	{ 0xCEF4, 'x' },
	{ 0xD1B9, 'y' },
	{ 0xD4D1, 'z' },
};
enum { LAST = 0xD7F9 };

static char
initial_of(struct encoding *gb, struct slice character)
{
	struct buf b = { 0 };
	unsigned code = 0;
	char letter = '\0';

	if (encoding_encode(gb, character, &b, NULL) && b.n == 2)
		code = (unsigned)(unsigned char)b.p[0] << 8 |
		    (unsigned char)b.p[1];
	buf_release(&b);
	if (code > LAST)
		return '\0';
	for (size_t i = 0; i < sizeof(starts) / sizeof(*starts); i++)
		if (code >= starts[i].from)
			letter = starts[i].letter;
	return letter;
}

size_t
initials_of(struct encoding *gb, struct slice name, char *to)
{
	size_t n = 0;

	for (const char *p = name.p, *end = name.p + name.n; p < end;) {
		const char *start = p;
		uint32_t c = utf8_next(&p, end);
		char letter;

		if (c < 0x80)
			letter = isalnum((int)c) ? (char)tolower((int)c) : '\0';
		else
			letter = initial_of(
			    gb, (struct slice){ start, (size_t)(p - start) });
		if (letter == '\0')
			return 0;
		to[n++] = letter;
	}
	return n;
}
