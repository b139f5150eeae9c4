#include "base/utf8.h"

#include <string.h>

#include "base/utf8_block.h"

/*
 * The length of the sequence at p, 0 where it is not valid.  The ranges of the
 * second byte are those of table 3-7 of the Unicode Standard.
 */
static size_t
sequence(const unsigned char *p, size_t n)
{
	unsigned char c = p[0], low = 0x80, high = 0xBF;
	size_t len;

	if (c < 0x80)
		return 1;
	if (c < 0xC2 || c > 0xF4)
		return 0;
	len = c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
	if (n < len)
		return 0;
	if (c == 0xE0)
		low = 0xA0;
	else if (c == 0xED)
		high = 0x9F;
	else if (c == 0xF0)
		low = 0x90;
	else if (c == 0xF4)
		high = 0x8F;
	if (p[1] < low || p[1] > high)
		return 0;
	for (size_t i = 2; i < len; i++)
		if ((p[i] & 0xC0) != 0x80)
			return 0;
	return len;
}

size_t
utf8_valid_prefix(const char *text, size_t n)
{
	const unsigned char *p = (const unsigned char *)text;
	size_t i = 0;

	i = utf8_blocks(text, n);
	while (i < n) {
		uint64_t word;
		size_t len;

		if (n - i >= sizeof(word)) {
			memcpy(&word, p + i, sizeof(word));
			if ((word & 0x8080808080808080u) == 0) {
				i += sizeof(word);
				continue;
			}
		}
		if ((len = sequence(p + i, n - i)) == 0)
			break;
		i += len;
	}
	return i;
}

bool
utf8_valid(const char *text, size_t n)
{
	return utf8_valid_prefix(text, n) == n;
}

uint32_t
utf8_next_rare(const char **p, const char *end)
{
	const unsigned char *s = (const unsigned char *)*p;
	size_t len = sequence(s, (size_t)(end - *p));

	*p += len == 0 ? 1 : len;
	switch (len) {
	case 1:
		return s[0];
	case 2:
		return (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
	case 3:
		return (s[0] & 0x0Fu) << 12 | (s[1] & 0x3Fu) << 6 |
		    (s[2] & 0x3Fu);
	case 4:
		return (s[0] & 0x07u) << 18 | (s[1] & 0x3Fu) << 12 |
		    (s[2] & 0x3Fu) << 6 | (s[3] & 0x3Fu);
	default:
		return 0xFFFD;
	}
}

size_t
utf8_put(char *to, uint32_t code)
{
	unsigned char *p = (unsigned char *)to;

	if (code < 0x80) {
		p[0] = (unsigned char)code;
		return 1;
	}
	if (code < 0x800) {
		p[0] = (unsigned char)(0xC0 | code >> 6);
		p[1] = (unsigned char)(0x80 | (code & 0x3F));
		return 2;
	}
	if (code < 0x10000) {
		p[0] = (unsigned char)(0xE0 | code >> 12);
		p[1] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
		p[2] = (unsigned char)(0x80 | (code & 0x3F));
		return 3;
	}
	p[0] = (unsigned char)(0xF0 | code >> 18);
	p[1] = (unsigned char)(0x80 | (code >> 12 & 0x3F));
	p[2] = (unsigned char)(0x80 | (code >> 6 & 0x3F));
	p[3] = (unsigned char)(0x80 | (code & 0x3F));
	return 4;
}

size_t
utf8_count(const char *text, size_t n)
{
	const uint64_t ones = 0x0101010101010101;
	size_t count = 0, i = 0;

	/* Eight bytes at a time: less those that go on with a character. */
	for (; n - i >= sizeof(uint64_t); i += sizeof(uint64_t)) {
		uint64_t word;

		memcpy(&word, text + i, sizeof(word));
		word = word >> 7 & ~word >> 6 & ones;
		count += sizeof(word) - (word * ones >> 56);
	}
	for (; i < n; i++)
		count += ((unsigned char)text[i] & 0xC0) != 0x80;
	return count;
}

size_t
utf8_offset(const char *text, size_t n, size_t codes)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)text[i] & 0xC0) != 0x80 && codes-- == 0)
			return i;
	return n;
}

struct range {
	uint32_t from, to;
};

static bool
within(const struct range *r, size_t n, uint32_t code)
{
	for (size_t i = 0; i < n; i++)
		if (code >= r[i].from && code <= r[i].to)
			return true;
	return false;
}

unsigned
utf8_width(uint32_t code)
{
	static const struct range wide[] = { { 0x1100, 0x115F },
		{ 0x2E80, 0x303E }, { 0x3041, 0x33FF }, { 0x3400, 0x4DBF },
		{ 0x4E00, 0x9FFF }, { 0xA000, 0xA4CF }, { 0xAC00, 0xD7A3 },
		{ 0xF900, 0xFAFF }, { 0xFE30, 0xFE4F }, { 0xFF00, 0xFF60 },
		{ 0xFFE0, 0xFFE6 }, { 0x1F300, 0x1FAFF },
		{ 0x20000, 0x3FFFD } };
	static const struct range none[] = { { 0x0300, 0x036F },
		{ 0x200B, 0x200F }, { 0x20D0, 0x20FF }, { 0xFE00, 0xFE0F },
		{ 0xFEFF, 0xFEFF } };

	if (code < 0x300)
		return code >= 0x20 && code != 0x7F;
	if (within(none, sizeof(none) / sizeof(none[0]), code))
		return 0;
	return within(wide, sizeof(wide) / sizeof(wide[0]), code) ? 2 : 1;
}

uint32_t
utf8_narrow(uint32_t code)
{
	if (code >= 0xFF01 && code <= 0xFF5E)
		return code - 0xFF01 + '!';
	if (code == 0x3000 || code == 0xA0)
		return ' ';
	return code;
}

bool
utf8_is_cjk(uint32_t code)
{
	static const struct range cjk[] = { { 0x2E80, 0x2FDF },
		{ 0x3005, 0x3007 }, { 0x3040, 0x30FF }, { 0x3400, 0x4DBF },
		{ 0x4E00, 0x9FFF }, { 0xAC00, 0xD7A3 }, { 0xF900, 0xFAFF },
		{ 0x20000, 0x3FFFD } };

	if (code < 0x2E80 || (code >= 0x4E00 && code <= 0x9FFF))
		return code >= 0x2E80;
	return within(cjk, sizeof(cjk) / sizeof(cjk[0]), code);
}

int
utf8_han_digit(uint32_t code)
{
	static const uint16_t digits[] = { 0x96F6, 0x4E00, 0x4E8C, 0x4E09,
		0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D };

	if (code == 0x3007) /* 〇 */
		return 0;
	for (int i = 0; i < 10; i++)
		if (digits[i] == code)
			return i;
	return -1;
}
