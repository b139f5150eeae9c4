/*
 * Folding, of tokenizer.h: the part of NFKC and of case folding that Chinese
 * clinical text needs, and the kinds of brackets, quotes and dashes, which
 * NFKC leaves apart.
 */
#include "base/tokenizer.h"

#include "base/utf8.h"

struct range {
	uint32_t from, to;
	int32_t add;
};

struct single {
	uint32_t code, to;
};

struct several {
	uint32_t code;
	const char *to;
};

/* Capital letters, by their distance from the small ones. */
static const struct range capitals[] = { { 'A', 'Z', 32 }, { 0xC0, 0xD6, 32 },
	{ 0xD8, 0xDE, 32 }, { 0x391, 0x3A1, 32 }, { 0x3A3, 0x3A9, 32 },
	{ 0x400, 0x40F, 80 }, { 0x410, 0x42F, 32 } };

/* Sorted by code. */
static const struct single singles[] = { { '\t', ' ' }, { '\n', ' ' },
	{ 0x0B, ' ' }, { 0x0C, ' ' }, { '\r', ' ' }, { '[', '(' }, { ']', ')' },
	{ '{', '(' }, { '}', ')' }, { 0xB2, '2' }, { 0xB3, '3' },
	{ 0xB5, 0x3BC }, { 0xB7, 0xB7 }, { 0xB9, '1' }, { 0x3C2, 0x3C3 },
	{ 0x2010, '-' }, { 0x2011, '-' }, { 0x2012, '-' }, { 0x2013, '-' },
	{ 0x2014, '-' }, { 0x2015, '-' }, { 0x2018, '\'' }, { 0x2019, '\'' },
	{ 0x201C, '"' }, { 0x201D, '"' }, { 0x2022, 0xB7 }, { 0x2027, 0xB7 },
	{ 0x202F, ' ' }, { 0x205F, ' ' }, { 0x2070, '0' }, { 0x207A, '+' },
	{ 0x207B, '-' }, { 0x2126, 0x3C9 }, { 0x212A, 'k' }, { 0x2212, '-' },
	{ 0x223C, '~' }, { 0x3001, ',' }, { 0x3002, '.' }, { 0x3008, '(' },
	{ 0x3009, ')' }, { 0x300A, '(' }, { 0x300B, ')' }, { 0x300C, '(' },
	{ 0x300D, ')' }, { 0x300E, '(' }, { 0x300F, ')' }, { 0x3010, '(' },
	{ 0x3011, ')' }, { 0x3014, '(' }, { 0x3015, ')' }, { 0x3016, '(' },
	{ 0x3017, ')' }, { 0x301C, '~' }, { 0x30FB, 0xB7 } };

/* Sorted by code. */
static const struct several severals[] = { { 0xDF, "ss" }, { 0x2026, "..." },
	{ 0x2103,
	    "\xC2\xB0"
	    "c" },
	{ 0x2109,
	    "\xC2\xB0"
	    "f" },
	{ 0x2116, "no" }, { 0x2122, "tm" }, { 0x2160, "i" }, { 0x2161, "ii" },
	{ 0x2162, "iii" }, { 0x2163, "iv" }, { 0x2164, "v" }, { 0x2165, "vi" },
	{ 0x2166, "vii" }, { 0x2167, "viii" }, { 0x2168, "ix" },
	{ 0x2169, "x" }, { 0x216A, "xi" }, { 0x216B, "xii" }, { 0x338D, "μg" },
	{ 0x338E, "mg" }, { 0x338F, "kg" }, { 0x3390, "hz" }, { 0x3391, "khz" },
	{ 0x3392, "mhz" }, { 0x3395, "μl" }, { 0x3396, "ml" }, { 0x3397, "dl" },
	{ 0x3398, "kl" }, { 0x339A, "nm" }, { 0x339B, "μm" }, { 0x339C, "mm" },
	{ 0x339D, "cm" }, { 0x339E, "km" }, { 0x339F, "mm2" },
	{ 0x33A0, "cm2" }, { 0x33A1, "m2" }, { 0x33A3, "mm3" },
	{ 0x33A4, "cm3" }, { 0x33A5, "m3" }, { 0x33C4, "cc" }, { 0xFB00, "ff" },
	{ 0xFB01, "fi" }, { 0xFB02, "fl" }, { 0xFB03, "ffi" },
	{ 0xFB04, "ffl" } };

static bool
vanishes(uint32_t code)
{
	return code == 0xAD || code == 0x2060 || code == 0xFEFF ||
	    (code >= 0x200B && code <= 0x200F) ||
	    (code >= 0xFE00 && code <= 0xFE0F);
}

static uint32_t
fold_single(uint32_t code)
{
	size_t low = 0, high = sizeof(singles) / sizeof(singles[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (singles[middle].code == code)
			return singles[middle].to;
		if (singles[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	for (size_t i = 0; i < sizeof(capitals) / sizeof(capitals[0]); i++)
		if (code >= capitals[i].from && code <= capitals[i].to)
			return (uint32_t)((int32_t)code + capitals[i].add);
	/* Latin Extended-A alternates, in two runs of opposite parity. */
	if ((code >= 0x100 && code <= 0x12F) ||
	    (code >= 0x132 && code <= 0x137) ||
	    (code >= 0x14A && code <= 0x177))
		return code | 1;
	if ((code >= 0x139 && code <= 0x148) ||
	    (code >= 0x179 && code <= 0x17E))
		return code + (code & 1);
	if ((code >= 0x2000 && code <= 0x200A))
		return ' ';
	if (code >= 0x2074 && code <= 0x2079)
		return code - 0x2070 + '0';
	if (code >= 0x2080 && code <= 0x2089)
		return code - 0x2080 + '0';
	return code;
}

static size_t
fold_several(uint32_t code, uint32_t out[FOLD_MAX])
{
	size_t low = 0, high = sizeof(severals) / sizeof(severals[0]), n = 0;

	if (code >= 0x2170 && code <= 0x217B)
		code -= 0x10;
	while (low < high) {
		size_t middle = (low + high) / 2;
		const char *p = severals[middle].to, *end;

		if (severals[middle].code < code) {
			low = middle + 1;
			continue;
		}
		if (severals[middle].code > code) {
			high = middle;
			continue;
		}
		for (end = p + strlen(p); p < end;)
			out[n++] = utf8_next(&p, end);
		break;
	}
	return n;
}

/* ① 1, ⑴ (1), ⒈ 1. */
static size_t
fold_numbered(uint32_t code, uint32_t out[FOLD_MAX])
{
	uint32_t number = (code - 0x2460) % 20 + 1;
	size_t n = 0;

	if (code >= 0x2474 && code <= 0x2487)
		out[n++] = '(';
	if (number >= 10)
		out[n++] = '0' + number / 10;
	out[n++] = '0' + number % 10;
	if (code >= 0x2488)
		out[n++] = '.';
	else if (code >= 0x2474)
		out[n++] = ')';
	return n;
}

size_t
fold_code(uint32_t code, uint32_t out[FOLD_MAX])
{
	size_t n;

	if (code >= 'a' && code <= 'z') {
		out[0] = code;
		return 1;
	}
	if (vanishes(code))
		return 0;
	if (code >= 0x2460 && code <= 0x249B)
		return fold_numbered(code, out);
	if ((n = fold_several(code, out)) > 0)
		return n;
	out[0] = fold_single(utf8_narrow(code));
	return 1;
}

/*
 * How many bytes from here are small letters, digits and Chinese characters
 * (U+4E00 to U+9FFF): most of any text, and folding leaves them as they are.
 */
static size_t
unfolded(const char *p, const char *end)
{
	const unsigned char *from = (const unsigned char *)p, *at = from;
	const unsigned char *to = (const unsigned char *)end;

	for (;;) {
		if (to - at >= 3 && at[0] >= 0xE4 && at[0] <= 0xE9 &&
		    (at[0] > 0xE4 || at[1] >= 0xB8) && (at[1] & 0xC0) == 0x80 &&
		    (at[2] & 0xC0) == 0x80)
			at += 3;
		else if (at < to &&
		    ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')))
			at++;
		else
			return (size_t)(at - from);
	}
}

static void
fold(struct slice s, bool blanks, struct buf *out)
{
	const char *p = s.n == 0 ? "" : s.p, *end = p + s.n;
	bool pending = false, begun = false;

	while (p < end) {
		uint32_t codes[FOLD_MAX];
		size_t n = unfolded(p, end);

		if (n > 0) {
			if (pending && blanks)
				buf_addc(out, ' ');
			pending = false;
			begun = true;
			buf_add(out, p, n);
			p += n;
			continue;
		}
		n = fold_code(utf8_next(&p, end), codes);
		for (size_t i = 0; i < n; i++) {
			char bytes[4];

			if (codes[i] == ' ') {
				pending = begun;
				continue;
			}
			if (pending && blanks)
				buf_addc(out, ' ');
			pending = false;
			begun = true;
			buf_add(out, bytes, utf8_put(bytes, codes[i]));
		}
	}
}

void
fold_text(struct slice s, struct buf *out)
{
	fold(s, true, out);
}

void
fold_name(struct slice s, struct buf *out)
{
	fold(s, false, out);
}

bool
fold_same(struct slice a, struct slice b)
{
	struct buf fa = { 0 }, fb = { 0 };
	bool same;

	if (slice_eq(a, b))
		return true;
	fold_name(a, &fa);
	fold_name(b, &fb);
	same = slice_eq(buf_slice(&fa), buf_slice(&fb));
	buf_release(&fa);
	buf_release(&fb);
	return same;
}
