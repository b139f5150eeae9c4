#include "io/table.h"

#include <csv.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "io/table_cut.h"

#define BLOCK    (256 << 10)
#define RECORD   (16 << 20)
#define NEAR     (64 << 10) /* look-ahead once quotes proved unreliable */
#define DISTRUST 100

const struct dialect dialect_csv = { .delimiter = ',', .quote = '"' };
const struct dialect dialect_tsv = { .delimiter = '\t', .quote = '"' };

/*
 * The walk over a record in which a quote stands.  It can pause at the end of
 * the bytes at hand and go on when there are more, so that a long record is
 * walked once however small the pieces are in which it comes.
 */
enum place { FIELD_START, IN_PLAIN, IN_QUOTES, BEHIND_QUOTE };

struct walk {
	size_t at; /* from the start of the record */
	enum place place;
	uint64_t bare; /* quotes within unquoted fields */
	bool gb;
};

enum verdict { WALK_RECORD, WALK_MORE, WALK_BAD };

/*
 * Outside quotes the byte before tells whether a field starts, so that the
 * walk goes from quote to quote.  It does not where that byte may be half of
 * a GB18030 character: those reach down to the digits.
 */
static void
run_to_mark(struct walk *w, const struct dialect *d, const char *p, size_t n)
{
	const char *at = p + w->at, *mark;

	if (w->place == BEHIND_QUOTE || (w->gb && d->delimiter >= '0'))
		return;
	mark = table_find_mark(at, p + n, d->quote);
	if (mark > at)
		w->place = mark[-1] == d->delimiter ? FIELD_START : IN_PLAIN;
	w->at = (size_t)(mark - p);
}

static enum verdict
walk_on(struct walk *w, const struct dialect *d, const char *p, size_t n)
{
	while (w->at < n) {
		char c = p[w->at];

		if (w->place == IN_QUOTES) {
			const char *q = memchr(p + w->at, d->quote, n - w->at);

			if (q == NULL) {
				w->at = n;
				return WALK_MORE;
			}
			w->at = (size_t)(q - p) + 1;
			w->place = BEHIND_QUOTE;
			continue;
		}
		run_to_mark(w, d, p, n);
		if (w->at == n)
			return WALK_MORE;
		c = p[w->at];
		if (c == '\n' || c == '\r')
			return WALK_RECORD;
		if (c == d->delimiter)
			w->place = FIELD_START;
		else if (c == d->quote && w->place != IN_PLAIN)
			w->place = IN_QUOTES;
		else if (w->place == BEHIND_QUOTE)
			return WALK_BAD;
		else {
			if (c == d->quote && d->strict)
				return WALK_BAD;
			w->bare += c == d->quote;
			w->place = IN_PLAIN;
			/* The second byte of a GB character may be a '|'. */
			if (w->gb && (unsigned char)c > 0x80 && w->at + 1 < n &&
			    (unsigned char)p[w->at + 1] >= 0x30)
				w->at++;
		}
		w->at++;
	}
	return WALK_MORE;
}

/*
 * Where the next LF, CR and quote stand is remembered, so that each byte is
 * searched once for each of them, by memchr, whatever the line ends are.
 */
struct framer {
	struct dialect dialect;
	frame_read *read;
	void *ctx;
	char *block; /* NULL over memory */
	size_t room;
	const char *p, *end; /* not yet given out */
	const char *lf, *cr,
	    *quote;            /* the next, `end` for none, NULL unknown */
	uint64_t offset, line; /* of p */
	size_t max, ahead;
	unsigned misled;
	bool eof;
};

static struct framer *
framer_make(const struct dialect *d)
{
	struct framer *f = mem_zalloc(sizeof(*f));

	f->dialect = *d;
	f->max = d->max_record == 0 ? RECORD : d->max_record;
	f->ahead = f->max;
	f->line = 1;
	return f;
}

struct framer *
framer_new(const struct dialect *d, frame_read *read, void *ctx)
{
	struct framer *f = framer_make(d);

	f->read = read;
	f->ctx = ctx;
	f->room = BLOCK;
	f->block = mem_alloc(f->room);
	f->p = f->end = f->block;
	return f;
}

struct framer *
framer_new_memory(const struct dialect *d, struct slice text)
{
	struct framer *f = framer_make(d);

	f->p = text.n == 0 ? "" : text.p;
	f->end = f->p + text.n;
	f->eof = true;
	return f;
}

void
framer_free(struct framer *f)
{
	if (f == NULL)
		return;
	mem_free(f->block);
	mem_free(f);
}

void
framer_start(struct framer *f, uint64_t offset, uint64_t line)
{
	f->offset = offset;
	f->line = line;
}

/* More bytes behind those at hand, which move to the front of the block. */
static bool
refill(struct framer *f, struct err *e)
{
	size_t have = (size_t)(f->end - f->p);
	ssize_t got;

	if (f->p > f->block)
		memmove(f->block, f->p, have);
	if (have > f->room / 2) {
		f->room *= 2;
		f->block = mem_resize(f->block, f->room, 1);
	}
	f->p = f->block;
	f->lf = f->cr = f->quote = NULL;
	got = f->read(f->ctx, f->block + have, f->room - have, e);
	if (got < 0)
		return false;
	f->eof = got == 0;
	f->end = f->block + have + got;
	return true;
}

static const char *
look(const struct framer *f, const char **cache, char c)
{
	if (*cache == NULL || (*cache < f->p && *cache != f->end)) {
		*cache = memchr(f->p, c, (size_t)(f->end - f->p));
		if (*cache == NULL)
			*cache = f->end;
	}
	return *cache;
}

/* The first line end at or behind p, or `end`. */
static const char *
line_end(struct framer *f)
{
	const char *lf = look(f, &f->lf, '\n'), *cr = look(f, &f->cr, '\r');

	return lf < cr ? lf : cr;
}

/* A CR at the very end of the bytes at hand may be half of a CRLF. */
static bool
is_undecided(const struct framer *f, const char *eol)
{
	return !f->eof &&
	    (eol == f->end || (*eol == '\r' && eol + 1 == f->end));
}

static size_t
end_width(const struct framer *f, const char *eol)
{
	if (eol == f->end)
		return 0;
	return *eol == '\r' && eol + 1 < f->end && eol[1] == '\n' ? 2 : 1;
}

/* Gives out the bytes from p to eol and moves behind the line end. */
static void
emit(struct framer *f, struct frame *out, enum frame_kind kind, const char *eol,
    const char *why)
{
	size_t n = (size_t)(eol - f->p), width = end_width(f, eol);

	out->kind = kind;
	out->bytes = (struct slice){ f->p, n };
	out->why = why;
	out->line = f->line;
	out->from = f->offset;
	out->to = f->offset + n;
	out->next = out->to + width;
	f->p += n + width;
	f->offset += n + width;
	f->line++;
}

/*
 * A line longer than a record may be: its first bytes are kept for the reject,
 * the rest is read and dropped, so that memory stays bounded.
 */
static bool
emit_overlong(struct framer *f, struct frame *out, struct err *e)
{
	uint64_t dropped = 0;
	const char *eol;

	while (is_undecided(f, eol = line_end(f))) {
		size_t have = (size_t)(f->end - f->p), keep = f->max;

		if (have > keep + 1) {
			/* The last byte stays: it may be a CR. */
			f->block[f->p - f->block + (long)keep] = f->end[-1];
			dropped += have - keep - 1;
			f->end = f->p + keep + 1;
		}
		if (!refill(f, e))
			return false;
	}
	emit(f, out, FRAME_BAD, eol, "limit_record");
	if (out->bytes.n > f->max)
		out->bytes.n = f->max;
	out->to += dropped;
	out->next += dropped;
	f->offset += dropped;
	return true;
}

static bool
is_blank(const struct framer *f, struct slice line)
{
	for (size_t i = 0; i < line.n; i++)
		if (line.p[i] == f->dialect.delimiter ||
		    (line.p[i] != ' ' && line.p[i] != '\t'))
			return false;
	return true;
}

static uint64_t
count_lines(const char *p, const char *end)
{
	uint64_t n = 0;

	for (; p < end; p++)
		n += *p == '\n' ||
		    (*p == '\r' && (p + 1 == end || p[1] != '\n'));
	return n;
}

/*
 * A record with a quote in it ends where its quoting lets it end.  Where that
 * does not come, or what comes is no good, only the line where the record
 * began is set aside, and reading goes on at the next.
 */
static bool
frame_quoted(struct framer *f, struct frame *out, struct err *e)
{
	struct walk w = { 0 };
	enum verdict verdict;

	w.gb = f->dialect.gb && !utf8_valid(f->p, (size_t)(line_end(f) - f->p));
	for (;;) {
		size_t n = (size_t)(f->end - f->p);

		verdict = walk_on(&w, &f->dialect, f->p, n);
		if (verdict == WALK_RECORD && is_undecided(f, f->p + w.at))
			verdict = WALK_MORE;
		if (verdict != WALK_MORE || f->eof || w.at > f->ahead)
			break;
		if (!refill(f, e))
			return false;
	}
	if (verdict == WALK_MORE && f->eof && w.place != IN_QUOTES)
		verdict = WALK_RECORD;
	if (verdict == WALK_RECORD && w.at <= f->max) {
		uint64_t inner = count_lines(f->p, f->p + w.at);

		emit(f, out, FRAME_RECORD, f->p + w.at, NULL);
		f->line += inner;
		return true;
	}
	if (++f->misled == DISTRUST && f->ahead > NEAR)
		f->ahead = NEAR;
	emit(f, out, FRAME_BAD, line_end(f), "csv_quote");
	return true;
}

bool
framer_next(struct framer *f, struct frame *out, struct err *e)
{
	const char *eol;
	struct slice line;

	while (is_undecided(f, eol = line_end(f)) &&
	    (size_t)(eol - f->p) <= f->max)
		if (!refill(f, e))
			return false;
	line = slice_span(f->p, eol);
	*out = (struct frame){ .kind = FRAME_END,
		.line = f->line,
		.from = f->offset,
		.to = f->offset,
		.next = f->offset,
		.bytes = line };
	if (f->p == f->end && f->eof)
		return true;
	if (line.n > f->max)
		return emit_overlong(f, out, e);
	out->quotes =
	    f->dialect.quote != 0 && look(f, &f->quote, f->dialect.quote) < eol;
	if (f->line <= f->dialect.skip)
		emit(f, out, FRAME_SKIPPED, eol, NULL);
	else if (f->dialect.comment != 0 && line.n > 0 &&
	    *line.p == f->dialect.comment)
		emit(f, out, FRAME_COMMENT, eol, NULL);
	else if (out->quotes)
		return frame_quoted(f, out, e);
	else
		emit(f, out, is_blank(f, line) ? FRAME_BLANK : FRAME_RECORD,
		    eol, NULL);
	return true;
}

struct splitter {
	struct dialect dialect;
	struct csv_parser csv;
	struct cut cut;
	struct buf text; /* unquoted fields, end to end */
	size_t *ends;    /* of each in text */
	size_t n, ends_room;
	uint64_t bare;
};

static int
never_space(unsigned char c)
{
	(void)c;
	return 0;
}

struct splitter *
splitter_new(const struct dialect *d)
{
	struct splitter *s = mem_zalloc(sizeof(*s));

	s->dialect = *d;
	csv_init(&s->csv, 0);
	csv_set_delim(&s->csv, (unsigned char)d->delimiter);
	csv_set_quote(&s->csv, (unsigned char)d->quote);
	csv_set_space_func(&s->csv, never_space);
	return s;
}

void
splitter_free(struct splitter *s)
{
	if (s == NULL)
		return;
	csv_free(&s->csv);
	buf_release(&s->text);
	mem_free(s->ends);
	mem_free(s->cut.fields);
	buf_release(&s->cut.text);
	mem_free(s);
}

uint64_t
splitter_bare_quotes(const struct splitter *s)
{
	return s->bare;
}

static void
take_field(void *field, size_t n, void *ctx)
{
	struct splitter *s = ctx;

	buf_add(&s->text, field, n);
	s->ends = mem_room(s->ends, s->n, &s->ends_room, sizeof(*s->ends));
	s->ends[s->n++] = s->text.n;
}

static void
take_row(int c, void *ctx)
{
	(void)c;
	(void)ctx;
}

/* libcsv is strict, but not about bare quotes that the walk let pass. */
static bool
cut_quoted(struct splitter *s, struct slice record, uint64_t bare)
{
	unsigned char options = CSV_STRICT_FINI | CSV_REPALL_NL;
	size_t from = 0;

	if (bare == 0)
		options |= CSV_STRICT;
	csv_set_opts(&s->csv, options);
	buf_reset(&s->text);
	s->n = 0;
	if (csv_parse(&s->csv, record.p, record.n, take_field, take_row, s) !=
		record.n ||
	    csv_fini(&s->csv, take_field, take_row, s) != 0)
		return false;
	if (s->cut.room < s->n) {
		s->cut.room = 2 * s->n;
		s->cut.fields = mem_resize(
		    s->cut.fields, s->cut.room, sizeof(*s->cut.fields));
	}
	for (size_t i = 0; i < s->n; i++) {
		s->cut.fields[i] =
		    slice_span(s->text.p + from, s->text.p + s->ends[i]);
		from = s->ends[i];
	}
	s->cut.n = s->n;
	s->cut.plain = false;
	return true;
}

bool
splitter_cut(struct splitter *s, struct slice record,
    const struct slice **fields, size_t *n, struct err *e)
{
	struct walk w = { 0 };

	if (record.n == 0)
		record.p = "";
	if (!table_cut(
		&s->cut, record, s->dialect.delimiter, s->dialect.quote)) {
		if (walk_on(&w, &s->dialect, record.p, record.n) != WALK_MORE ||
		    w.place == IN_QUOTES || !cut_quoted(s, record, w.bare)) {
			csv_set_opts(&s->csv, 0);
			csv_fini(&s->csv, NULL, NULL, NULL);
			return err_data(
			    e, "csv_quote", "quotes do not pair up");
		}
		s->bare += w.bare;
	}
	*fields = s->cut.fields;
	*n = s->cut.n;
	return true;
}

bool
splitter_is_plain(const struct splitter *s)
{
	return s->cut.plain;
}
