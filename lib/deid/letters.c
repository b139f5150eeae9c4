#include "deid/letters.h"

/* Zero-width characters and soft hyphens: invisible, and in nobody's number. */
static bool
has_no_width(uint32_t c)
{
	return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF ||
	    c == 0xAD || (c >= 0xFE00 && c <= 0xFE0F);
}

uint32_t
letters_plain(uint32_t c)
{
	if (c < 0x80 || is_han(c))
		return c;
	c = utf8_narrow(c);
	if (c >= 0x660 && c <= 0x669)
		return c - 0x660 + '0';
	if (c >= 0x6F0 && c <= 0x6F9)
		return c - 0x6F0 + '0';
	if (c >= 0x1D7CE && c <= 0x1D7FF)
		return (c - 0x1D7CE) % 10 + '0';
	if (c >= 0x2000 && c <= 0x200A)
		return ' ';
	return c;
}

/* As utf8_next; most letters of a text are one byte or three. */
static inline uint32_t
next(const char **p, const char *end)
{
	const unsigned char *b = (const unsigned char *)*p;

	if (b[0] < 0x80) {
		(*p)++;
		return b[0];
	}
	if (b[0] > 0xE0 && b[0] < 0xED && end - *p >= 3 &&
	    (b[1] & 0xC0) == 0x80 && (b[2] & 0xC0) == 0x80) {
		*p += 3;
		return (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 |
		    (b[2] & 0x3Fu);
	}
	return utf8_next(p, end);
}

void
letters_of(struct slice text, struct arena *arena, struct letters *l)
{
	const char *p = text.p, *end = text.p + text.n;
	size_t room = text.n + LETTERS_SLACK, n = 0;
	uint32_t *code = arena_alloc(arena, room * sizeof(*code));
	uint32_t *at = arena_alloc(arena, room * sizeof(*at));

	while (p < end) {
		uint32_t from = (uint32_t)(p - text.p);
		uint32_t c = next(&p, end);

		if (c >= 0x80 && !is_han(c)) {
			if (has_no_width(c))
				continue;
			c = letters_plain(c);
		}
		at[n] = from;
		code[n++] = c;
	}
	memset(code + n, 0, LETTERS_SLACK * sizeof(*code));
	at[n] = (uint32_t)text.n;
	*l = (struct letters){ .code = code, .at = at, .n = n };
}

#define COUNTED_LEAST 7

void
letters_count_off(struct letters *l, size_t at)
{
	size_t n = 0;

	while (at + n < l->n && han_digit(l->code[at + n]) >= 0)
		n++;
	if (n < COUNTED_LEAST)
		return;
	for (size_t i = at; i < at + n; i++)
		l->code[i] = '0' + (uint32_t)han_digit(l->code[i]);
}
