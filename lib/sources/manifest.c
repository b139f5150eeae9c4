#include "sources/manifest.h"

#include <string.h>

#include "json/write.h"
#include "sources/charset.h"

void
member_label(const struct place_of *at, struct buf *b)
{
	charset_path_text(at->uri, b);
	for (size_t i = 0; i < at->nparts; i++) {
		buf_adds(b, i == 0 ? ": " : "/");
		buf_adds(b, at->parts[i]);
	}
}

static void
put_kind(const struct member *m, struct buf *b)
{
	if (m->kinds[1].kind == NULL) {
		json_put_key(b, "kind");
		json_put_cstring(
		    b, m->kinds[0].kind == NULL ? m->kind : m->kinds[0].kind);
	} else {
		json_put_key(b, "kinds");
		buf_addc(b, '{');
		for (size_t i = 0; i < MEMBER_KINDS && m->kinds[i].kind != NULL;
		     i++) {
			json_put_key(b, m->kinds[i].kind);
			json_put_uint(b, m->kinds[i].n);
		}
		buf_addc(b, '}');
	}
	json_put_key(b, "kind_by");
	json_put_cstring(b, m->kind_by);
}

static void
put_place(const struct member *m, struct buf *b)
{
	const struct place_of *at = m->place;

	buf_addc(b, '{');
	json_put_key(b, "uri");
	charset_path_json(at->uri, b);
	if (at->nparts > 0) {
		json_put_key(b, "member");
		buf_addc(b, '[');
		for (size_t i = 0; i < at->nparts; i++) {
			json_put_comma(b);
			json_put_cstring(b, at->parts[i]);
		}
		buf_addc(b, ']');
	}
	json_put_key(b, "format");
	json_put_cstring(b, m->format);
	if (m->has_encoding) {
		json_put_key(b, "encoding");
		json_put_cstring(b, charset_name(&m->charset));
	}
}

static void
put_extra(const struct member *m, struct buf *b)
{
	if (m->extra.n > 0) {
		buf_addc(b, ',');
		buf_add_slice(b, buf_slice(&m->extra));
	}
	if (m->notes.n > 0) {
		json_put_key(b, "notes");
		buf_addc(b, '[');
		buf_add_slice(b, buf_slice(&m->notes));
		buf_addc(b, ']');
	}
	buf_adds(b, "}\n");
}

static void
put_counts(const struct member *m, struct buf *b)
{
	buf_addf(b,
	    ",\"complete\":%s,\"records\":%llu,\"set_aside\":%llu,"
	    "\"skipped\":{",
	    m->incomplete ? "false" : "true", (unsigned long long)m->records,
	    (unsigned long long)m->set_aside);
	for (size_t i = 0; i < MEMBER_REASONS && m->skips[i].reason != NULL;
	     i++) {
		json_put_key(b, m->skips[i].reason);
		json_put_uint(b, m->skips[i].n);
	}
	buf_addf(b,
	    "},\"bytes_of\":{\"records\":%llu,\"set_aside\":%llu,"
	    "\"skipped\":%llu}",
	    (unsigned long long)m->bytes_records,
	    (unsigned long long)m->bytes_set_aside,
	    (unsigned long long)m->bytes_skipped);
	put_extra(m, b);
}

static void
note_encodings(struct member *m)
{
	if (!m->has_encoding)
		return;
	if (charset_is_mixed(&m->charset))
		member_note(m, "mixed_encoding: %llu utf-8, %llu gb18030",
		    (unsigned long long)m->charset.utf8,
		    (unsigned long long)m->charset.gb18030);
	if (charset_euros(&m->charset) > 0)
		member_note(m, "euro_signs: %llu",
		    (unsigned long long)charset_euros(&m->charset));
}

static void
put_line(struct member *m, struct buf *b)
{
	const struct input *in = m->recode == NULL ? m->input : m->own_input;
	uint8_t digest[DIGEST_SIZE];
	char hex[65];

	put_place(m, b);
	put_kind(m, b);
	json_put_key(b, "bytes");
	json_put_uint(b, m->own_at);
	if (in != NULL && m->sink->manifest != NULL && input_ended(in)) {
		input_digest(in, digest);
		digest_hex(digest, hex);
		json_put_key(b, "sha256");
		json_put_cstring(b, hex);
	}
	put_counts(m, b);
}

/*
 * What a failed input leaves: bytes that no reader took are set aside; one
 * whose data is refused has a reject of its own, one that is cut off decides
 * the status.
 */
static bool
account_failure(struct member *m, struct err *e)
{
	struct err why = { 0 };
	struct buf label = { 0 };
	bool ok;

	m->incomplete = true;
	input_failed(m->input, &why);
	if (sink_stopped(m->sink)) {
		member_skip_to(m, input_bytes(m->input), "interrupted");
		return sink_write(m->sink, e);
	}
	if (!m->failure_told &&
	    (why.kind == ERR_DATA || m->at < input_bytes(m->input))) {
		struct piece rest = { .from = m->at,
			.to = input_bytes(m->input),
			.next = input_bytes(m->input),
			.bytes = SLICE("") };

		if (!member_reject_cut(m, &rest, e))
			return false;
	}
	if (why.kind == ERR_DATA)
		return true;
	member_label(m->place, &label);
	err_wrap(&why, "%s", buf_string(&label));
	buf_release(&label);
	ok = sink_fail(m->sink, &why, e);
	return ok;
}

bool
member_reject_cut(struct member *m, const struct piece *p, struct err *e)
{
	struct err why = { 0 };

	if (sink_stopped(m->sink))
		return true; /* the account of the member says it */
	input_failed(m->input, &why);
	if (why.kind != ERR_DATA)
		keep_freeze(m);
	if (why.kind != ERR_DATA)
		err_data(&why, "cut_off", "the input ends within this record");
	m->failure_told = true;
	return member_reject(m, p, &why, e);
}

/* --inspect: what the member is, on the output. */
static bool
describe(struct member *m, struct err *e)
{
	struct buf *b = &m->sink->out;

	put_place(m, b);
	put_kind(m, b);
	put_extra(m, b);
	m->sink->records++;
	return sink_ready(m->sink, e);
}

/* What --inspect passed over before it had seen enough is no account. */
static void
forget_skips(struct member *m)
{
	memset(m->skips, 0, sizeof(m->skips));
	m->pieces = m->set_aside;
}

/* Pieces that were delivered by a run before are one skip, however many. */
static void
count_unchanged(struct member *m)
{
	if (m->keeping.unchanged)
		member_skip_to(m, m->at, "unchanged");
}

void
member_release(struct member *m)
{
	charset_release(&m->charset);
	recode_free(m->recode);
	buf_release(&m->notes);
	buf_release(&m->extra);
	buf_release(&m->head);
	buf_release(&m->tail);
}

bool
member_end(struct member *m, struct err *e)
{
	struct buf b = { 0 };
	bool ok = true;

	if (m->options->inspect && m->enough) {
		forget_skips(m);
		ok = totals_member(m, e) && describe(m, e);
		goto done;
	}
	if (!keep_member_compare(m))
		goto done;
	count_unchanged(m);
	if (m->input != NULL && input_failed(m->input, NULL)) {
		ok = account_failure(m, e);
	} else {
		if (m->input != NULL && m->at < input_bytes(m->input))
			member_skip_to(m, input_bytes(m->input), "framing");
	}
	if (ok) {
		note_encodings(m);
		put_line(m, &b);
		ok = totals_member(m, e) &&
		    sink_manifest(m->sink, buf_slice(&b), e) &&
		    keep_member_end(m, e);
		if (ok && m->options->inspect)
			ok = describe(m, e);
	}
done:
	buf_release(&b);
	member_release(m);
	return ok;
}
