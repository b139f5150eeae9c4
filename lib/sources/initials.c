#include "sources/initials.h"

#include <ctype.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/encoding.h"

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
enum {
	LAST = 0xD7F9,
	FIRST_BYTE = 0xB0, /* of level 1, in rows of 94 from A1 on */
	ROWS = 40,
	ROW = 94,
	UNIFIED = 0x4E00, /* where Unicode has them all */
	UNIFIED_COUNT = 0x5200
};

struct initials {
	char of[UNIFIED_COUNT];
};

static char
letter_of(unsigned code)
{
	size_t i = sizeof(starts) / sizeof(*starts);

	while (i > 0 && code < starts[i - 1].from)
		i--;
	return i == 0 || code > LAST ? '\0' : starts[i - 1].letter;
}

struct initials *
initials_new(struct err *e)
{
	struct encoding *gb = encoding_open("gb18030", e);
	struct initials *s = mem_zalloc(sizeof(*s));
	unsigned char codes[2 * ROWS * ROW];
	struct buf b = { 0 };
	const char *p;
	size_t n = 0;

	for (unsigned c = FIRST_BYTE << 8; c <= LAST; c += 0x100) {
		for (unsigned i = 0xA1; i < 0xA1 + ROW && (c | i) <= LAST;
		     i++) {
			codes[n++] = (unsigned char)(c >> 8);
			codes[n++] = (unsigned char)i;
		}
	}
	if (gb == NULL ||
	    !encoding_decode(
		gb, (struct slice){ (char *)codes, n }, true, &b, NULL, e)) {
		initials_free(s);
		s = NULL;
	}
	p = b.p;
	for (size_t i = 0; s != NULL && i < n; i += 2) {
		uint32_t c = utf8_next(&p, b.p + b.n);

		s->of[c - UNIFIED] =
		    letter_of((unsigned)codes[i] << 8 | codes[i + 1]);
	}
	buf_release(&b);
	encoding_close(gb);
	return s;
}

void
initials_free(struct initials *s)
{
	mem_free(s);
}

size_t
initials_of(const struct initials *s, struct slice name, char *to)
{
	size_t n = 0;

	for (const char *p = name.p, *end = name.p + name.n; p < end;) {
		uint32_t c = utf8_next(&p, end);
		char letter = '\0';

		if (c < 0x80)
			letter = isalnum((int)c) ? (char)tolower((int)c) : '\0';
		else if (c >= UNIFIED && c < UNIFIED + UNIFIED_COUNT)
			letter = s->of[c - UNIFIED];
		if (letter == '\0')
			return 0;
		to[n++] = letter;
	}
	return n;
}
