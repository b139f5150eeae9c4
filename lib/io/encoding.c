#include "io/encoding.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/utf8.h"

/*
 * GB18030 has three lengths.  Two bytes: lead 81-FE, trail 40-7E or 80-FE,
 * looked up in a table of 126 x 191.  Four bytes: 81-FE 30-39 81-FE 30-39,
 * numbered in order; from 90308130 on these are the supplementary planes by a
 * formula, before that a table of 39,420.  0 in a table stands for "none".
 */
#define LEADS   126
#define TRAILS  191
#define FOURS   39420
#define PLANES  189000 /* the number of 90308130 */
#define LONGEST 100
#define EURO    0x20AC

struct tables {
	uint32_t two[LEADS * TRAILS];
	uint16_t four[FOURS];
};

struct encoding {
	char name[LONGEST];
	bool utf8;
	struct tables *gb; /* NULL: not GB18030 */
	iconv_t in, out;   /* (iconv_t)-1: not opened yet */
	uint64_t euros;
};

/* Whether the two-byte cell may hold a character. */
static bool
is_trail(unsigned char c)
{
	return c >= 0x40 && c <= 0xFE && c != 0x7F;
}

/* One character through iconv; 0 where it refuses. */
static uint32_t
ask(iconv_t cd, char *from, size_t n)
{
	unsigned char to[8];
	char *in = from, *out = (char *)to;
	size_t room = sizeof(to);
	uint32_t code;

	if (iconv(cd, &in, &n, &out, &room) == (size_t)-1 ||
	    iconv(cd, NULL, NULL, &out, &room) == (size_t)-1) {
		iconv(cd, NULL, NULL, NULL, NULL);
		return 0;
	}
	if (room != sizeof(to) - 4)
		return 0;
	code = (uint32_t)to[0] << 24 | (uint32_t)to[1] << 16 |
	    (uint32_t)to[2] << 8 | to[3];
	return code >= 0xD800 && code <= 0xDFFF ? 0 : code;
}

static struct tables *
build_tables(struct err *e)
{
	iconv_t cd = iconv_open("UCS-4BE", "GB18030");
	struct tables *t;

	if (cd == (iconv_t)-1) {
		err_set(e, ERR_USAGE, "iconv does not know GB18030");
		return NULL;
	}
	t = mem_zalloc(sizeof(*t));
	for (int lead = 0; lead < LEADS; lead++)
		for (int trail = 0; trail < TRAILS; trail++) {
			char c[2] = { (char)(0x81 + lead),
				(char)(0x40 + trail) };

			if (is_trail((unsigned char)c[1]))
				t->two[lead * TRAILS + trail] = ask(cd, c, 2);
		}
	for (int i = 0; i < FOURS; i++) {
		char c[4] = { (char)(0x81 + i / 12600),
			(char)(0x30 + i / 1260 % 10),
			(char)(0x81 + i / 10 % 126), (char)(0x30 + i % 10) };

		t->four[i] = (uint16_t)ask(cd, c, 4);
	}
	iconv_close(cd);
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
four_bytes(const struct tables *t, const unsigned char *p)
{
	uint32_t i = ((p[0] - 0x81u) * 10 + p[1] - 0x30u) * 1260 +
	    (p[2] - 0x81u) * 10 + p[3] - 0x30u;

	if (i < FOURS)
		return t->four[i];
	if (i >= PLANES && i < PLANES + 0x100000)
		return i - PLANES + 0x10000;
	return 0;
}

/* Decodes what it can into room for 3 bytes a byte; returns how many bytes. */
static size_t
decode_gb(
    struct encoding *x, const unsigned char *p, size_t n, char **to, int *why)
{
	const struct tables *t = x->gb;
	char *out = *to;
	size_t i = 0;

	for (*why = 1; i < n;) {
		uint32_t code;

		if (p[i] < 0x80) {
			*out++ = (char)p[i++];
			continue;
		}
		*why = form(p + i, n - i);
		if (*why <= 0)
			break;
		if (*why == 2)
			code = t->two[(p[i] - 0x81) * TRAILS + p[i + 1] - 0x40];
		else if (*why == 4)
			code = four_bytes(t, p + i);
		else {
			code = EURO;
			x->euros++;
		}
		if (code == 0) {
			*why = -1;
			break;
		}
		out += utf8_put(out, code);
		i += (size_t)*why;
	}
	*to = out;
	return i;
}

static const char *
canonical(const char *name)
{
	static const char *const gb[] = { "gb18030", "gbk", "gb2312", "gb-2312",
		"cp936", "ms936", "windows-936", "euc-cn", "euccn", NULL };

	if (strcmp(name, "utf8") == 0)
		return "utf-8";
	for (int i = 0; gb[i] != NULL; i++)
		if (strcmp(name, gb[i]) == 0)
			return "gb18030";
	return name;
}

struct encoding *
encoding_open(const char *name, struct err *e)
{
	struct encoding *x;
	char lower[LONGEST];
	size_t n = 0;

	for (; n < LONGEST - 1 && name[n] != '\0'; n++)
		lower[n] = (char)tolower((unsigned char)name[n]);
	lower[n] = '\0';
	x = mem_zalloc(sizeof(*x));
	x->in = x->out = (iconv_t)-1;
	snprintf(x->name, sizeof(x->name), "%s", canonical(lower));
	x->utf8 = strcmp(x->name, "utf-8") == 0;
	if (strcmp(x->name, "gb18030") == 0) {
		if ((x->gb = build_tables(e)) == NULL)
			goto fail;
	} else if (!x->utf8) {
		/* "//TRANSLIT" and such would make it less than strict. */
		if (strchr(x->name, '/') == NULL)
			x->in = iconv_open("UTF-8", x->name);
		if (x->in == (iconv_t)-1) {
			err_set(e, ERR_USAGE, "unknown encoding '%s'", name);
			goto fail;
		}
	}
	return x;

fail:
	encoding_close(x);
	return NULL;
}

void
encoding_close(struct encoding *x)
{
	if (x == NULL)
		return;
	if (x->in != (iconv_t)-1)
		iconv_close(x->in);
	if (x->out != (iconv_t)-1)
		iconv_close(x->out);
	mem_free(x->gb);
	mem_free(x);
}

const char *
encoding_name(const struct encoding *x)
{
	return x->name;
}

uint64_t
encoding_euros(const struct encoding *x)
{
	return x->euros;
}

static bool
bad_bytes(const struct encoding *x, size_t at, struct err *e)
{
	return err_data(
	    e, "encoding", "bytes at offset %zu are not %s", at, x->name);
}

/* Runs iconv over the text; *why 1 done, 0 cut off at the end, -1 refused. */
static size_t
run_iconv(iconv_t cd, struct slice text, struct buf *out, int *why)
{
	char *in = (char *)(uintptr_t)text.p;
	size_t n = text.n;

	*why = 1;
	while (n > 0) {
		size_t room = n * 2 + 64, left = room;
		char *to = buf_room(out, room);

		if (to == NULL)
			break;
		if (iconv(cd, &in, &n, &to, &left) == (size_t)-1 &&
		    errno != E2BIG)
			*why = errno == EINVAL ? 0 : -1;
		out->n += room - left;
		if (*why <= 0)
			break;
	}
	return text.n - n;
}

/* The end of a valid prefix is a cut, not a fault, where it may go on. */
static int
utf8_why(struct slice text, size_t used)
{
	size_t left = text.n - used;
	unsigned char c;

	if (left == 0)
		return 1;
	c = (unsigned char)text.p[used];
	if (left >= 4 || c < 0xC2 || c > 0xF4)
		return -1;
	for (size_t i = 1; i < left; i++)
		if (((unsigned char)text.p[used + i] & 0xC0) != 0x80)
			return -1;
	return left < (c < 0xE0 ? 2u : c < 0xF0 ? 3u : 4u) ? 0 : -1;
}

bool
encoding_decode(struct encoding *x, struct slice text, bool final,
    struct buf *out, size_t *used, struct err *e)
{
	size_t done = 0;
	int why = 1;

	if (text.n == 0) {
		/* nothing to do */
	} else if (x->utf8) {
		done = utf8_valid_prefix(text.p, text.n);
		why = utf8_why(text, done);
		buf_add(out, text.p, done);
	} else if (x->gb != NULL) {
		char *to = buf_room(out, text.n * 3), *start = to;

		if (to != NULL) {
			done = decode_gb(x, (const unsigned char *)text.p,
			    text.n, &to, &why);
			out->n += (size_t)(to - start);
		}
	} else {
		done = run_iconv(x->in, text, out, &why);
	}
	if (used != NULL)
		*used = done;
	if (out->full)
		return err_data(e, "limit_record", "text is too long");
	if (why < 0 || (why == 0 && final)) {
		if (x->in != (iconv_t)-1)
			iconv(x->in, NULL, NULL, NULL, NULL);
		return bad_bytes(x, done, e);
	}
	return true;
}

size_t
encoding_unit(const char *name)
{
	if (strncmp(name, "utf-32", 6) == 0 || strncmp(name, "ucs-4", 5) == 0 ||
	    strncmp(name, "utf32", 5) == 0 || strncmp(name, "ucs4", 4) == 0)
		return 4;
	return strncmp(name, "utf-16", 6) == 0 ||
		strncmp(name, "utf16", 5) == 0 ||
		strncmp(name, "ucs-2", 5) == 0 || strncmp(name, "ucs2", 4) == 0
	    ? 2
	    : 1;
}

size_t
encoding_recode(struct encoding *x, struct slice text, bool final, char *to,
    size_t room, size_t *made)
{
	char *in = (char *)(uintptr_t)text.p, *out = to;
	size_t left = text.n, unit = encoding_unit(x->name);

	assert(x->in != (iconv_t)-1);
	while (left > 0 && room > 0) {
		if (iconv(x->in, &in, &left, &out, &room) != (size_t)-1)
			break;
		if (errno == E2BIG || (errno == EINVAL && !final) || room == 0)
			break;
		*out++ = (char)0xFF;
		room--;
		in += left < unit ? left : unit;
		left -= left < unit ? left : unit;
		iconv(x->in, NULL, NULL, NULL, NULL);
	}
	*made = (size_t)(out - to);
	return text.n - left;
}

bool
encoding_encode(
    struct encoding *x, struct slice text, struct buf *out, struct err *e)
{
	size_t done;
	int why;

	if (x->utf8) {
		done = utf8_valid_prefix(text.p, text.n);
		buf_add(out, text.p, done);
		why = done == text.n ? 1 : -1;
	} else {
		if (x->out == (iconv_t)-1)
			x->out = iconv_open(x->name, "UTF-8");
		if (x->out == (iconv_t)-1)
			return err_set(e, ERR_USAGE,
			    "text cannot be written in encoding '%s'", x->name);
		done = run_iconv(x->out, text, out, &why);
		iconv(x->out, NULL, NULL, NULL, NULL);
	}
	if (out->full)
		return err_data(e, "limit_record", "text is too long");
	if (why <= 0)
		return err_data(e, "encoding",
		    "character at offset %zu does not exist in %s", done,
		    x->name);
	return true;
}

/*
 * By form alone, so without the tables: in the two-byte area every form is a
 * character (or of the private use area), and four-byte forms that are none
 * hardly occur by chance.
 */
size_t
encoding_gb18030_prefix(const char *text, size_t n)
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

/*
 * What a plain text in UTF-16 is made of.  Chosen so narrow that two bytes of
 * anything else seldom pass, and hundreds in a row never do.
 */
static bool
is_plain_unit(unsigned u)
{
	if (u < 0x80)
		return u >= ' ' ? u != 0x7F
				: strchr("\t\n\r\f\v\1", (int)u) && u;
	return u >= 0xA0 &&
	    (u < 0x0500 || (u >= 0x2000 && u < 0x3400) ||
		(u >= 0x3400 && u < 0xA000) || (u >= 0xAC00 && u < 0xE000) ||
		(u >= 0xF900 && u < 0xFB00) || (u >= 0xFE30 && u < 0xFFF0));
}

/* Units that are ASCII, of a text that is plain throughout; else 0. */
static size_t
plain_utf16(struct slice text, bool big)
{
	const unsigned char *p = (const unsigned char *)text.p;
	size_t ascii = 0;

	for (size_t i = 0; i + 1 < text.n; i += 2) {
		unsigned u =
		    big ? p[i] * 256u + p[i + 1] : p[i + 1] * 256u + p[i];

		if (!is_plain_unit(u))
			return 0;
		ascii += u < 0x80;
	}
	return ascii;
}

/*
 * No other text has zero bytes.  Delimiters, digits and line ends are ASCII in
 * any table; read the other way round they would be rare characters.
 */
static const char *
utf16_without_bom(struct slice text)
{
	size_t little, big;

	if (text.n > 4096)
		text.n = 4096;
	if (text.n < 4 || memchr(text.p, 0, text.n) == NULL)
		return NULL;
	little = plain_utf16(text, false);
	big = plain_utf16(text, true);
	if ((little > big ? little : big) * 32 < text.n)
		return NULL;
	return little > big ? "utf-16le" : big > little ? "utf-16be" : NULL;
}

const char *
encoding_detect(struct slice text, size_t *bom)
{
	static const struct {
		const char *mark, *name;
		size_t n;
	} marks[] = { { "\xEF\xBB\xBF", "utf-8", 3 },
		{ "\x84\x31\x95\x33", "gb18030", 4 },
		{ "\xFF\xFE\0\0", "utf-32le", 4 },
		{ "\0\0\xFE\xFF", "utf-32be", 4 },
		{ "\xFF\xFE", "utf-16le", 2 }, { "\xFE\xFF", "utf-16be", 2 } };
	const char *wide;

	if (bom != NULL)
		*bom = 0;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (text.n >= marks[i].n &&
		    memcmp(text.p, marks[i].mark, marks[i].n) == 0) {
			if (bom != NULL)
				*bom = marks[i].n;
			return marks[i].name;
		}
	if ((wide = utf16_without_bom(text)) != NULL)
		return wide;
	if (utf8_valid(text.p, text.n))
		return "utf-8";
	if (encoding_gb18030_prefix(text.p, text.n) == text.n)
		return "gb18030";
	return NULL;
}
