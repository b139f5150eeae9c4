#include "sources/dicom_text.h"

#include <string.h>

#include "base/utf8.h"
#include "io/encoding.h"

#define ESC '\x1b'

/*
 * What an escape puts in place: with `wrap` two bytes a character in G0, by
 * the escape that iconv wants before them; else G1, and no encoding is ASCII
 * in G0.
 */
static const struct escape {
	const char *escape, *encoding, *wrap;
} escapes[] = {
	{ "(B", NULL, NULL },
	{ "(J", NULL, NULL },
	{ "$B", "ISO-2022-JP", "\x1b$B" },
	{ "$@", "ISO-2022-JP", "\x1b$@" },
	{ "$(D", "ISO-2022-JP-2", "\x1b$(D" },
	{ ")I", DICOM_HALFWIDTH, NULL },
	{ "$)C", "EUC-KR", NULL },
	{ "$)A", "GB18030", NULL },
	{ "-A", "ISO-8859-1", NULL },
	{ "-B", "ISO-8859-2", NULL },
	{ "-C", "ISO-8859-3", NULL },
	{ "-D", "ISO-8859-4", NULL },
	{ "-L", "ISO-8859-5", NULL },
	{ "-G", "ISO-8859-6", NULL },
	{ "-F", "ISO-8859-7", NULL },
	{ "-H", "ISO-8859-8", NULL },
	{ "-M", "ISO-8859-9", NULL },
	{ "-b", "ISO-8859-15", NULL },
	{ "-T", "TIS-620", NULL },
};

void
dicom_text_init(struct dicom_text *t, struct encodings *encodings)
{
	memset(t, 0, sizeof(*t));
	t->encodings = encodings;
}

/* --- one encoding -------------------------------------------------------- */

static bool
is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == ESC)
			return false;
	return true;
}

/* Katakana of half width at A1 to DF, ASCII below. */
static bool
decode_halfwidth(struct slice s, struct buf *to)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		char utf8[4];

		if (c < 0x80) {
			buf_addc(to, (char)c);
			continue;
		}
		if (c < 0xA1 || c > 0xDF)
			return false;
		buf_add(to, utf8, utf8_put(utf8, 0xFF61 + c - 0xA1));
	}
	return true;
}

/* False leaves the buffer as it was. */
static bool
decode_as(
    struct dicom_text *t, struct slice s, const char *name, struct buf *to)
{
	struct err ignored = { 0 };
	struct encoding *by;
	size_t before = to->n;
	bool ok;

	if (strcmp(name, DICOM_HALFWIDTH) == 0) {
		ok = decode_halfwidth(s, to);
	} else {
		by = encodings_find(t->encodings, name);
		ok = by != NULL &&
		    encoding_decode(by, s, true, to, NULL, &ignored);
	}
	if (!ok)
		to->n = before;
	return ok;
}

static bool
has_chinese(struct slice s)
{
	for (const char *p = s.p, *end = s.p + s.n; p < end;) {
		uint32_t c = utf8_next(&p, end);

		if ((c >= 0x3400 && c <= 0x9FFF) ||
		    (c >= 0xF900 && c <= 0xFAFF) ||
		    (c >= 0x20000 && c <= 0x3FFFF))
			return true;
	}
	return false;
}

/* Strictly the one or the other; chinese: only if it holds such a character. */
static bool
read_otherwise(
    struct dicom_text *t, struct slice s, bool chinese, struct buf *to)
{
	size_t before = to->n;
	const char *as = "utf-8";

	if (utf8_valid(s.p, s.n) && (!chinese || has_chinese(s))) {
		buf_add_slice(to, s);
	} else {
		as = "gb18030";
		if (!decode_as(t, s, "GB18030", to))
			return false;
		if (chinese &&
		    !has_chinese(
			(struct slice){ to->p + before, to->n - before })) {
			to->n = before;
			return false;
		}
	}
	t->guessed++;
	t->guessed_as = as;
	return true;
}

static bool
refuse(struct err *e)
{
	return err_data(e, "encoding",
	    "text that its Specific Character Set does not allow (--charset "
	    "or --repair-charset may help)");
}

static bool
decode_run(struct dicom_text *t, struct slice run, const char *encoding,
    struct buf *to, struct err *e)
{
	if (is_ascii(run)) {
		buf_add_slice(to, run);
		return true;
	}
	if (encoding != NULL && decode_as(t, run, encoding, to))
		return true;
	/* Shift JIS has what ISO_IR 13 has, and is written in its place. */
	if (encoding != NULL && strcmp(encoding, DICOM_HALFWIDTH) == 0 &&
	    decode_as(t, run, "SHIFT_JIS", to)) {
		t->guessed++;
		t->guessed_as = "shift_jis";
		return true;
	}
	return read_otherwise(t, run, false, to) || refuse(e);
}

/* --- code extensions ----------------------------------------------------- */

struct extension {
	const struct escape *g0, *g1; /* NULL: ASCII; value 1 of the set */
	const struct escape *last;    /* what G1 was */
	const char *delimiters;       /* behind which both begin anew */
};

static const struct escape *
escape_at(struct slice s)
{
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if (slice_starts(s, escapes[i].escape))
			return &escapes[i];
	return NULL;
}

/* The longest start of bytes that are all below 0x80, or all not. */
static struct slice
half(struct slice s)
{
	bool high = ((unsigned char)s.p[0] & 0x80) != 0;
	size_t n = 1;

	while (n < s.n && (((unsigned char)s.p[n] & 0x80) != 0) == high)
		n++;
	return (struct slice){ s.p, n };
}

static bool
decode_pairs(struct dicom_text *t, struct slice s, const struct escape *g0,
    struct buf *to, struct err *e)
{
	struct buf wrapped = { 0 };
	bool ok;

	buf_adds(&wrapped, g0->wrap);
	buf_add_slice(&wrapped, s);
	buf_adds(&wrapped, "\x1b(B");
	ok = decode_as(t, buf_slice(&wrapped), g0->encoding, to);
	buf_release(&wrapped);
	return ok || refuse(e);
}

/* A trail byte of GBK, which some write for GB 2312, delimits nothing. */
static size_t
before_delimiter(struct slice s, const char *g1, const char *delimiters)
{
	bool gb = g1 != NULL && strcmp(g1, "GB18030") == 0;
	size_t n = 0;

	while (n < s.n && strchr(delimiters, s.p[n]) == NULL)
		n += gb && ((unsigned char)s.p[n] & 0x80) != 0 ? 2 : 1;
	return n < s.n ? n : s.n;
}

/*
 * What the upper half is where no escape says it: value 1 of the set; but if
 * that is ASCII, which has none, who wrote it only forgot the escape.
 */
static const char *
upper_half(const struct dicom_charset *set)
{
	return set->single != NULL ? set->single : set->other;
}

static const char *
upper(const struct dicom_text *t, const struct extension *x)
{
	if (x->g1 != NULL)
		return x->g1->encoding;
	if (t->set.single == NULL && x->last != NULL)
		return x->last->encoding;
	return upper_half(&t->set);
}

/* Bytes between two escapes. */
static bool
decode_between(struct dicom_text *t, struct slice s, struct extension *x,
    struct buf *to, struct err *e)
{
	while (s.n > 0) {
		struct slice run = s;
		const char *g1 = upper(t, x);
		size_t n = 0;

		if (x->g0 != NULL) {
			run = half(s);
			if (((unsigned char)run.p[0] & 0x80) == 0
				? !decode_pairs(t, run, x->g0, to, e)
				: !decode_run(t, run, g1, to, e))
				return false;
		} else {
			n = before_delimiter(s, g1, x->delimiters);
			if (n < s.n) {
				run.n = n + 1;
				x->g1 = NULL;
			}
			if (!decode_run(t, run, g1, to, e))
				return false;
		}
		s.p += run.n;
		s.n -= run.n;
	}
	return true;
}

static bool
decode_extended(struct dicom_text *t, struct slice s, const char *vr,
    struct buf *to, struct err *e)
{
	struct extension x = { .delimiters = strcmp(vr, "PN") == 0
		    ? "^=\\\t\n\f\r"
		    : "\\\t\n\f\r" };

	while (s.n > 0) {
		const char *esc = memchr(s.p, ESC, s.n);
		struct slice run =
		    slice_span(s.p, esc == NULL ? s.p + s.n : esc);
		const struct escape *which;

		if (!decode_between(t, run, &x, to, e))
			return false;
		if (esc == NULL)
			break;
		s.n -= run.n + 1;
		s.p = esc + 1;
		which = escape_at(s);
		if (which == NULL)
			return err_data(e, "encoding",
			    "an escape that no character set declares");
		if (which->encoding == NULL)
			x.g0 = NULL;
		else if (which->wrap != NULL)
			x.g0 = which;
		else
			x.g1 = x.last = which;
		s.p += strlen(which->escape);
		s.n -= strlen(which->escape);
	}
	return true;
}

/* Sets that take any byte for a character of theirs. */
static bool
is_narrow(const char *encoding)
{
	return encoding == NULL || strncmp(encoding, "ISO-8859", 8) == 0 ||
	    strcmp(encoding, "TIS-620") == 0 ||
	    strcmp(encoding, DICOM_HALFWIDTH) == 0;
}

bool
dicom_text_decode(struct dicom_text *t, struct slice s, const char *vr,
    struct buf *to, struct err *e)
{
	if (t->set.extended && memchr(s.p, ESC, s.n) != NULL)
		return decode_extended(t, s, vr, to, e);
	if (t->repair && is_narrow(upper_half(&t->set)) && !is_ascii(s) &&
	    read_otherwise(t, s, true, to))
		return true;
	return decode_run(t, s, upper_half(&t->set), to, e);
}
