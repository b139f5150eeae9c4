#include "sources/member.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "json/write.h"
#include "sources/charset.h"
#include "sources/manifest.h"

#define RAW_KEPT ((size_t)64 << 10) /* of bytes that are no text */

static void
chain_start(struct member *m)
{
	const struct place_of *at = m->place;
	struct buf b = { 0 };

	buf_adds(&b, "mdx1");
	if (at->walked != NULL)
		buf_add(&b, at->walked, strlen(at->walked) + 1);
	for (size_t i = at->unchained; i < at->nparts; i++)
		buf_add(&b, at->parts[i], strlen(at->parts[i]) + 1);
	digest_bytes(b.p, b.n, m->chain);
	buf_release(&b);
}

void
member_chain(struct member *m, struct slice bytes)
{
	keep_chain(m);
	digest_add(m->sink->hasher, "mdx1", 4);
	digest_add(m->sink->hasher, bytes.p, bytes.n);
	digest_take(m->sink->hasher, m->chain);
	m->base = m->at;
}

static uint64_t
own_offset(struct member *m, uint64_t at)
{
	return m->recode == NULL ? at : recode_place(m->recode, at);
}

/*
 * Pieces come as the reader sees them.  Where that is not the member's own
 * bytes, these are what is accounted for.
 */
static const struct piece *
own_piece(struct member *m, const struct piece *p, struct piece *own)
{
	if (m->recode == NULL)
		return p;
	*own = *p;
	if (p->from >= m->at)
		recode_let_go(m->recode, m->at);
	own->bytes = recode_bytes(m->recode, p->from, p->from + p->bytes.n);
	own->from = recode_place(m->recode, p->from);
	own->to = recode_place(m->recode, p->to);
	own->next = recode_place(m->recode, p->next);
	return own;
}

static uint8_t *
put_offset(uint8_t *to, uint64_t n)
{
	for (int i = 0; i < 8; i++)
		to[i] = (uint8_t)(n >> (56 - 8 * i));
	return to + 8;
}

void
member_chain_step(
    struct member *m, const struct piece *p, uint8_t chain[DIGEST_SIZE])
{
	uint8_t head[DIGEST_SIZE + 16];

	memcpy(head, chain, DIGEST_SIZE);
	put_offset(
	    put_offset(head + DIGEST_SIZE, p->from - m->base), p->to - m->base);
	digest_add(m->sink->hasher, head, sizeof(head));
	digest_add(m->sink->hasher, p->bytes.p, p->bytes.n);
	digest_take(m->sink->hasher, chain);
}

void
member_id(struct member *m, const struct piece *p, char id[DIGEST_ID + 1])
{
	uint8_t chain[DIGEST_SIZE];

	memcpy(chain, m->chain, sizeof(chain));
	member_chain_step(m, p, chain);
	digest_id(chain, id);
}

void
member_begin(struct member *m, const struct source_options *options,
    struct sink *sink, struct totals *totals, const struct place_of *place,
    struct input *input, const char *format)
{
	memset(m, 0, sizeof(*m));
	m->options = options;
	m->limits = run_options(sink->run);
	m->sink = sink;
	m->totals = totals;
	m->place = place;
	m->input = input;
	m->format = format;
	m->line = 1;
	m->kind = "other";
	m->kind_by = "none";
	if (options->kind != NULL) {
		m->kind = options->kind;
		m->kind_by = "option";
	}
	chain_start(m);
	keep_member(m);
}

/* --- pieces -------------------------------------------------------------- */

static void
count_skip(struct member *m, const char *reason)
{
	m->pieces++;
	for (size_t i = 0; i < MEMBER_REASONS; i++) {
		if (m->skips[i].reason == NULL)
			m->skips[i].reason = reason;
		if (strcmp(m->skips[i].reason, reason) == 0) {
			m->skips[i].n++;
			return;
		}
	}
	assert(!"more reasons to skip than there are");
}

static void
move_to(struct member *m, uint64_t at, uint64_t *bytes)
{
	uint64_t own = own_offset(m, at);

	*bytes += own - m->own_at;
	m->at = at;
	m->own_at = own;
}

/* Bytes between two pieces: one skip a member, however often. */
static void
close_gap(struct member *m, uint64_t to)
{
	assert(to >= m->at);
	if (to == m->at)
		return;
	move_to(m, to, &m->bytes_skipped);
	for (size_t i = 0; i < MEMBER_REASONS; i++)
		if (m->skips[i].reason != NULL &&
		    strcmp(m->skips[i].reason, "framing") == 0)
			return;
	count_skip(m, "framing");
}

/*
 * The bytes of a piece with its line end, which come next.  Parts of one
 * message share its bytes, two windows of samples those between them: the
 * first has them, the others add to the chain.
 */
static uint64_t
advance(struct member *m, const struct piece *p, const struct piece *own)
{
	uint64_t bytes = 0;

	if (p->from > m->at)
		close_gap(m, p->from);
	if (m->keeping.keep != NULL)
		keep_before(m, own);
	member_chain_step(m, own, m->chain);
	if (p->next > m->at)
		move_to(m, p->next, &bytes);
	if (m->keeping.keep != NULL)
		keep_behind(m, own, p->next > p->to || p->placeless);
	return bytes;
}

void
member_skip(struct member *m, const struct piece *p, const char *reason)
{
	struct piece own;

	if (keep_is_over(m))
		return;
	m->bytes_skipped += advance(m, p, own_piece(m, p, &own));
	if (!m->keeping.muted)
		count_skip(m, reason);
}

void
member_skip_to(struct member *m, uint64_t to, const char *reason)
{
	if (strcmp(reason, "framing") == 0) {
		close_gap(m, to);
		return;
	}
	move_to(m, to, &m->bytes_skipped);
	count_skip(m, reason);
}

/* --- records ------------------------------------------------------------- */

static void
put_chain_of_names(struct buf *b, const struct place_of *at, const char *part)
{
	if (at->nparts == 0 && part == NULL)
		return;
	json_put_key(b, "member");
	buf_addc(b, '[');
	for (size_t i = 0; i < at->nparts; i++) {
		json_put_comma(b);
		json_put_cstring(b, at->parts[i]);
	}
	if (part != NULL) {
		json_put_comma(b);
		json_put_cstring(b, part);
	}
	buf_addc(b, ']');
}

static void
put_source(struct member *m, struct buf *b, const struct piece *p)
{
	json_put_key(b, "src");
	buf_addc(b, '{');
	json_put_key(b, "uri");
	charset_path_json(m->place->uri, b);
	put_chain_of_names(b, m->place, p->part);
	json_put_key(b, "format");
	json_put_cstring(b, m->format);
	if (p->encoding != NULL) {
		json_put_key(b, "encoding");
		json_put_cstring(b, p->encoding);
	}
}

/*
 * What stands in `_mdx` around the id, line, row and offset is the same for
 * most records of a member and is kept ready.
 */
static void
prepare(struct member *m, const struct piece *p, const char *kind)
{
	if (m->head.n > 0 && m->head_kind == kind &&
	    m->head_encoding == p->encoding && m->head_part == p->part &&
	    p->part == NULL)
		return;
	m->head_kind = kind;
	m->head_encoding = p->encoding;
	m->head_part = p->part;
	buf_reset(&m->head);
	buf_adds(&m->head, "\",\"kind\":");
	json_put_cstring(&m->head, kind);
	put_source(m, &m->head, p);
	buf_reset(&m->tail);
	if (m->place->sha256[0] != '\0')
		buf_addf(&m->tail, ",\"sha256\":\"%s\"", m->place->sha256);
	buf_adds(&m->tail, "}}}\n");
}

static char *
put_digits(char *to, uint64_t n)
{
	char digits[20];
	int have = 0;

	do
		digits[have++] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	while (have > 0)
		*to++ = digits[--have];
	return to;
}

static char *
put_position(char *to, const struct piece *p, uint64_t row)
{
	static const char line[] = ",\"line\":", rows[] = ",\"row\":",
			  offset[] = ",\"offset\":[";

	if (p->line > 0) {
		memcpy(to, line, sizeof(line) - 1);
		to = put_digits(to + sizeof(line) - 1, p->line);
	}
	memcpy(to, rows, sizeof(rows) - 1);
	to = put_digits(to + sizeof(rows) - 1, row);
	if (!p->placeless) {
		memcpy(to, offset, sizeof(offset) - 1);
		to = put_digits(to + sizeof(offset) - 1, p->from);
		*to++ = ',';
		to = put_digits(to, p->to);
		*to++ = ']';
	}
	return to;
}

/* The room for all of `_mdx` is asked for once. */
static void
put_trail(struct member *m, const struct piece *own)
{
	static const char begin[] = ",\"_mdx\":{\"id\":\"";
	struct buf *b = &m->sink->out;
	char *to = buf_room(b, m->head.n + m->tail.n + 200), id[DIGEST_ID + 1];
	size_t empty = b->p[b->n - 1] == '{';

	digest_id(m->chain, id);
	memcpy(to, begin + empty, sizeof(begin) - 1 - empty);
	to += sizeof(begin) - 1 - empty;
	memcpy(to, id, DIGEST_ID);
	to += DIGEST_ID;
	memcpy(to, m->head.p, m->head.n);
	to = put_position(to + m->head.n, own, m->rows);
	memcpy(to, m->tail.p, m->tail.n);
	b->n = (size_t)(to + m->tail.n - b->p);
}

struct buf *
member_open(struct member *m)
{
	m->began = m->sink->out.n;
	return &m->sink->out;
}

void
member_cancel(struct member *m)
{
	m->sink->out.n = m->began;
}

/*
 * Behind a record that took all that was gathered along is a good place to
 * stop: the state may say so, and the output may go on in another file.
 */
static bool
may_stop(struct member *m, struct err *e)
{
	struct sink *s = m->sink;

	if (s->out.n > 0 || !s->mine || !keep_can_stop(m) ||
	    (!s->turns->freely && !sink_is_due(s)))
		return true;
	return keep_position(m, e) && sink_settle(s, false, e) &&
	    sink_rest(s, e);
}

bool
member_record(struct member *m, const struct piece *p, struct err *e)
{
	const char *kind = p->kind == NULL ? m->kind : p->kind;
	struct piece room;
	const struct piece *own;
	uint64_t n;

	if (m->options->inspect) {
		member_cancel(m);
		totals_kind(m, kind);
		m->enough = true;
		return false;
	}
	if (keep_is_over(m)) {
		member_cancel(m);
		m->enough = true;
		return false;
	}
	own = own_piece(m, p, &room);
	n = advance(m, p, own);
	m->rows++;
	if (m->keeping.muted) {
		m->bytes_skipped += n;
		member_cancel(m);
		return !m->enough;
	}
	m->bytes_records += n;
	m->pieces++;
	m->records++;
	prepare(m, p, kind);
	put_trail(m, own);
	m->sink->records++;
	m->sink->given++;
	totals_kind(m, kind);
	return sink_ready(m->sink, e) && may_stop(m, e);
}

/*
 * Where nothing was read so far, a wrong --format is the likely reason, unless
 * the message says that itself.
 */
static const struct err *
with_hint(const struct member *m, const struct err *why, struct err *room)
{
	size_t n = strlen(why->text);
	bool more = n > 0 && why->text[n - 1] == ')';

	if (m->unlike == NULL || m->records + m->set_aside > 0 ||
	    strstr(why->text, "--format") != NULL)
		return why;
	err_data(room, why->code, "%.*s%s--format says %s%s%s)",
	    (int)(n - more), why->text, more ? "; " : " (", m->options->format,
	    m->unlike[0] == '\0' ? "" : ", its content ", m->unlike);
	return room;
}

bool
member_reject(struct member *m, const struct piece *p, const struct err *why,
    struct err *e)
{
	struct buf src = { 0 }, label = { 0 };
	struct err hint = { 0 };
	struct piece room;
	const struct piece *own = own_piece(m, p, &room);
	struct slice raw = own->bytes;
	struct place at = { .line = p->line, .from = own->from, .to = own->to };
	uint64_t n;
	bool ok;

	if (keep_is_over(m)) {
		m->enough = true;
		return false;
	}
	n = advance(m, p, own);
	if (m->keeping.muted) {
		m->bytes_skipped += n;
		return !m->enough;
	}
	why = with_hint(m, why, &hint);
	m->bytes_set_aside += n;
	m->pieces++;
	m->set_aside++;
	m->sink->given++;
	put_source(m, &src, p);
	if (p->line > 0) {
		json_put_key(&src, "line");
		json_put_uint(&src, p->line);
	}
	if (!p->placeless)
		buf_addf(&src, ",\"offset\":[%llu,%llu]",
		    (unsigned long long)own->from, (unsigned long long)own->to);
	if (m->place->sha256[0] != '\0') {
		json_put_key(&src, "sha256");
		json_put_cstring(&src, m->place->sha256);
	}
	buf_addc(&src, '}');
	at.src = (struct slice){ src.p + strlen("\"src\":"),
		src.n - strlen("\"src\":") };
	member_label(m->place, &label);
	at.uri = buf_string(&label);
	if (raw.n > RAW_KEPT)
		raw.n = RAW_KEPT;
	at.cut = raw.n < p->to - p->from;
	ok = sink_reject(m->sink, &at, raw, why, e);
	buf_release(&src);
	buf_release(&label);
	return ok;
}

void
member_note(struct member *m, const char *fmt, ...)
{
	char text[256];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	json_put_comma(&m->notes);
	json_put_cstring(&m->notes, text);
}

void
member_place(const struct member *m, struct place_of *to, const char *part)
{
	*to = *m->place;
	if (to->nparts < MEMBER_PARTS)
		to->parts[to->nparts++] = part;
}
