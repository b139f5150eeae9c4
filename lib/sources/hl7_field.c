#include "sources/hl7_field.h"

#include <string.h>

#include "base/utf8.h"
#include "io/encoding.h"
#include "json/write.h"
#include "sources/encodings.h"
#include "sources/hl7_charset.h"

/* Field n of a segment; of MSH, field 1 is the delimiter itself. */
struct slice
hl7_field(const struct hl7_message *msg, struct slice segment, size_t n)
{
	const char *p = segment.p, *end = segment.p + segment.n;

	if (slice_starts(segment, "MSH")) {
		if (n == 1)
			return (struct slice){ p + 3, segment.n > 3 };
		n--;
	}
	for (; n > 0; n--) {
		p = memchr(p, msg->field, (size_t)(end - p));
		if (p == NULL)
			return SLICE("");
		p++;
	}
	end = memchr(p, msg->field, (size_t)(segment.p + segment.n - p));
	return slice_span(p, end == NULL ? segment.p + segment.n : end);
}

struct slice
hl7_component(struct slice s, char delimiter, size_t n)
{
	const char *p = s.p, *end = s.p + s.n, *to;

	for (; n > 1; n--) {
		p = memchr(p, delimiter, (size_t)(end - p));
		if (p == NULL)
			return SLICE("");
		p++;
	}
	to = memchr(p, delimiter, (size_t)(end - p));
	return slice_span(p, to == NULL ? end : to);
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes of \Xhhhh\ into the buffer; false where they are none. */
static bool
add_hex(struct slice code, struct buf *b)
{
	if (code.n < 3 || code.n % 2 == 0 || code.p[0] != 'X')
		return false;
	for (size_t i = 1; i < code.n; i++)
		if (hex_digit(code.p[i]) < 0)
			return false;
	for (size_t i = 1; i < code.n; i += 2)
		buf_addc(b,
		    (char)(hex_digit(code.p[i]) << 4 |
			hex_digit(code.p[i + 1])));
	return true;
}

/* The code of the escape at p, which *behind is set to the end of. */
static bool
escape_at(const struct hl7_message *msg, const char *p, const char *end,
    struct slice *code, const char **behind)
{
	const char *close = p < end && *p == msg->escape
	    ? memchr(p + 1, msg->escape, (size_t)(end - p - 1))
	    : NULL;

	if (close == NULL)
		return false;
	*code = slice_span(p + 1, close);
	*behind = close + 1;
	return true;
}

/*
 * Bytes of the message's encoding; a character may be cut by two escapes in a
 * row.  What makes no text stays as it was written.
 */
static const char *
put_hex(const struct hl7_message *msg, const char *p, const char *end,
    struct buf *b)
{
	struct buf bytes = { 0 };
	struct slice code;
	const char *behind = p;
	struct encoding *gb;
	struct err ignored = { 0 };
	size_t before = b->n;
	bool ok;

	while (escape_at(msg, p, end, &code, &behind) && add_hex(code, &bytes))
		p = behind;
	ok = bytes.n > 0 && utf8_valid(bytes.p, bytes.n);
	if (ok) {
		buf_add_slice(b, buf_slice(&bytes));
	} else if (bytes.n > 0 && msg->encodings != NULL) {
		gb = encodings_find(msg->encodings, "gb18030");
		ok = gb != NULL &&
		    encoding_decode(
			gb, buf_slice(&bytes), true, b, NULL, &ignored);
	}
	if (!ok)
		b->n = before;
	buf_release(&bytes);
	return ok ? p : NULL;
}

/* \.br\ and the like: what lays text out in lines does so here, too. */
static bool
put_layout(struct slice code, struct buf *b)
{
	static const char *const ends[] = { ".br", ".ce" };
	static const char *const none[] = { ".fi", ".nf", "H", "N" };
	unsigned long long n = 1;

	for (size_t i = 0; i < 2; i++)
		if (slice_is(code, ends[i])) {
			buf_addc(b, '\n');
			return true;
		}
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		if (slice_is(code, none[i]))
			return true;
	if (!slice_starts(code, ".sp") && !slice_starts(code, ".sk")) {
		/* Indentation of what follows: .in+4, .ti-2 */
		return slice_starts(code, ".in") || slice_starts(code, ".ti");
	}
	if (code.n > 3) {
		const char *p = code.p + 3 + (code.p[3] == '+');

		if (!slice_number(slice_span(p, code.p + code.n), &n) ||
		    n > 100)
			return false;
	}
	while (n-- > 0)
		buf_addc(b, code.p[2] == 'p' ? '\n' : ' ');
	return true;
}

static bool
put_escape(const struct hl7_message *msg, struct slice code, struct buf *b)
{
	static const char names[] = "FSRETP";
	const char stand[] = { msg->field, msg->component, msg->repeat,
		msg->escape, msg->sub, '#' };
	const char *name;

	if (code.n == 1 && code.p[0] != '\0' &&
	    (name = strchr(names, code.p[0])) != NULL &&
	    stand[name - names] != '\0') {
		buf_addc(b, stand[name - names]);
		return true;
	}
	return put_layout(code, b);
}

static bool
has_switch(const struct hl7_message *msg, struct slice s)
{
	for (size_t i = 0; i + 1 < s.n; i++)
		if (s.p[i] == msg->escape &&
		    (s.p[i + 1] == 'C' || s.p[i + 1] == 'M'))
			return true;
	return false;
}

static void
put_unescaped(const struct hl7_message *msg, struct slice s, struct buf *b)
{
	const char *p = s.p, *end = s.p + s.n, *behind, *hex;
	struct slice code;

	while (p < end) {
		if (!escape_at(msg, p, end, &code, &behind)) {
			buf_addc(b, *p++);
		} else if ((hex = put_hex(msg, p, end, b)) != NULL) {
			p = hex;
		} else if (put_escape(msg, code, b)) {
			p = behind;
		} else {
			buf_add(b, p, (size_t)(behind - p));
			p = behind;
		}
	}
}

/* Undone once the field is split, so that what they stand for splits none. */
void
hl7_put_text(const struct hl7_message *msg, struct buf *b, struct slice s)
{
	struct buf text = { 0 };

	if (msg->escape == '\0' || memchr(s.p, msg->escape, s.n) == NULL) {
		json_put_string(b, s);
		return;
	}
	put_unescaped(msg, s, &text);
	if (msg->encodings != NULL && has_switch(msg, buf_slice(&text)))
		hl7_switched(msg->encodings, &text, msg->escape);
	json_put_string(b, buf_slice(&text));
	buf_release(&text);
}

static void
put_number_key(struct buf *b, size_t n)
{
	json_put_comma(b);
	buf_addf(b, "\"%zu\":", n);
}

/*
 * Parts by number, empty ones left out; `inner` is the next delimiter or 0.  A
 * field of subcomponents alone is one of a single component.
 */
static void
put_parts(const struct hl7_message *msg, struct buf *b, struct slice s,
    char delimiter, char inner)
{
	size_t n = 0;
	const char *p = s.p, *end = s.p + s.n;

	if ((delimiter == '\0' || memchr(s.p, delimiter, s.n) == NULL) &&
	    (inner == '\0' || memchr(s.p, inner, s.n) == NULL)) {
		hl7_put_text(msg, b, s);
		return;
	}
	buf_addc(b, '{');
	for (;;) {
		const char *to = memchr(p, delimiter, (size_t)(end - p));
		struct slice part = slice_span(p, to == NULL ? end : to);

		n++;
		if (part.n > 0) {
			put_number_key(b, n);
			put_parts(msg, b, part, inner, '\0');
		}
		if (to == NULL)
			break;
		p = to + 1;
	}
	buf_addc(b, '}');
}

static void
put_field(const struct hl7_message *msg, struct buf *b, struct slice s)
{
	struct slice part;

	if (msg->repeat == '\0' || memchr(s.p, msg->repeat, s.n) == NULL) {
		put_parts(msg, b, s, msg->component, msg->sub);
		return;
	}
	buf_addc(b, '[');
	while (slice_next(&s, msg->repeat, &part)) {
		json_put_comma(b);
		put_parts(msg, b, part, msg->component, msg->sub);
	}
	buf_addc(b, ']');
}

/* MSH-1 and MSH-2 are the delimiters and are not split by themselves. */
void
hl7_put_segment(
    const struct hl7_message *msg, struct buf *b, struct slice s, bool with_id)
{
	bool header = slice_starts(s, "MSH");
	const char *p = s.p + (s.n < 3 ? s.n : 3), *end = s.p + s.n;
	size_t n = header;

	buf_addc(b, '{');
	if (with_id) {
		json_put_key(b, "id");
		json_put_string(b, slice_span(s.p, p));
	}
	if (header) {
		put_number_key(b, 1);
		json_put_string(b, (struct slice){ &msg->field, 1 });
	}
	while (p < end) {
		const char *to;

		p++;
		n++;
		to = memchr(p, msg->field, (size_t)(end - p));
		if (to == NULL)
			to = end;
		if (to > p) {
			put_number_key(b, n);
			if (header && n == 2)
				json_put_string(b, slice_span(p, to));
			else
				put_field(msg, b, slice_span(p, to));
		}
		p = to;
	}
	buf_addc(b, '}');
}
