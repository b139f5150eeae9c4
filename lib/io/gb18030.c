#include "io/gb18030.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/*
 * GB18030 has three lengths.  Two bytes: lead 81-FE, trail 40-7E or 80-FE,
 * looked up, both at once, in a table that has the UTF-8.  Four bytes: 81-FE 30-39 81-FE 30-39,
 * numbered in order; from 90308130 on these are the supplementary planes by a
 * formula, before that a table of 39,420.  0 in a table stands for "none".
 */
#define FOURS  39420
#define PLANES 189000 /* the number of 90308130 */
#define EURO   0x20AC
/* All four bytes are copied, n of them count; n is 0 for no character. */
struct utf8_char {
	char bytes[3];
	uint8_t n;
};

/* Some ten pairs are characters beyond the basic plane. */
#define BEYOND 32

struct gb18030 {
	struct utf8_char two[65536];
	uint16_t four[FOURS];
	struct {
		uint16_t pair;
		uint32_t code;
	} beyond[BEYOND];
	size_t nbeyond;
	uint64_t euros;
};

/* Whether the two-byte cell may hold a character. */
static bool
is_trail(unsigned char c)
{
	return c >= 0x40 && c <= 0xFE && c != 0x7F;
}

static void
put_two(struct gb18030 *t, unsigned pair, uint32_t code)
{
	char bytes[4];

	if (code >= 0x10000 && t->nbeyond < BEYOND) {
		t->beyond[t->nbeyond].pair = (uint16_t)pair;
		t->beyond[t->nbeyond++].code = code;
	} else if (code != 0 && (code < 0xD800 || code > 0xDFFF)) {
		t->two[pair].n = (uint8_t)utf8_put(bytes, code);
		memcpy(t->two[pair].bytes, bytes, t->two[pair].n);
	}
}

#define RUN 1260 /* four-byte sequences that share their first two bytes */

struct gb18030 *
gb18030_new(gb18030_ask *ask, void *ctx)
{
	struct gb18030 *t;
	uint32_t codes[RUN];
	char from[RUN * 4];

	t = mem_zalloc(sizeof(*t));
	for (int lead = 0x81; lead <= 0xFE; lead++) {
		size_t n = 0;

		for (int trail = 0x40; trail <= 0xFE; trail++) {
			from[n++] = (char)lead;
			/* No trail byte; it must be one or all would shift. */
			from[n++] = (char)(trail == 0x7F ? 0x40 : trail);
		}
		ask(ctx, from, 2, n / 2, codes);
		for (int trail = 0x40; trail <= 0xFE; trail++)
			if (trail != 0x7F)
				put_two(t, (unsigned)(lead << 8 | trail),
				    codes[trail - 0x40]);
	}
	for (int i = 0; i < FOURS; i += RUN) {
		size_t n = i + RUN < FOURS ? RUN : (size_t)(FOURS - i);

		for (size_t k = 0; k < n; k++) {
			size_t x = (size_t)i + k;

			from[4 * k] = (char)(0x81 + x / 12600);
			from[4 * k + 1] = (char)(0x30 + x / 1260 % 10);
			from[4 * k + 2] = (char)(0x81 + x / 10 % 126);
			from[4 * k + 3] = (char)(0x30 + x % 10);
		}
		ask(ctx, from, 4, n, codes);
		for (size_t k = 0; k < n; k++)
			if (codes[k] < 0xD800 ||
			    (codes[k] > 0xDFFF && codes[k] < 0x10000))
				t->four[(size_t)i + k] = (uint16_t)codes[k];
	}
	return t;
}

/* The length of the sequence by its form: 0 cut off at the end, -1 none. */
static int
form(const unsigned char *p, size_t n)
{
	if (p[0] <= 0x80)
		return 1;
	if (p[0] == 0xFF)
		return -1;
	if (n < 2)
		return 0;
	if (is_trail(p[1]))
		return 2;
	if (p[1] < 0x30 || p[1] > 0x39)
		return -1;
	if (n < 3)
		return 0;
	if (p[2] < 0x81 || p[2] > 0xFE)
		return -1;
	if (n < 4)
		return 0;
	return p[3] >= 0x30 && p[3] <= 0x39 ? 4 : -1;
}

static uint32_t
four_bytes(const struct gb18030 *t, const unsigned char *p)
{
	uint32_t i = ((p[0] - 0x81u) * 10 + p[1] - 0x30u) * 1260 +
	    (p[2] - 0x81u) * 10 + p[3] - 0x30u;

	if (i < FOURS)
		return t->four[i];
	if (i >= PLANES && i < PLANES + 0x100000)
		return i - PLANES + 0x10000;
	return 0;
}

static uint32_t
two_bytes(const struct gb18030 *t, const unsigned char *p)
{
	for (size_t i = 0; i < t->nbeyond; i++)
		if (t->beyond[i].pair == (p[0] << 8 | p[1]))
			return t->beyond[i].code;
	return 0;
}

/* What is not in the table of two bytes; 0 where it is no character, *why says so. */
static uint32_t
rare(struct gb18030 *t, const unsigned char *p, size_t n, int *why)
{
	uint32_t code = 0;

	*why = form(p, n);
	if (*why == 1) {
		t->euros++;
		return EURO;
	}
	if (*why == 2)
		code = two_bytes(t, p);
	if (*why == 4)
		code = four_bytes(t, p);
	if (*why > 0 && code == 0)
		*why = -1;
	return code;
}

/* Runs of one kind are the rule: ASCII goes by eights, Chinese by the table. */
size_t
gb18030_decode(struct gb18030 *t, struct slice text, struct buf *to, int *why)
{
	const unsigned char *p = (const unsigned char *)text.p;
	const struct utf8_char *two = t->two;
	size_t i = 0, n = text.n;
	char *start = buf_room(to, n * 3 + 8), *out = start;

	for (*why = 1; i < n && start != NULL;) {
		uint32_t code;

		while (n - i >= 8) {
			uint64_t word;

			memcpy(&word, p + i, 8);
			if ((word & UINT64_C(0x8080808080808080)) != 0)
				break;
			memcpy(out, &word, 8);
			out += 8;
			i += 8;
		}
		while (i < n && p[i] < 0x80)
			*out++ = (char)p[i++];
		while (n - i >= 2) {
			const struct utf8_char *c = &two[p[i] << 8 | p[i + 1]];

			if (c->n == 0)
				break;
			memcpy(out, c, 4);
			out += c->n;
			i += 2;
		}
		if (i == n || p[i] < 0x80)
			continue;
		code = rare(t, p + i, n - i, why);
		if (code == 0)
			break;
		out += utf8_put(out, code);
		i += (size_t)*why;
		*why = 1;
	}
	to->n += (size_t)(out - start);
	return i;
}

/* The code point of what stands there, and its length; 0: cut off. */
static uint32_t
code_at(const struct gb18030 *t, const unsigned char *p, size_t n, int *length)
{
	const struct utf8_char *c;
	const char *utf8;

	*length = form(p, n);
	switch (*length) {
	case 1:
		return p[0] == 0x80 ? EURO : p[0];
	case 2:
		c = &t->two[p[0] << 8 | p[1]];
		utf8 = c->bytes;
		return c->n == 0 ? two_bytes(t, p)
				 : utf8_next(&utf8, utf8 + c->n);
	case 4:
		return four_bytes(t, p);
	default:
		return 0;
	}
}

size_t
gb18030_recode(const struct gb18030 *t, struct slice text, bool final, char *to,
    size_t room, size_t *made)
{
	const unsigned char *p = (const unsigned char *)text.p;
	size_t i = 0;

	*made = 0;
	while (i < text.n) {
		char utf8[4] = { (char)0xFF };
		size_t out = 1;
		int length;
		uint32_t code = code_at(t, p + i, text.n - i, &length);

		if (length == 0 && !final)
			break;
		if (length > 0 && (code > 0 || p[i] == 0))
			out = utf8_put(utf8, code);
		else
			length = 1;
		if (*made + out > room)
			break;
		memcpy(to + *made, utf8, out);
		*made += out;
		i += (size_t)length;
	}
	return i;
}

void
gb18030_free(struct gb18030 *t)
{
	mem_free(t);
}

uint64_t
gb18030_euros(const struct gb18030 *t)
{
	return t->euros;
}

/*
 * By form alone, so without the tables: in the two-byte area every form is a
 * character (or of the private use area), and four-byte forms that are none
 * hardly occur by chance.
 */
size_t
gb18030_prefix(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t i = 0;

	while (i < n) {
		int length = form(p + i, n - i);

		if (length <= 0)
			break;
		i += (size_t)length;
	}
	return i;
}
