/*
 * HL7 v2: one record a message, or with --split one a clinical segment.
 *
 * Where any CR is seen, CR ends a segment and LF is data (CRLF is one end);
 * only input without CR ends segments by LF.  A message begins at MSH at the
 * start of a segment.  Fields are split first and their escapes undone then.
 */
#include <stdint.h>
#include <string.h>

#include "sources/format.h"
#include "sources/hl7_take.h"

#define SEEN ((size_t)1 << 20)

struct batch {
	struct member *m;
	struct hl7_taker *taker;
	bool cr;
	uint64_t messages; /* of the batch at hand */
	uint64_t batches;
	bool outside; /* something that is no message was passed over */
};

bool
hl7_is(struct slice head)
{
	static const char *const first[] = { "MSH", "FHS", "BHS" };

	while (head.n > 0 &&
	    (head.p[0] == '\x0b' || head.p[0] == '\n' || head.p[0] == '\r')) {
		head.p++;
		head.n--;
	}
	if (head.n < 8)
		return false;
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		if (memcmp(head.p, first[i], 3) == 0)
			return hl7_is_delimiter(head.p[3]);
	return false;
}

/* --- segments ------------------------------------------------------------ */

struct line {
	struct slice text; /* without its end, in the window */
	size_t whole;      /* with it */
	bool cut;          /* the input failed within it */
};

static const char *
line_end(const struct batch *b, struct slice s, size_t from)
{
	return memchr(s.p + from, b->cr ? '\r' : '\n', s.n - from);
}

/*
 * The segment at `from` of the window; false at the end.  MLLP's frame bytes
 * stand alone on lines of their own: FS CR ends one, VT begins the next.
 */
static bool
next_line(struct batch *b, size_t from, struct line *l)
{
	size_t limit = b->m->limits->max_record;
	struct slice s = input_peek(b->m->input, from + 1);
	const char *end = NULL;

	if (s.n <= from)
		return false;
	while ((end = line_end(b, s, from)) == NULL && s.n - from <= limit) {
		size_t had = s.n;

		s = input_peek(b->m->input, had + 1);
		if (s.n == had)
			break;
	}
	/* The LF of a CRLF must be seen, or it would begin the next. */
	if (end != NULL && b->cr && end + 1 == s.p + s.n) {
		size_t at = (size_t)(end - s.p);

		s = input_peek(b->m->input, at + 2);
		end = s.p + at;
	}
	l->cut = end == NULL && input_failed(b->m->input, NULL);
	l->text = slice_span(s.p + from, end == NULL ? s.p + s.n : end);
	l->whole = l->text.n + (end != NULL);
	if (end != NULL && b->cr && end + 1 < s.p + s.n && end[1] == '\n')
		l->whole++;
	return true;
}

static bool
begins_message(struct slice s)
{
	s = hl7_unframed(s);
	return s.n > 3 && slice_starts(s, "MSH") && hl7_is_segment(s);
}

static bool
is_envelope(struct slice s)
{
	return slice_starts(s, "FHS") || slice_starts(s, "BHS") ||
	    slice_starts(s, "BTS") || slice_starts(s, "FTS");
}

/* --- messages ------------------------------------------------------------ */

/* The piece of the lines up to `n` of the window, without the last line end. */
static struct piece
piece_of(struct batch *b, size_t n, size_t last_end)
{
	struct slice s = input_peek(b->m->input, n);
	struct piece p = { .from = b->m->at, .line = b->m->line };

	p.bytes = (struct slice){ s.p, n - last_end };
	p.to = p.from + p.bytes.n;
	p.next = p.from + n;
	return p;
}

static void
done_with(struct batch *b, size_t n)
{
	struct slice s = input_peek(b->m->input, n);

	for (size_t i = 0; i < n; i++)
		b->m->line += s.p[i] == '\n' ||
		    (s.p[i] == '\r' && (i + 1 >= s.n || s.p[i + 1] != '\n'));
	input_take(b->m->input, n);
}

/*
 * BTS-1 counts the messages of a batch, FTS-1 the batches of a file.  One that
 * says otherwise is set aside: what it misses was lost before it came here.
 */
static bool
check_trailer(struct batch *b, struct slice s, struct err *why)
{
	bool file = slice_starts(s, "FTS");
	uint64_t read = file ? b->batches : b->messages;
	struct slice count, id;
	unsigned long long n;

	if (slice_starts(s, "BHS")) {
		b->messages = 0;
		b->batches++;
	}
	if ((!file && !slice_starts(s, "BTS")) || s.n < 4)
		return true;
	b->messages = 0;
	slice_next(&s, s.p[3], &id);
	if (!slice_next(&s, id.p[3], &count) || !slice_number(count, &n) ||
	    n == read)
		return true;
	return err_data(why, "hl7_count", "trailer says %llu %s, %llu read", n,
	    file ? "batches" : "messages", (unsigned long long)read);
}

static bool
has_frame(struct slice s)
{
	return s.n > 0 &&
	    (memchr(s.p, '\x0b', s.n) != NULL ||
		memchr(s.p, '\x1c', s.n) != NULL);
}

static bool
take_outside(struct batch *b, const struct line *l, struct err *e)
{
	struct piece p = piece_of(b, l->whole, l->whole - l->text.n);
	struct slice bare = hl7_unframed(l->text);
	struct err why = { 0 };
	bool ok = true;

	if (l->cut) {
		ok = member_reject_cut(b->m, &p, e);
	} else if (hl7_is_blank(l->text)) {
		member_skip(
		    b->m, &p, has_frame(l->text) ? "envelope" : "blank_line");
	} else if (is_envelope(bare) && hl7_is_segment(bare)) {
		if (check_trailer(b, bare, &why))
			member_skip(b->m, &p, "envelope");
		else
			ok = member_reject(b->m, &p, &why, e);
	} else if (hl7_is_segment(bare)) {
		err_data(&why, "hl7_header",
		    "segment outside a message (no MSH before it)");
		ok = member_reject(b->m, &p, &why, e);
	} else {
		b->outside = true;
		member_skip(b->m, &p, "outside_message");
	}
	done_with(b, l->whole);
	return ok;
}

/* Whether the line begins something else. */
static bool
ends_message(const struct line *l)
{
	struct slice bare = hl7_unframed(l->text);

	return begins_message(l->text) ||
	    (is_envelope(bare) && hl7_is_segment(bare)) ||
	    (hl7_is_blank(l->text) && has_frame(l->text));
}

static bool
closes_frame(const struct line *l)
{
	return l->text.n > 0 && l->text.p[l->text.n - 1] == '\x1c';
}

/* One that is too long is read over, to be set aside alone. */
static bool
take_long(struct batch *b, size_t n, size_t last, struct err *e)
{
	struct piece p = piece_of(b, n, last);
	struct line l = { .cut = false };
	struct err why = { 0 };
	char head[256];

	p.bytes.n = p.bytes.n < sizeof(head) ? p.bytes.n : sizeof(head);
	memcpy(head, p.bytes.p, p.bytes.n);
	p.bytes.p = head;
	done_with(b, n);
	while (!l.cut && next_line(b, 0, &l) && !ends_message(&l)) {
		if (hl7_is_blank(l.text))
			break;
		last = l.whole - l.text.n;
		done_with(b, l.whole);
	}
	p.next = input_offset(b->m->input);
	p.to = p.next - last;
	if (l.cut)
		return member_reject_cut(b->m, &p, e);
	err_data(&why, "limit_record",
	    "message of more than %zu bytes (--max-record raises the limit)",
	    b->m->limits->max_record);
	return member_reject(b->m, &p, &why, e);
}

/*
 * A message: its MSH and all up to the next MSH, envelope or frame.  A blank
 * line in it is passed where a segment follows; what else follows one is no
 * part of it.  `last` bytes of the last line do not belong to [from,to).
 */
static bool
take_inside(struct batch *b, const struct line *first, struct err *e)
{
	size_t n = first->whole, last = first->whole - first->text.n, gap = 0;
	struct line l = *first;
	struct piece p;
	bool ok, cut = l.cut;

	b->messages++;
	while (!cut && !closes_frame(&l) && next_line(b, n + gap, &l)) {
		if (ends_message(&l))
			break;
		if (hl7_is_blank(l.text)) {
			gap += l.whole;
			if (gap > b->m->limits->max_record)
				break;
			continue;
		}
		if (gap > 0 && !hl7_is_segment(hl7_unframed(l.text)))
			break;
		n += gap + l.whole;
		last = l.whole - l.text.n;
		gap = 0;
		cut = l.cut;
		if (n > b->m->limits->max_record)
			return take_long(b, n, last, e);
	}
	p = piece_of(b, n, last);
	while (p.bytes.n > 0 && p.bytes.p[p.bytes.n - 1] == '\x1c')
		p.bytes.n--;
	p.to = p.from + p.bytes.n;
	if (cut)
		ok = member_reject_cut(b->m, &p, e);
	else
		ok = hl7_take(b->taker, &p, b->cr, e);
	done_with(b, n);
	return ok;
}

/* The bytes of a frame, or of a line end, before the MSH are not its own. */
static bool
take_message(struct batch *b, struct line *l, struct err *e)
{
	size_t n = (size_t)(hl7_unframed(l->text).p - l->text.p);

	if (n > 0) {
		struct piece p = piece_of(b, n, 0);

		member_skip(b->m, &p, "envelope");
		done_with(b, n);
		next_line(b, 0, l);
	}
	return take_inside(b, l, e);
}

static bool
has_cr(struct batch *b)
{
	size_t want = b->m->live ? 1 : SEEN;
	struct slice s = input_peek(b->m->input, want);
	const char *cr = memchr(s.p, '\r', s.n), *lf;

	if (!b->m->live)
		return cr != NULL || (b->m->judged && b->m->judged_cr);
	/* Live input is judged by the first end of a line. */
	while (cr == NULL && (lf = memchr(s.p, '\n', s.n)) == NULL) {
		size_t had = s.n;

		s = input_peek(b->m->input, had + 1);
		if (s.n == had)
			break;
		cr = memchr(s.p, '\r', s.n);
	}
	lf = memchr(s.p, '\n', s.n);
	return cr != NULL && (lf == NULL || cr < lf);
}

/* All of it lies outside: the format was forced, or it was cut to pieces. */
static bool
lacks_messages(struct member *m, struct err *e)
{
	struct piece nothing = {
		.from = m->at, .to = m->at, .next = m->at, .bytes = SLICE("")
	};
	struct err why = { 0 };

	err_data(&why, "hl7_header",
	    "no message in it: MSH begins none (--format names another "
	    "format)");
	return member_reject(m, &nothing, &why, e);
}

bool
hl7_read(struct member *m, struct err *e)
{
	struct batch b = { .m = m, .taker = hl7_taker_new(m) };
	struct line l;
	bool ok = true;

	text_begin_rows(m);
	if (m->options->kind == NULL)
		m->kind_by = "none";
	b.cr = has_cr(&b);
	while (ok && next_line(&b, 0, &l)) {
		if (begins_message(l.text))
			ok = take_message(&b, &l, e);
		else
			ok = take_outside(&b, &l, e);
	}
	if (ok && b.outside && hl7_taken(b.taker) == 0 && m->set_aside == 0 &&
	    !m->keeping.unchanged)
		ok = lacks_messages(m, e);
	hl7_taker_free(b.taker);
	return ok;
}
