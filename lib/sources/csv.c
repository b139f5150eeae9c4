/*
 * Tables of separated values.  io/table frames the rows and cuts the fields;
 * here they become records and rejects.
 */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "io/table.h"
#include "json/write.h"
#include "sources/format.h"
#include "sources/table_names.h"

#define SNIFFED ((size_t)1 << 20)

struct sheet {
	struct member *m;
	struct dialect dialect;
	struct framer *framer;
	struct splitter *splitter;
	struct table_names names;
	bool has_header;
	uint64_t crlf, lf;
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

/* --- the header ---------------------------------------------------------- */

static void
name_columns(struct sheet *s, const struct slice *names, size_t n)
{
	table_names_set(&s->names, s->m, names, n);
	s->has_header = true;
}

/* --header NAME,... */
static void
name_by_option(struct sheet *s, struct slice list)
{
	struct slice *names = NULL, part;
	size_t n = 0, room = 0;

	while (slice_next(&list, ',', &part)) {
		names = mem_room(names, n, &room, sizeof(*names));
		names[n++] = slice_trim(part);
	}
	name_columns(s, names, n);
	mem_free(names);
}

static void
name_by_number(struct sheet *s, size_t n)
{
	struct slice *names = mem_zalloc((n + 1) * sizeof(*names));

	for (size_t i = 0; i < n; i++)
		names[i] = SLICE("");
	name_columns(s, names, n);
	mem_free(names);
}

/* --- rows ---------------------------------------------------------------- */

static bool
take_row(struct sheet *s, struct piece *p, struct err *e)
{
	const struct slice *fields;
	struct err why = { 0 };
	struct slice text;
	size_t n;

	if (!charset_decode(
		&s->m->charset, p->bytes, &text, &p->encoding, &why) ||
	    !splitter_cut(s->splitter, text, &fields, &n, &why))
		return member_reject(s->m, p, &why, e);
	if (!s->has_header) {
		const char *how = s->m->options->header;

		if (how == NULL || strcmp(how, "yes") == 0) {
			name_columns(s, fields, n);
			member_skip(s->m, p, "header");
			return true;
		}
		name_by_number(s, n);
	}
	if (n != s->names.n && !s->m->options->pad) {
		err_data(&why, "csv_width",
		    "row has %zu fields, header has %zu (--ragged pad keeps "
		    "it)",
		    n, s->names.n);
		return member_reject(s->m, p, &why, e);
	}
	table_names_row(&s->names, fields, n, member_open(s->m));
	return member_record(s->m, p, e);
}

static void
count_line_end(struct sheet *s, const struct frame *f)
{
	if (f->next - f->to == 2)
		s->crlf++;
	else if (f->next > f->to)
		s->lf++;
}

static bool
take_frame(struct sheet *s, const struct frame *f, struct err *e)
{
	struct piece p = { .from = f->from,
		.to = f->to,
		.next = f->next,
		.line = f->line,
		.bytes = f->bytes };
	struct err why = { 0 };

	count_line_end(s, f);
	/* The half of a row that a broken input leaves is no row. */
	if (f->next == f->to && f->kind != FRAME_BLANK &&
	    input_at_end(s->m->input) && input_failed(s->m->input, NULL))
		return member_reject_cut(s->m, &p, e);
	switch (f->kind) {
	case FRAME_RECORD:
		return take_row(s, &p, e);
	case FRAME_BLANK:
		if (s->has_header && s->names.n == 1)
			return take_row(s, &p, e);
		member_skip(s->m, &p, "blank_line");
		return true;
	case FRAME_COMMENT:
		member_skip(s->m, &p, "comment");
		return true;
	case FRAME_BAD:
		if (strcmp(f->why, "csv_quote") == 0)
			err_data(&why, f->why,
			    "the quote that opens here has no proper end");
		else
			err_data(&why, f->why,
			    "row of more than %zu bytes (--max-record raises "
			    "it)",
			    s->dialect.max_record);
		return member_reject(s->m, &p, &why, e);
	case FRAME_END:
		break;
	}
	return true;
}

/* Standard input shows its first line only, however much of it is there. */
static void
choose_dialect(struct sheet *s)
{
	const struct source_options *o = s->m->options;
	struct slice head = input_peek(s->m->input, s->m->live ? 1 : SNIFFED);
	const char *lf = memchr(head.p, '\n', head.n);

	if (s->m->live && lf != NULL)
		head.n = (size_t)(lf - head.p);
	if (head.n > SNIFFED)
		head.n = SNIFFED;
	s->dialect = dialect_csv;
	s->dialect.quote = o->quote;
	s->dialect.gb = charset_is_gb(&s->m->charset);
	s->dialect.max_record = s->m->limits->max_record;
	s->dialect.delimiter =
	    o->delimiter != 0 ? o->delimiter : dialect_sniff(head, &s->dialect);
}

static void
describe(struct sheet *s)
{
	struct buf *b = &s->m->extra;
	const char *ends = s->crlf > 0 && s->lf > 0 ? "mixed"
	    : s->crlf > 0                           ? "crlf"
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

bool
csv_read(struct member *m, struct err *e)
{
	struct sheet s = { .m = m };
	const char *header = m->options->header;
	struct frame f;
	bool ok = true;

	text_begin(m);
	choose_dialect(&s);
	s.framer = framer_new(&s.dialect, input_read, m->input);
	framer_start(s.framer, m->at, 1);
	s.splitter = splitter_new(&s.dialect);
	if (header != NULL && strcmp(header, "yes") != 0 &&
	    strcmp(header, "no") != 0)
		name_by_option(&s, slice_of(header));
	while (ok && framer_next(s.framer, &f, e) && f.kind != FRAME_END)
		ok = take_frame(&s, &f, e);
	describe(&s);
	framer_free(s.framer);
	splitter_free(s.splitter);
	table_names_release(&s.names);
	return ok;
}
