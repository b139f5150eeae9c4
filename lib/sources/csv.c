/*
 * Tables of separated values.  io/table frames the rows and cuts the fields;
 * here they become records and rejects.
 */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "json/write.h"
#include "sources/format.h"
#include "sources/pair.h"
#include "sources/table_names.h"

#define SNIFFED ((size_t)1 << 20)

struct sheet {
	struct member *m;
	struct dialect dialect;
	struct framer *framer;
	struct splitter *splitter;
	struct table_names names;
	bool has_header;
	bool lost_header; /* its row was set aside */
	uint64_t crlf, lf, cr;
};

/* --- is it one ----------------------------------------------------------- */

static size_t
width_of(struct splitter *s, struct slice row)
{
	const struct slice *fields;
	struct err e = { 0 };
	size_t n;

	return splitter_cut(s, row, &fields, &n, &e) ? n : 0;
}

/* Two columns or more, as many in each of the first rows. */
bool
csv_is(struct slice head)
{
	struct dialect d = dialect_csv;
	struct framer *f;
	struct splitter *s;
	struct frame row;
	struct err e = { 0 };
	size_t width = 0, rows = 0, odd = 0;

	d.delimiter = dialect_sniff(head, &d);
	f = framer_new_memory(&d, head);
	s = splitter_new(&d);
	while (rows < 50 && framer_next(f, &row, &e) && row.kind != FRAME_END) {
		/* The last row may be cut off by the end of what is seen. */
		if (row.kind != FRAME_RECORD ||
		    (rows > 0 && row.next >= head.n))
			continue;
		if (rows++ == 0)
			width = width_of(s, row.bytes);
		else if (width_of(s, row.bytes) != width)
			odd++;
	}
	framer_free(f);
	splitter_free(s);
	return width >= 2 && odd * 20 <= rows;
}

/* --- rows ---------------------------------------------------------------- */

static bool
cut_row(struct sheet *s, struct slice row, const char **encoding,
    struct slice *text, const struct slice **fields, size_t *n, struct err *why)
{
	return charset_decode(&s->m->charset, row, text, encoding, why) &&
	    splitter_cut(s->splitter, *text, fields, n, why);
}

static bool
put_object(struct sheet *s, struct slice text, const struct slice *fields,
    size_t n, struct buf *b, struct err *why)
{
	if (n != s->names.n && !s->m->options->pad)
		return err_data(why, "csv_width",
		    "row has %zu fields, header has %zu (--ragged pad keeps "
		    "it)",
		    n, s->names.n);
	if (text.n > 0 && splitter_is_plain(s->splitter))
		table_names_plain(&s->names, fields, n, text.p + text.n, b);
	else
		table_names_row(&s->names, fields, n, b);
	return true;
}

static bool
make_object(void *ctx, struct slice row, const char **encoding, struct buf *b,
    struct err *why)
{
	struct sheet *s = ctx;
	const struct slice *fields;
	struct slice text;
	size_t n;

	return cut_row(s, row, encoding, &text, &fields, &n, why) &&
	    put_object(s, text, fields, n, b, why);
}

/* Whose header was set aside has none: the next row is data, not names. */
static bool
name_columns(struct sheet *s, const struct slice *fields, size_t n)
{
	s->has_header = true;
	if (table_names_given(&s->names, s->m, n))
		return true;
	if (!s->lost_header) {
		table_names_set(&s->names, s->m, fields, n);
		return false;
	}
	table_names_number(&s->names, s->m, n);
	member_note(s->m, "header_unread: columns are numbered");
	return true;
}

static bool
set_row_aside(
    struct sheet *s, struct piece *p, const struct err *why, struct err *e)
{
	s->lost_header |= !s->has_header;
	return member_reject(s->m, p, why, e);
}

static bool
take_row(struct sheet *s, struct piece *p, struct err *e)
{
	const struct slice *fields;
	struct err why = { 0 };
	struct slice text;
	size_t n;

	if (!cut_row(s, p->bytes, &p->encoding, &text, &fields, &n, &why))
		return set_row_aside(s, p, &why, e);
	if (!s->has_header && !name_columns(s, fields, n)) {
		member_skip(s->m, p, "header");
		return true;
	}
	if (!put_object(s, text, fields, n, member_open(s->m), &why))
		return member_reject(s->m, p, &why, e);
	return member_record(s->m, p, e);
}

static void
count_line_end(struct sheet *s, const struct frame *f)
{
	if (f->next - f->to == 2)
		s->crlf++;
	else if (f->next > f->to && f->kind != FRAME_BAD &&
	    f->bytes.p[f->bytes.n] == '\r')
		s->cr++;
	else if (f->next > f->to)
		s->lf++;
}

/* The half of a row that a broken input leaves is no row. */
static bool
is_cut_off(const struct sheet *s, const struct frame *f)
{
	return f->next == f->to && f->kind != FRAME_BLANK &&
	    input_at_end(s->m->input) && input_failed(s->m->input, NULL);
}

static bool
is_row(void *ctx, const struct frame *f)
{
	const struct sheet *s = ctx;

	return f->kind == FRAME_RECORD ||
	    (f->kind == FRAME_BLANK && s->has_header && s->names.n == 1);
}

static bool
take_fault(
    struct sheet *s, const struct frame *f, struct piece *p, struct err *e)
{
	struct err why = { 0 };

	if (strcmp(f->why, "csv_quote") == 0)
		err_data(&why, f->why,
		    s->dialect.strict
			? "quotes that do not pair up, or a bare one "
			  "(--strict-quotes)"
			: "the quote that opens here has no proper end");
	else
		err_data(&why, f->why,
		    "row of more than %zu bytes (--max-record raises it)",
		    s->dialect.max_record);
	return set_row_aside(s, p, &why, e);
}

static bool
take_frame(
    void *ctx, const struct frame *f, const struct made *made, struct err *e)
{
	struct sheet *s = ctx;
	struct piece p = { .from = f->from,
		.to = f->to,
		.next = f->next,
		.line = f->line,
		.bytes = f->bytes };

	count_line_end(s, f);
	if (is_cut_off(s, f))
		return member_reject_cut(s->m, &p, e);
	if (is_row(s, f))
		return made == NULL ? take_row(s, &p, e)
				    : pair_take(s->m, &p, made, e);
	if (f->kind == FRAME_BAD)
		return take_fault(s, f, &p, e);
	member_skip(s->m, &p,
	    f->kind == FRAME_BLANK         ? "blank_line"
		: f->kind == FRAME_COMMENT ? "comment"
					   : "skipped_line");
	return true;
}

/* The end of the first row in the bytes; 0 where there is none yet. */
static size_t
first_row_end(const struct dialect *d, struct slice head)
{
	struct framer *f = framer_new_memory(d, head);
	struct frame row;

	while (framer_next(f, &row, NULL) && row.kind != FRAME_END)
		if (row.kind == FRAME_RECORD)
			break;
	framer_free(f);
	return row.kind == FRAME_RECORD && row.next > row.to ? row.to : 0;
}

/* Standard input shows its first row only, however much of it is there. */
static struct slice
sniffed(struct sheet *s)
{
	struct slice head = input_peek(s->m->input, s->m->live ? 1 : SNIFFED);
	size_t had = 0, end = 0;

	while (s->m->live && head.n < SNIFFED && head.n > had &&
	    (end = first_row_end(&s->dialect, head)) == 0) {
		had = head.n;
		head = input_peek(s->m->input, had + 1);
	}
	if (end > 0)
		head.n = end;
	if (head.n > SNIFFED)
		head.n = SNIFFED;
	return head;
}

static void
choose_dialect(struct sheet *s)
{
	const struct source_options *o = s->m->options;

	s->dialect = dialect_csv;
	s->dialect.quote = o->quote;
	s->dialect.strict = o->strict_quotes;
	s->dialect.comment = o->comment;
	s->dialect.skip = o->skip_lines;
	s->dialect.gb = charset_is_gb(&s->m->charset);
	s->dialect.max_record = s->m->limits->max_record;
	s->dialect.delimiter = o->delimiter != 0
	    ? o->delimiter
	    : dialect_sniff(sniffed(s), &s->dialect);
}

static void
describe(struct sheet *s)
{
	struct buf *b = &s->m->extra;
	bool mixed = (s->crlf > 0) + (s->lf > 0) + (s->cr > 0) > 1;
	const char *ends = mixed ? "mixed"
	    : s->crlf > 0        ? "crlf"
	    : s->cr > 0          ? "cr"
				 : "lf";

	json_put_key(b, "dialect");
	buf_adds(b, "{\"delimiter\":");
	json_put_string(b, (struct slice){ &s->dialect.delimiter, 1 });
	json_put_key(b, "quote");
	json_put_string(
	    b, (struct slice){ &s->dialect.quote, s->dialect.quote != 0 });
	json_put_key(b, "newline");
	json_put_cstring(b, ends);
	buf_addc(b, '}');
	if (splitter_bare_quotes(s->splitter) > 0)
		member_note(s->m, "bare_quotes: %llu",
		    (unsigned long long)splitter_bare_quotes(s->splitter));
}

static bool
next_frame(void *ctx, struct frame *f, struct err *e)
{
	struct sheet *s = ctx;

	return framer_next(s->framer, f, e);
}

bool
csv_read(struct member *m, struct err *e)
{
	struct sheet s = { .m = m };
	const struct pair_reader reader = { &s, next_frame, is_row, make_object,
		take_frame };
	struct frame f;
	bool ok = true, paired = false;

	text_begin_rows(m);
	choose_dialect(&s);
	s.framer = framer_new(&s.dialect, input_read, m->input);
	framer_start(s.framer, m->at, 1);
	s.splitter = splitter_new(&s.dialect);
	s.has_header = table_names_given(&s.names, m, 0);
	while (ok && !paired && framer_next(s.framer, &f, e) &&
	    f.kind != FRAME_END) {
		ok = take_frame(&s, &f, NULL, e);
		if (ok && m->spare_core && s.has_header && m->at > PAIR_WORTH)
			ok = pair_read(m, &reader, &paired, e);
	}
	describe(&s);
	framer_free(s.framer);
	splitter_free(s.splitter);
	table_names_release(&s.names);
	return ok;
}
