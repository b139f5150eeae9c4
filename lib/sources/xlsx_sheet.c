#include "sources/xlsx_sheet.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "io/xml.h"
#include "sources/table_names.h"

#define MOST_WIDE 16384 /* columns of a sheet, by the format */

struct sheet {
	struct xlsx_book *book;
	struct member *m;
	struct xml *xml;
	struct table_names names;
	struct slice *cells; /* of the row, in its arena */
	size_t width, room, column;
	struct arena *row;
	struct buf text, plain; /* of the cell */
	char type[12], reference[16];
	size_t style, bytes; /* of the cells of the row */
	uint64_t row_from, line;
	bool in_value, in_row, is_wide, has_formula;
	unsigned phonetic;
	uint64_t lossy, unknown;
	struct err stop; /* the run cannot go on */
};

static void
start_row(struct sheet *s, const char *const *attr, uint64_t offset)
{
	const char *number = xml_attribute(attr, "r");

	arena_reset(s->row);
	s->in_row = true;
	s->is_wide = false;
	s->width = s->column = s->bytes = 0;
	s->row_from = offset;
	s->line++;
	if (number != NULL)
		s->line = strtoull(number, NULL, 10);
}

static void
start_cell(struct sheet *s, const char *const *attr)
{
	const char *value = xml_attribute(attr, "r");
	size_t column;

	snprintf(s->reference, sizeof(s->reference), "%s",
	    value == NULL ? "" : value);
	column = xlsx_column(s->reference);
	s->column = column != 0 ? column : s->column + 1;
	value = xml_attribute(attr, "t");
	snprintf(s->type, sizeof(s->type), "%s", value == NULL ? "n" : value);
	value = xml_attribute(attr, "s");
	s->style = value == NULL ? 0 : strtoul(value, NULL, 10);
	s->has_formula = false;
	buf_reset(&s->text);
}

static bool
sheet_start(void *ctx, const char *name, const char *const *attr,
    uint64_t offset, struct err *e)
{
	struct sheet *s = ctx;
	const char *local = xml_local(name);

	(void)e;
	if (strcmp(local, "row") == 0)
		start_row(s, attr, offset);
	else if (strcmp(local, "c") == 0)
		start_cell(s, attr);
	s->has_formula |= strcmp(local, "f") == 0;
	s->phonetic += strcmp(local, "rPh") == 0;
	s->in_value = s->in_row && s->phonetic == 0 &&
	    (strcmp(local, "v") == 0 || strcmp(local, "t") == 0);
	return true;
}

static bool
sheet_text(void *ctx, struct slice text, uint64_t offset, struct err *e)
{
	struct sheet *s = ctx;

	(void)offset;
	(void)e;
	if (s->in_value)
		buf_add_slice(&s->text, text);
	return true;
}

/* A number of more digits than Excel keeps was ruined before it came here. */
static struct slice
number_text(struct sheet *s, struct slice raw)
{
	struct xlsx_book *b = s->book;
	enum xlsx_style style =
	    s->style < b->nstyles ? b->styles[s->style] : STYLE_PLAIN;
	struct buf iso = { 0 };

	if (style != STYLE_PLAIN && xlsx_date(raw, style, b->epoch1904, &iso)) {
		raw = arena_slice(s->row, buf_slice(&iso));
		buf_release(&iso);
		return raw;
	}
	if (xlsx_is_ruined(raw) && s->lossy++ < 5)
		member_note(s->m, "lossy_at_source: %s", s->reference);
	return arena_slice(s->row, raw);
}

/* In the arena of the row. */
static struct slice
cell_text(struct sheet *s)
{
	struct xlsx_book *b = s->book;
	struct slice raw = buf_slice(&s->text), found = SLICE("");
	unsigned long long n;

	if (strcmp(s->type, "s") == 0) {
		if (slice_number(raw, &n) && s->stop.kind == ERR_NONE)
			xlsx_strings_find(b->strings, n, &found, &s->stop);
		return arena_slice(s->row, found);
	}
	if (strcmp(s->type, "b") == 0)
		return slice_is(raw, "1") ? SLICE("TRUE") : SLICE("FALSE");
	if (strcmp(s->type, "n") == 0 && raw.n > 0)
		return number_text(s, raw);
	return arena_slice(s->row, xlsx_unescaped(raw, &s->plain));
}

/* Empty ones up to the column at hand. */
static void
add_cells(struct sheet *s)
{
	while (s->width < s->column) {
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
static void
keep_cell(struct sheet *s)
{
	if (s->has_formula && s->text.n == 0 && strcmp(s->type, "n") == 0 &&
	    s->unknown++ < 5)
		member_note(s->m, "formula_without_result: %s", s->reference);
	s->is_wide |= s->column > MOST_WIDE;
	if (s->column == 0 || s->is_wide || s->text.full ||
	    s->bytes > s->m->limits->max_record) {
		s->bytes += s->text.full ? s->m->limits->max_record + 1 : 0;
		return;
	}
	add_cells(s);
	s->cells[s->column - 1] = cell_text(s);
	s->bytes += s->cells[s->column - 1].n;
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
	while (s->width < s->names.n) {
		s->column = s->width + 1;
		add_cells(s);
	}
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
		.to = xml_offset_behind(s->xml),
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
sheet_end(void *ctx, const char *name, uint64_t offset, struct err *e)
{
	struct sheet *s = ctx;
	const char *local = xml_local(name);

	(void)offset;
	(void)e;
	s->in_value = false;
	s->phonetic -= strcmp(local, "rPh") == 0;
	if (strcmp(local, "c") == 0 && s->in_row)
		keep_cell(s);
	if (strcmp(local, "row") != 0)
		return true;
	s->in_row = false;
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
	static const struct xml_events events = { sheet_start, sheet_end,
		sheet_text };
	struct err why = { 0 };
	const char *block;
	ssize_t got = 0;
	bool ok = true;

	s->row = arena_new();
	s->text.ceiling = s->m->limits->max_record;
	table_names_given(&s->names, s->m, 0);
	s->xml = xml_new(&events, s, NULL);
	while (ok && (got = input_next(s->m->input, &block, &why)) > 0)
		ok = xml_feed(s->xml, block, (size_t)got, false, &why);
	if (ok && got == 0)
		ok = xml_feed(s->xml, "", 0, true, &why);
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
	xml_free(s->xml);
	arena_free(s->row);
	buf_release(&s->text);
	buf_release(&s->plain);
	mem_free(s->cells);
	table_names_release(&s->names);
	return ok;
}
