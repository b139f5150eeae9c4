#include "sources/hl7_field.h"

#include <string.h>

#include "json/write.h"

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

/* \Xhhhh\: bytes; what would make no valid text stays as it was written. */
static bool
put_hex(struct slice code, char **to)
{
	char *start = *to;

	if (code.n < 3 || code.n % 2 == 0)
		return false;
	for (size_t i = 1; i < code.n; i += 2) {
		int high = hex_digit(code.p[i]), low = hex_digit(code.p[i + 1]);

		if (high < 0 || low < 0 || (high << 4 | low) >= 0x80) {
			*to = start;
			return false;
		}
		*(*to)++ = (char)(high << 4 | low);
	}
	return true;
}

static bool
put_escape(const struct hl7_message *msg, struct slice code, char **to)
{
	static const char names[] = "FSRET";
	const char stand[] = { msg->field, msg->component, msg->repeat,
		msg->escape, msg->sub };
	const char *name;

	if (code.n == 1 && code.p[0] != '\0' &&
	    (name = strchr(names, code.p[0])) != NULL) {
		*(*to)++ = stand[name - names];
		return true;
	}
	if (slice_is(code, ".br")) {
		*(*to)++ = '\n';
		return true;
	}
	/* Highlighting has no place in plain text. */
	if (code.n == 1 && (code.p[0] == 'H' || code.p[0] == 'N'))
		return true;
	return code.n > 0 && code.p[0] == 'X' && put_hex(code, to);
}

static struct slice
unescaped(const struct hl7_message *msg, struct slice s)
{
	const char *p = s.p, *end = s.p + s.n;
	char *to, *start;

	if (msg->escape == '\0' || memchr(p, msg->escape, s.n) == NULL)
		return s;
	to = start = arena_alloc(msg->arena, s.n);
	while (p < end) {
		const char *close = *p == msg->escape
		    ? memchr(p + 1, msg->escape, (size_t)(end - p - 1))
		    : NULL;

		if (close != NULL &&
		    put_escape(msg, slice_span(p + 1, close), &to)) {
			p = close + 1;
			continue;
		}
		*to++ = *p++;
	}
	return slice_span(start, to);
}

void
hl7_put_text(const struct hl7_message *msg, struct buf *b, struct slice s)
{
	json_put_string(b, unescaped(msg, s));
}

static void
put_number_key(struct buf *b, size_t n)
{
	json_put_comma(b);
	buf_addf(b, "\"%zu\":", n);
}

/* Parts by number, empty ones left out; `inner` is the next delimiter or 0. */
static void
put_parts(const struct hl7_message *msg, struct buf *b, struct slice s,
    char delimiter, char inner)
{
	size_t n = 0;
	const char *p = s.p, *end = s.p + s.n;

	if (delimiter == '\0' || memchr(s.p, delimiter, s.n) == NULL) {
		if (inner != '\0')
			put_parts(msg, b, s, inner, '\0');
		else
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
