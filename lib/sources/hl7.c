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
	uint64_t counted; /* messages before the batch at hand */
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

/* BTS-1 counts the messages of a batch. */
static void
check_trailer(struct batch *b, struct slice s)
{
	struct slice count, id;
	unsigned long long n;

	if (!slice_starts(s, "BTS") || s.n < 4)
		return;
	slice_next(&s, s.p[3], &id);
	if (slice_next(&s, id.p[3], &count) && slice_number(count, &n) &&
	    n != hl7_taken(b->taker) - b->counted)
		member_note(b->m, "batch_count: trailer says %llu, %llu read",
		    n, (unsigned long long)(hl7_taken(b->taker) - b->counted));
	b->counted = hl7_taken(b->taker);
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
		member_skip(b->m, &p, "blank_line");
	} else if (hl7_is_segment(bare) && is_envelope(bare)) {
		check_trailer(b, bare);
		member_skip(b->m, &p, "envelope");
	} else if (hl7_is_segment(bare)) {
		err_data(&why, "hl7_header",
		    "segment outside a message (no MSH before it)");
		ok = member_reject(b->m, &p, &why, e);
	} else {
		member_skip(b->m, &p, "outside_message");
	}
	done_with(b, l->whole);
	return ok;
}

/*
 * A message: its MSH and all up to the next MSH, envelope, frame or, in input
 * that ends lines by LF, blank line.  line_end bytes of the last line do not
 * belong to [from,to).
 */
static bool
take_inside(struct batch *b, const struct line *first, struct err *e)
{
	size_t n = first->whole, last = first->whole - first->text.n;
	struct line l = *first;
	struct piece p;
	struct err why = { 0 };
	bool ok;

	while (!l.cut && next_line(b, n, &l)) {
		struct slice bare = hl7_unframed(l.text);

		if (begins_message(l.text) ||
		    (hl7_is_segment(bare) && is_envelope(bare)) ||
		    hl7_is_blank(l.text))
			break;
		n += l.whole;
		last = l.whole - l.text.n;
		if (n > b->m->limits->max_record)
			break;
	}
	p = piece_of(b, n, last);
	if (n > b->m->limits->max_record) {
		err_data(&why, "limit_record",
		    "message of more than %zu bytes (--max-record raises the "
		    "limit)",
		    b->m->limits->max_record);
		ok = member_reject(b->m, &p, &why, e);
	} else if (l.cut) {
		ok = member_reject_cut(b->m, &p, e);
	} else {
		ok = hl7_take(b->taker, &p, b->cr, e);
	}
	done_with(b, n);
	return ok;
}

static bool
has_cr(struct batch *b)
{
	size_t want = b->m->live ? 1 : SEEN;
	struct slice s = input_peek(b->m->input, want);
	const char *cr = memchr(s.p, '\r', s.n), *lf;

	if (!b->m->live)
		return cr != NULL;
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
			ok = take_inside(&b, &l, e);
		else
			ok = take_outside(&b, &l, e);
	}
	hl7_taker_free(b.taker);
	return ok;
}
