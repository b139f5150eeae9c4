#include "sources/xlsx_sheet.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "io/xlsx_rows.h"
#include "sources/table_names.h"

#define MOST_WIDE 16384 /* columns of a sheet, by the format */

struct sheet {
	struct xlsx_book *book;
	struct member *m;
	struct xlsx_rows *rows;
	struct table_names names;
	struct slice *cells; /* of the row, in its arena */
	size_t width, room;
	struct arena *row;
	struct buf plain;
	size_t bytes; /* of the cells of the row */
	uint64_t row_from, line;
	bool is_wide;
	uint64_t lossy, unknown;
	struct err stop; /* the run cannot go on */
};

static bool
start_row(void *ctx, uint64_t number, uint64_t offset, struct err *e)
{
	struct sheet *s = ctx;

	(void)e;
	arena_reset(s->row);
	s->is_wide = false;
	s->width = s->bytes = 0;
	s->row_from = offset;
	s->line = number;
	return true;
}

/* A number of more digits than Excel keeps was ruined before it came here. */
static struct slice
number_text(struct sheet *s, const struct xlsx_raw_cell *c)
{
	struct xlsx_book *b = s->book;
	struct slice raw = c->text;
	enum xlsx_style style =
	    c->style < b->nstyles ? b->styles[c->style] : STYLE_PLAIN;
	struct buf iso = { 0 };

	if (style != STYLE_PLAIN && xlsx_date(raw, style, b->epoch1904, &iso)) {
		raw = arena_slice(s->row, buf_slice(&iso));
		buf_release(&iso);
		return raw;
	}
	if (xlsx_is_ruined(raw) && s->lossy++ < 5)
		member_note(s->m, "lossy_at_source: %s", c->reference);
	return arena_slice(s->row, raw);
}

/* In the arena of the row. */
static struct slice
cell_text(struct sheet *s, const struct xlsx_raw_cell *c)
{
	struct xlsx_book *b = s->book;
	struct slice raw = c->text, found = SLICE("");
	unsigned long long n;

	if (strcmp(c->type, "s") == 0) {
		if (slice_number(raw, &n) && s->stop.kind == ERR_NONE)
			xlsx_strings_find(b->strings, n, &found, &s->stop);
		return arena_slice(s->row, found);
	}
	if (strcmp(c->type, "b") == 0)
		return slice_is(raw, "1") ? SLICE("TRUE") : SLICE("FALSE");
	if (strcmp(c->type, "n") == 0 && raw.n > 0)
		return number_text(s, c);
	return arena_slice(s->row, xlsx_unescaped(raw, &s->plain));
}

/* Empty ones up to this column. */
static void
add_cells(struct sheet *s, size_t column)
{
	while (s->width < column) {
		s->cells =
		    mem_room(s->cells, s->width, &s->room, sizeof(*s->cells));
		s->cells[s->width++] = SLICE("");
	}
}

/*
 * A formula whose result was never computed is an empty cell; that a program
 * wrote it so is worth a note.  One string may stand in many cells: what they
 * come to is bounded, or a small file could fill the memory.
 */
static bool
keep_cell(void *ctx, const struct xlsx_raw_cell *c, struct err *e)
{
	struct sheet *s = ctx;

	(void)e;
	if (c->formula && c->text.n == 0 && strcmp(c->type, "n") == 0 &&
	    s->unknown++ < 5)
		member_note(s->m, "formula_without_result: %s", c->reference);
	s->is_wide |= c->column > MOST_WIDE;
	if (s->is_wide || c->full || s->bytes > s->m->limits->max_record) {
		s->bytes += c->full ? s->m->limits->max_record + 1 : 0;
		return true;
	}
	add_cells(s, c->column);
	s->cells[c->column - 1] = cell_text(s, c);
	s->bytes += s->cells[c->column - 1].n;
	return true;
}

static bool
is_too_large(const struct sheet *s)
{
	return s->is_wide || s->bytes > s->m->limits->max_record;
}

static bool
set_row_aside(struct sheet *s, struct piece *p, struct err *e)
{
	struct err why = { 0 };

	if (s->is_wide)
		err_data(&why, "csv_width",
		    "row has a cell beyond the last column that there is");
	else if (is_too_large(s))
		err_data(&why, "limit_record",
		    "row of more than %zu bytes (--max-record raises it)",
		    s->m->limits->max_record);
	else
		err_data(&why, "csv_width",
		    "row has %zu cells, header has %zu (--ragged pad keeps it)",
		    s->width, s->names.n);
	return member_reject(s->m, p, &why, e);
}

/* Cells that are not there are empty, as many as the header has columns. */
static void
trim_row(struct sheet *s)
{
	while (s->width > 0 && s->cells[s->width - 1].n == 0)
		s->width--;
	if (s->width == 0)
		return;
	add_cells(s, s->names.n);
}

/* Whether the row is data, and not what stands above it. */
static bool
is_data(struct sheet *s, const struct piece *p)
{
	const char *reason = NULL;

	if (s->line <= s->m->options->skip_lines)
		reason = "skipped_line";
	else if (s->width == 0 && !is_too_large(s))
		reason = "blank_line";
	else if (s->names.n == 0 && !is_too_large(s) &&
	    !table_names_given(&s->names, s->m, s->width)) {
		table_names_set(&s->names, s->m, s->cells, s->width);
		reason = "header";
	}
	if (reason != NULL)
		member_skip(s->m, p, reason);
	return reason == NULL;
}

static bool
take_row(struct sheet *s, struct err *e)
{
	struct piece p = { .from = s->row_from,
		.to = xlsx_rows_behind(s->rows),
		.line = s->line,
		.placeless = true };
	struct buf raw = { 0 };
	bool ok = true;

	p.next = p.to;
	trim_row(s);
	table_names_row(&s->names, s->cells, s->width, &raw);
	p.bytes = buf_slice(&raw);
	if (!is_data(s, &p)) {
		/* it is accounted for */
	} else if (is_too_large(s) ||
	    (s->width > s->names.n && !s->m->options->pad)) {
		ok = set_row_aside(s, &p, e);
	} else {
		buf_add_slice(member_open(s->m), p.bytes);
		ok = member_record(s->m, &p, e);
	}
	buf_release(&raw);
	return ok;
}

static bool
end_row(void *ctx, struct err *e)
{
	struct sheet *s = ctx;

	(void)e;
	return s->stop.kind == ERR_NONE && take_row(s, &s->stop);
}

/* The XML broke: what is left of the sheet is one reject. */
static bool
set_rest_aside(struct sheet *s, const struct err *why, struct err *e)
{
	struct piece p = {
		.from = s->m->at, .bytes = SLICE(""), .placeless = true
	};
	struct err ignored = { 0 };
	const char *block;

	while (input_next(s->m->input, &block, &ignored) > 0)
		continue;
	p.to = p.next = input_bytes(s->m->input);
	return input_failed(s->m->input, NULL)
	    ? member_reject_cut(s->m, &p, e)
	    : member_reject(s->m, &p, why, e);
}

bool
xlsx_sheet_read(struct xlsx_book *b, struct member *m, struct err *e)
{
	struct sheet whole = { .book = b, .m = m }, *s = &whole;
	static const struct xlsx_rows_events events = {
		.row = start_row, .cell = keep_cell, .end = end_row
	};
	struct err why = { 0 };
	const char *block;
	ssize_t got = 0;
	bool ok = true;

	s->row = arena_new();
	table_names_given(&s->names, s->m, 0);
	s->rows = xlsx_rows_new(&events, s, s->m->limits->max_record);
	while (ok && (got = input_next(s->m->input, &block, &why)) > 0)
		ok = xlsx_rows_feed(s->rows, block, (size_t)got, false, &why);
	if (ok && got == 0)
		ok = xlsx_rows_feed(s->rows, "", 0, true, &why);
	if (s->stop.kind != ERR_NONE || s->m->enough) {
		*e = s->stop;
		ok = false;
	} else if (!ok) {
		ok = set_rest_aside(s, &why, e);
	}
	if (s->lossy > 5)
		member_note(s->m, "lossy_at_source: %llu cells",
		    (unsigned long long)s->lossy);
	if (s->unknown > 5)
		member_note(s->m, "formula_without_result: %llu cells",
		    (unsigned long long)s->unknown);
	xlsx_rows_free(s->rows);
	arena_free(s->row);
	buf_release(&s->plain);
	mem_free(s->cells);
	table_names_release(&s->names);
	return ok;
}
