/*
 * utf8 - code points.  Strict: no overlong form, no surrogate, no more than
 * U+10FFFF.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

/* How many bytes from the start are valid; n where all are. */
size_t		 utf8_valid_prefix(const char *, size_t n);
bool		 utf8_valid(const char *, size_t n);
/* What utf8_next does where the text is neither ASCII nor Chinese. */
uint32_t	 utf8_next_rare(const char **p, const char *end);
/* Writes 1-4 bytes and returns their number. */
size_t		 utf8_put(char *, uint32_t code);
/*
 * The code point at *p, which moves behind it; p < end.  A byte that begins no
 * valid sequence counts alone and gives U+FFFD.
 */
static inline uint32_t
utf8_next(const char **p, const char *end)
{
	const unsigned char *s = (const unsigned char *)*p;

	if (s[0] < 0x80) {
		++*p;
		return s[0];
	}
	/* U+3000 to U+9FFF */
	if (s[0] >= 0xE3 && s[0] <= 0xE9 && end - *p >= 3 &&
	    ((s[1] ^ 0x80u) | (s[2] ^ 0x80u)) < 0x40) {
		*p += 3;
		return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 |
		    (s[2] & 0x3Fu);
	}
	return utf8_next_rare(p, end);
}

/* The number of code points of valid text. */
size_t		 utf8_count(const char *, size_t n);
/* The byte offset of the code point with this number; n if there are fewer. */
size_t		 utf8_offset(const char *, size_t n, size_t codes);
/* Columns on a terminal: 2 for East Asian wide, 0 for combining marks. */
unsigned	 utf8_width(uint32_t code);
/* Full width, ideographic space and such to their ASCII forms; else itself. */
uint32_t	 utf8_narrow(uint32_t code);
bool		 utf8_is_cjk(uint32_t code);
/* 0 to 9 for 零 or 〇 to 九, else -1; 两 and 十 are no digits. */
int		 utf8_han_digit(uint32_t code);

#endif
