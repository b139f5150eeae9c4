#include "io/encoding.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "io/gb18030.h"

#define LONGEST 100

struct encoding {
	char name[LONGEST];
	bool utf8;
	struct gb18030 *gb; /* NULL: not GB18030 */
	iconv_t in, out;    /* (iconv_t)-1: not opened yet */
};

/*
 * The code points of n sequences of so many bytes, 0 where there is none.  One
 * call does as many as it can: it stops at what is no character.
 */
static void
ask(void *ctx, char *from, size_t width, size_t n, uint32_t *codes)
{
	iconv_t cd = ctx;
	char *in = from, *out = (char *)codes;
	size_t left = n * width, room = n * sizeof(*codes);

	memset(codes, 0, room);
	while (left > 0) {
		size_t done;

		if (iconv(cd, &in, &left, &out, &room) != (size_t)-1)
			break;
		/* A character of two code points would shift the rest. */
		iconv(cd, NULL, NULL, NULL, NULL);
		done = (size_t)(in - from) / width + 1;
		in = from + done * width;
		left = (n - done) * width;
		out = (char *)(codes + done);
		room = (n - done) * sizeof(*codes);
	}
}

static struct gb18030 *
open_gb18030(struct err *e)
{
	/* Code points in the machine's own byte order, without a mark. */
	iconv_t cd = iconv_open("WCHAR_T", "GB18030");
	struct gb18030 *t;

	if (cd == (iconv_t)-1) {
		err_set(e, ERR_USAGE, "iconv does not know GB18030");
		return NULL;
	}
	t = gb18030_new(ask, cd);
	iconv_close(cd);
	return t;
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
		if ((x->gb = open_gb18030(e)) == NULL)
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
	gb18030_free(x->gb);
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
	return x->gb == NULL ? 0 : gb18030_euros(x->gb);
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
		done = gb18030_decode(x->gb, text, out, &why);
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

	if (x->gb != NULL)
		return gb18030_recode(x->gb, text, final, to, room, made);
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

size_t
encoding_gb18030_prefix(const char *text, size_t n)
{
	return gb18030_prefix(text, n);
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
