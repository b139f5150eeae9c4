#include "sources/hl7_write.h"

#include <string.h>

#include "json/write.h"

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
	for (size_t i = 5; i < 8 && msh.p[i] != msg->field; i++)
		if (memchr(msh.p + 4, msh.p[i], i - 4) != NULL)
			return err_data(
			    e, "hl7_header", "MSH-2 names a delimiter twice");
	type = hl7_field(msg, msh, 9);
	msg->code = slice_of(arena_printf(arena, "%.*s^%.*s",
	    (int)hl7_component(type, msg->component, 1).n,
	    hl7_component(type, msg->component, 1).p,
	    (int)hl7_component(type, msg->component, 2).n,
	    hl7_component(type, msg->component, 2).p));
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
	hl7_put_text(msg, b, value);
}

/*
 * The patient's number: the repetition of PID-3 typed MR (case number), else
 * PI, else the first.
 */
static struct slice
patient_of(const struct hl7_message *msg, struct slice pid)
{
	static const char *const types[] = { "MR", "PI" };
	struct slice all = hl7_field(msg, pid, 3);

	for (size_t t = 0; t < 2; t++) {
		struct slice rest = all, one;

		while (
		    msg->repeat != '\0' && slice_next(&rest, msg->repeat, &one))
			if (slice_is(hl7_component(one, msg->component, 5),
				types[t]))
				return hl7_component(one, msg->component, 1);
	}
	if (msg->repeat != '\0')
		all = hl7_component(all, msg->repeat, 1);
	return hl7_component(all, msg->component, 1);
}

static void
put_head(const struct hl7_message *msg, struct buf *b, struct slice pid,
    struct slice pv1)
{
	struct slice msh = msg->segments[0].text;
	struct slice app =
	    hl7_component(hl7_field(msg, msh, 3), msg->component, 1);
	struct slice site =
	    hl7_component(hl7_field(msg, msh, 4), msg->component, 1);
	struct slice visit =
	    hl7_component(hl7_field(msg, pv1, 19), msg->component, 1);
	struct slice sender = app;

	if (site.n > 0)
		sender = slice_of(arena_printf(msg->arena, "%.*s^%.*s",
		    (int)app.n, app.p, (int)site.n, site.p));
	put_plain(msg, b, "message", msg->code);
	put_plain(msg, b, "control_id", hl7_field(msg, msh, 10));
	put_plain(msg, b, "time",
	    hl7_component(hl7_field(msg, msh, 7), msg->component, 1));
	put_plain(msg, b, "sender", sender);
	put_plain(msg, b, "patient_id", patient_of(msg, pid));
	put_plain(msg, b, "visit_id", visit);
}

void
hl7_write_message(const struct hl7_message *msg, struct buf *b)
{
	buf_addc(b, '{');
	put_head(msg, b, segment_of(msg, "PID"), segment_of(msg, "PV1"));
	json_put_key(b, "segments");
	buf_addc(b, '[');
	for (size_t i = 0; i < msg->n; i++) {
		json_put_comma(b);
		hl7_put_segment(msg, b, msg->segments[i].text, true);
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
	hl7_put_segment(msg, b, segment, false);
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
		hl7_put_segment(msg, b, msg->segments[i].text, false);
	}
	if (any)
		buf_addc(b, ']');
}

/*
 * The last such segment before number i, but not before `from`: what a patient
 * has had in one message is not the next one's.
 */
static size_t
last_before(
    const struct hl7_message *msg, size_t i, size_t from, const char *id)
{
	for (size_t at = i; at-- > from;)
		if (slice_starts(msg->segments[at].text, id))
			return at;
	return msg->n;
}

static struct slice
text_at(const struct hl7_message *msg, size_t i)
{
	return i < msg->n ? msg->segments[i].text : SLICE("");
}

/* What it stands under: of an OBX its order, or the drug that was given. */
static void
put_parents(const struct hl7_message *msg, struct buf *b, size_t i,
    size_t patient, const char *id)
{
	static const char *const orders[] = { "OBR", "RXA", "RXE" };
	size_t parent = msg->n;

	if (strcmp(id, "OBX") == 0) {
		const char *name = NULL;

		for (size_t o = 0; o < 3; o++) {
			size_t at = last_before(msg, i, patient, orders[o]);

			if (at < msg->n && (parent == msg->n || at > parent)) {
				parent = at;
				name = orders[o];
			}
		}
		if (name != NULL)
			put_whole(msg, b, name, text_at(msg, parent));
	}
	if (id[0] == 'R')
		put_whole(msg, b, "ORC",
		    text_at(msg, last_before(msg, i, patient, "ORC")));
}

static void
put_part(const struct hl7_message *msg, struct buf *b, size_t i)
{
	struct slice s = msg->segments[i].text, pid, pv1;
	char id[4] = { s.p[0], s.p[1], s.p[2], '\0' };
	size_t patient = last_before(msg, i, 0, "PID");

	pid = text_at(msg, patient);
	if (patient == msg->n)
		patient = 0;
	pv1 = text_at(msg, last_before(msg, i, patient, "PV1"));
	buf_addc(b, '{');
	put_head(msg, b, pid, pv1);
	json_put_key(b, "segment");
	json_put_cstring(b, id);
	put_whole(msg, b, "PID", pid);
	put_whole(msg, b, "PV1", pv1);
	put_parents(msg, b, i, patient, id);
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
