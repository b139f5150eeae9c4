#include "sources/hl7_charset.h"

#include <ctype.h>
#include <string.h>

#include "io/encoding.h"

#define JAPANESE "iso-2022-jp-2"

static const struct {
	const char *hl7, *iconv;
} sets[] = { { "8859/1", "iso-8859-1" }, { "8859/2", "iso-8859-2" },
	{ "8859/3", "iso-8859-3" }, { "8859/4", "iso-8859-4" },
	{ "8859/5", "iso-8859-5" }, { "8859/6", "iso-8859-6" },
	{ "8859/7", "iso-8859-7" }, { "8859/8", "iso-8859-8" },
	{ "8859/9", "iso-8859-9" }, { "8859/15", "iso-8859-15" },
	{ "ISO IR14", JAPANESE }, { "ISO IR87", JAPANESE },
	{ "ISO IR159", JAPANESE }, { "ISO IR13", "iso-2022-jp-3" },
	{ "KS X 1001", "euc-kr" }, { "CNS 11643-1992", "euc-tw" },
	{ "BIG-5", "big5" }, { "BIG5", "big5" } };

static const char *
set_of(struct slice name)
{
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		if (slice_is(name, sets[i].hl7))
			return sets[i].iconv;
	return NULL;
}

/*
 * Looked for in the bytes, before they can be read: a trail byte that looks
 * like a delimiter would have to be followed by one of these names.
 */
const char *
hl7_charset(struct slice s)
{
	struct slice part, name;
	const char *end;
	char field, repeat;

	while (s.n > 0 && !isalpha((unsigned char)s.p[0])) {
		s.p++;
		s.n--;
	}
	if (s.n < 8)
		return NULL;
	field = s.p[3];
	repeat = s.p[5];
	end = memchr(s.p, '\r', s.n);
	if (end == NULL)
		end = memchr(s.p, '\n', s.n);
	if (end != NULL)
		s.n = (size_t)(end - s.p);
	for (int i = 1; i < 18 && slice_next(&s, field, &part); i++)
		continue;
	if (!slice_next(&s, field, &part))
		return NULL;
	while (slice_next(&part, repeat, &name))
		if (set_of(name) != NULL)
			return set_of(name);
	return NULL;
}

static int
digit(char c)
{
	static const char digits[] = "0123456789ABCDEF";
	const char *p =
	    c == '\0' ? NULL : strchr(digits, toupper((unsigned char)c));

	return p == NULL ? -1 : (int)(p - digits);
}

/* \C2842\ is ESC ( B; false where it is no such escape. */
static bool
put_sequence(struct slice code, struct buf *b)
{
	if ((code.n != 5 || code.p[0] != 'C') &&
	    ((code.n != 5 && code.n != 7) || code.p[0] != 'M'))
		return false;
	for (size_t i = 1; i < code.n; i++)
		if (digit(code.p[i]) < 0)
			return false;
	buf_addc(b, '\x1b');
	for (size_t i = 1; i < code.n; i += 2)
		buf_addc(
		    b, (char)(digit(code.p[i]) << 4 | digit(code.p[i + 1])));
	return true;
}

/* The bytes that the escapes stand for; false where there is no escape. */
static bool
put_sequences(const struct buf *field, char escape, struct buf *raw)
{
	const char *p = field->p, *end = field->p + field->n;
	bool any = false;

	while (p < end) {
		const char *close = *p == escape
		    ? memchr(p + 1, escape, (size_t)(end - p - 1))
		    : NULL;

		if (close != NULL &&
		    put_sequence(slice_span(p + 1, close), raw)) {
			p = close + 1;
			any = true;
		} else {
			buf_addc(raw, *p++);
		}
	}
	return any;
}

void
hl7_switched(struct encodings *open, struct buf *field, char escape)
{
	static const char *const tried[] = { JAPANESE, "iso-2022-jp-3",
		"iso-2022-cn-ext" };
	struct buf raw = { 0 }, text = { 0 };
	bool any = put_sequences(field, escape, &raw);

	for (size_t i = 0; any && i < sizeof(tried) / sizeof(tried[0]); i++) {
		struct encoding *x = encodings_find(open, tried[i]);
		struct err ignored = { 0 };

		buf_reset(&text);
		if (x == NULL ||
		    !encoding_decode(
			x, buf_slice(&raw), true, &text, NULL, &ignored))
			continue;
		buf_reset(field);
		buf_add_slice(field, buf_slice(&text));
		break;
	}
	buf_release(&raw);
	buf_release(&text);
}
