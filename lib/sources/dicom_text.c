#include "sources/dicom_text.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "io/encoding.h"

#define ESC '\x1b'

static const struct {
	const char *term, *encoding;
} terms[] = {
	{ "6", NULL },
	{ "100", "ISO-8859-1" },
	{ "101", "ISO-8859-2" },
	{ "109", "ISO-8859-3" },
	{ "110", "ISO-8859-4" },
	{ "144", "ISO-8859-5" },
	{ "127", "ISO-8859-6" },
	{ "126", "ISO-8859-7" },
	{ "138", "ISO-8859-8" },
	{ "148", "ISO-8859-9" },
	{ "203", "ISO-8859-15" },
	{ "166", "TIS-620" },
	{ "13", "SHIFT_JIS" },
	{ "192", "UTF-8" },
	{ "58", "GB18030" },
	{ "149", "EUC-KR" },
	{ "87", NULL },
	{ "159", NULL },
};

/* What an escape puts in place, and for G0 of two bytes how iconv wants it. */
static const struct {
	const char *escape, *encoding, *wrap;
} escapes[] = {
	{ "(B", "", NULL },
	{ "(J", "SHIFT_JIS", NULL },
	{ ")I", "SHIFT_JIS", NULL },
	{ "$B", "ISO-2022-JP", "\x1b$B" },
	{ "$(D", "ISO-2022-JP-1", "\x1b$(D" },
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
dicom_text_init(struct dicom_text *t)
{
	memset(t, 0, sizeof(*t));
}

void
dicom_text_release(struct dicom_text *t)
{
	for (size_t i = 0; i < sizeof(t->cache) / sizeof(t->cache[0]); i++)
		encoding_close(t->cache[i]);
}

/* An encoding that stays open; NULL where there is no room or no such. */
static struct encoding *
opened(struct dicom_text *t, const char *name)
{
	struct err ignored = { 0 };

	for (size_t i = 0; i < sizeof(t->cache) / sizeof(t->cache[0]); i++) {
		if (t->cache[i] == NULL) {
			t->cache[i] = encoding_open(name, &ignored);
			t->cached[i] = name;
		}
		if (t->cache[i] != NULL && strcmp(t->cached[i], name) == 0)
			return t->cache[i];
	}
	return NULL;
}

static const char *
encoding_of_term(struct slice term)
{
	static const char *const heads[] = { "ISO_IR ", "ISO 2022 IR ",
		"ISO-IR ", "ISO2022 IR " };

	term = slice_trim(term);
	if (slice_is(term, "GB18030") || slice_is(term, "GBK"))
		return "GB18030";
	for (size_t h = 0; h < sizeof(heads) / sizeof(heads[0]); h++) {
		struct slice rest = term;

		if (!slice_starts(term, heads[h]))
			continue;
		rest.p += strlen(heads[h]);
		rest.n -= strlen(heads[h]);
		for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++)
			if (slice_is(rest, terms[i].term))
				return terms[i].encoding;
	}
	return NULL;
}

void
dicom_text_set(struct dicom_text *t, struct slice declared)
{
	struct slice first = { "", 0 }, rest = declared;
	const char *encoding;

	snprintf(t->name, sizeof(t->name), "%.*s", (int)declared.n, declared.p);
	t->extended = memchr(declared.p, '\\', declared.n) != NULL ||
	    slice_find(declared, SLICE("2022")) != NULL;
	/* An empty first value is ASCII with extensions behind it. */
	if (declared.n > 0 && declared.p[0] != '\\')
		slice_next(&rest, '\\', &first);
	encoding = encoding_of_term(first);
	t->single = encoding == NULL ? NULL : opened(t, encoding);
}

static bool
is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == ESC)
			return false;
	return true;
}

/* Bytes that nothing declares: what they strictly are, or an error. */
static bool
guess(struct dicom_text *t, struct slice s, struct buf *to, struct err *e)
{
	struct encoding *gb;

	t->guessed++;
	if (utf8_valid(s.p, s.n)) {
		buf_add_slice(to, s);
		return true;
	}
	gb = opened(t, "GB18030");
	if (gb != NULL && encoding_decode(gb, s, true, to, NULL, e))
		return true;
	return err_data(e, "encoding",
	    "text that its Specific Character Set does not allow");
}

static bool
decode_run(struct dicom_text *t, struct slice run, const char *encoding,
    const char *wrap, struct buf *to, struct err *e)
{
	struct encoding *by = encoding == NULL ? t->single
	    : encoding[0] == '\0'              ? NULL
					       : opened(t, encoding);
	size_t before = to->n;
	struct buf wrapped = { 0 };
	bool ok;

	if (wrap == NULL && is_ascii(run)) {
		buf_add_slice(to, run);
		return true;
	}
	if (by == NULL)
		return guess(t, run, to, e);
	if (wrap != NULL) {
		buf_adds(&wrapped, wrap);
		buf_add_slice(&wrapped, run);
		buf_adds(&wrapped, "\x1b(B");
		run = buf_slice(&wrapped);
	}
	ok = encoding_decode(by, run, true, to, NULL, e);
	if (!ok) {
		to->n = before;
		ok = wrap == NULL && guess(t, run, to, e);
	}
	buf_release(&wrapped);
	return ok;
}

/* The number in `escapes` of what stands behind ESC, or -1. */
static int
escape_at(struct slice s)
{
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if (slice_starts(s, escapes[i].escape))
			return (int)i;
	return -1;
}

bool
dicom_text_decode(
    struct dicom_text *t, struct slice s, struct buf *to, struct err *e)
{
	const char *encoding = NULL, *wrap = NULL;

	if (!t->extended || memchr(s.p, ESC, s.n) == NULL)
		return decode_run(t, s, NULL, NULL, to, e);
	while (s.n > 0) {
		const char *esc = memchr(s.p, ESC, s.n);
		struct slice run =
		    slice_span(s.p, esc == NULL ? s.p + s.n : esc);
		int which;

		if (run.n > 0 && !decode_run(t, run, encoding, wrap, to, e))
			return false;
		if (esc == NULL)
			break;
		s.n -= run.n + 1;
		s.p = esc + 1;
		which = escape_at(s);
		if (which < 0)
			return err_data(e, "encoding",
			    "an escape that no character set declares");
		/* Back to ASCII in G0 leaves what is in G1. */
		if (escapes[which].encoding[0] != '\0')
			encoding = escapes[which].encoding;
		wrap = escapes[which].wrap;
		if (escapes[which].encoding[0] == '\0' && encoding != NULL &&
		    strncmp(encoding, "ISO-2022", 8) == 0)
			encoding = NULL;
		s.p += strlen(escapes[which].escape);
		s.n -= strlen(escapes[which].escape);
	}
	return true;
}
