#include "sources/hl7_write.h"

#include <string.h>

#include "json/write.h"

/* --- fields -------------------------------------------------------------- */

/* Field n of a segment; of MSH, field 1 is the delimiter itself. */
static struct slice
field_of(const struct hl7_message *msg, struct slice segment, size_t n)
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

static struct slice
part_of(struct slice s, char delimiter, size_t n)
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

static void
put_text(const struct hl7_message *msg, struct buf *b, struct slice s)
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
			put_text(msg, b, s);
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
static void
put_segment(
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

/* --- the head of a record ------------------------------------------------ */

bool
hl7_open(struct hl7_message *msg, const struct hl7_segment *segments, size_t n,
    struct arena *arena, struct err *e)
{
	struct slice msh = segments[0].text, type;

	memset(msg, 0, sizeof(*msg));
	msg->segments = segments;
	msg->n = n;
	msg->arena = arena;
	if (msh.n < 8 || !slice_starts(msh, "MSH"))
		return err_data(
		    e, "hl7_header", "MSH is too short to name its delimiters");
	for (size_t i = 3; i < 8; i++)
		if ((unsigned char)msh.p[i] >= 0x80)
			return err_data(e, "hl7_header",
			    "MSH names a delimiter that is no ASCII character");
	msg->field = msh.p[3];
	for (size_t i = 4; i < 8 && msh.p[i] != msg->field; i++) {
		char *const to[] = { &msg->component, &msg->repeat,
			&msg->escape, &msg->sub };

		*to[i - 4] = msh.p[i];
	}
	if (msg->component == '\0')
		return err_data(
		    e, "hl7_header", "MSH-2 does not name the delimiters");
	type = field_of(msg, msh, 9);
	msg->code = slice_of(arena_printf(arena, "%.*s^%.*s",
	    (int)part_of(type, msg->component, 1).n,
	    part_of(type, msg->component, 1).p,
	    (int)part_of(type, msg->component, 2).n,
	    part_of(type, msg->component, 2).p));
	if (msg->code.n > 0 && msg->code.p[msg->code.n - 1] == '^')
		msg->code.n--;
	return true;
}

static struct slice
segment_of(const struct hl7_message *msg, const char *id)
{
	for (size_t i = 0; i < msg->n; i++)
		if (slice_starts(msg->segments[i].text, id))
			return msg->segments[i].text;
	return (struct slice){ "", 0 };
}

static void
put_plain(const struct hl7_message *msg, struct buf *b, const char *key,
    struct slice value)
{
	if (value.n == 0)
		return;
	json_put_key(b, key);
	put_text(msg, b, value);
}

/*
 * The patient's number: the repetition of PID-3 typed MR (case number), else
 * PI, else the first.
 */
static struct slice
patient_of(const struct hl7_message *msg)
{
	static const char *const types[] = { "MR", "PI" };
	struct slice all = field_of(msg, segment_of(msg, "PID"), 3);

	for (size_t t = 0; t < 2; t++) {
		struct slice rest = all, one;

		while (
		    msg->repeat != '\0' && slice_next(&rest, msg->repeat, &one))
			if (slice_is(part_of(one, msg->component, 5), types[t]))
				return part_of(one, msg->component, 1);
	}
	if (msg->repeat != '\0')
		all = part_of(all, msg->repeat, 1);
	return part_of(all, msg->component, 1);
}

static void
put_head(const struct hl7_message *msg, struct buf *b)
{
	struct slice msh = msg->segments[0].text;
	struct slice app = part_of(field_of(msg, msh, 3), msg->component, 1);
	struct slice site = part_of(field_of(msg, msh, 4), msg->component, 1);
	struct slice visit = part_of(
	    field_of(msg, segment_of(msg, "PV1"), 19), msg->component, 1);
	struct slice sender = app;

	if (site.n > 0)
		sender = slice_of(arena_printf(msg->arena, "%.*s^%.*s",
		    (int)app.n, app.p, (int)site.n, site.p));
	put_plain(msg, b, "message", msg->code);
	put_plain(msg, b, "control_id", field_of(msg, msh, 10));
	put_plain(
	    msg, b, "time", part_of(field_of(msg, msh, 7), msg->component, 1));
	put_plain(msg, b, "sender", sender);
	put_plain(msg, b, "patient_id", patient_of(msg));
	put_plain(msg, b, "visit_id", visit);
}

void
hl7_write_message(const struct hl7_message *msg, struct buf *b)
{
	buf_addc(b, '{');
	put_head(msg, b);
	json_put_key(b, "segments");
	buf_addc(b, '[');
	for (size_t i = 0; i < msg->n; i++) {
		json_put_comma(b);
		put_segment(msg, b, msg->segments[i].text, true);
	}
	buf_addc(b, ']');
}

/* --- parts --------------------------------------------------------------- */

static bool
stands_alone(const struct hl7_message *msg, size_t i)
{
	static const char *const clinical[] = { "OBX", "DG1", "AL1", "PR1",
		"RXA", "RXE" };
	struct slice s = msg->segments[i].text;

	for (size_t c = 0; c < sizeof(clinical) / sizeof(clinical[0]); c++)
		if (slice_starts(s, clinical[c]))
			return true;
	if (!slice_starts(s, "OBR"))
		return false;
	for (i++; i < msg->n; i++) {
		struct slice next = msg->segments[i].text;

		if (slice_starts(next, "OBX"))
			return false;
		if (slice_starts(next, "OBR"))
			break;
	}
	return true;
}

size_t
hl7_parts(const struct hl7_message *msg)
{
	size_t n = 0;

	for (size_t i = 0; i < msg->n; i++)
		n += stands_alone(msg, i);
	return n;
}

static void
put_whole(const struct hl7_message *msg, struct buf *b, const char *id,
    struct slice segment)
{
	if (segment.n == 0)
		return;
	json_put_key(b, id);
	put_segment(msg, b, segment, false);
}

/* The notes directly behind the segment. */
static void
put_notes(const struct hl7_message *msg, struct buf *b, size_t i)
{
	bool any = false;

	for (i++; i < msg->n && slice_starts(msg->segments[i].text, "NTE");
	     i++) {
		if (!any) {
			json_put_key(b, "NTE");
			buf_addc(b, '[');
		}
		any = true;
		json_put_comma(b);
		put_segment(msg, b, msg->segments[i].text, false);
	}
	if (any)
		buf_addc(b, ']');
}

static struct slice
last_before(const struct hl7_message *msg, size_t i, const char *id)
{
	while (i-- > 0)
		if (slice_starts(msg->segments[i].text, id))
			return msg->segments[i].text;
	return SLICE("");
}

static void
put_part(const struct hl7_message *msg, struct buf *b, size_t i)
{
	struct slice s = msg->segments[i].text;
	char id[4] = { s.p[0], s.p[1], s.p[2], '\0' };

	buf_addc(b, '{');
	put_head(msg, b);
	json_put_key(b, "segment");
	json_put_cstring(b, id);
	put_whole(msg, b, "PID", segment_of(msg, "PID"));
	put_whole(msg, b, "PV1", segment_of(msg, "PV1"));
	if (strcmp(id, "OBX") == 0)
		put_whole(msg, b, "OBR", last_before(msg, i, "OBR"));
	if (strcmp(id, "RXA") == 0 || strcmp(id, "RXE") == 0)
		put_whole(msg, b, "ORC", last_before(msg, i, "ORC"));
	put_whole(msg, b, id, s);
	put_notes(msg, b, i);
}

bool
hl7_write_parts(const struct hl7_message *msg, struct member *m,
    const struct piece *whole, struct err *e)
{
	struct piece p = *whole;

	for (size_t i = 0; i < msg->n; i++) {
		char id[4] = { 0 };
		const char *kind;

		if (!stands_alone(msg, i))
			continue;
		memcpy(id, msg->segments[i].text.p, 3);
		kind = member_code(m, "hl7", slice_of(id));
		p.kind = kind == NULL ? whole->kind : kind;
		put_part(msg, member_open(m), i);
		if (!member_record(m, &p, e))
			return false;
	}
	return true;
}
