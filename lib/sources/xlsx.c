/*
 * Spreadsheets (.xlsx): each visible sheet is a table, its first row that is
 * not empty the header.
 *
 * The parts of the file come in any order and the sheets need the strings and
 * styles first, so the file is kept in a temporary one (without a name) and
 * walked once for each.  Sheets are streamed.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/mem.h"
#include "io/xml.h"
#include "json/write.h"
#include "sources/format.h"
#include "sources/manifest.h"
#include "sources/table_names.h"
#include "sources/xlsx_book.h"

#define MOST_WIDE 16384 /* columns of a sheet, by the format */

bool
xlsx_is(struct slice head)
{
	static const char *const first[] = { "[Content_Types].xml", "_rels/",
		"xl/", "docProps/", "customXml/" };

	if (head.n < 50 || memcmp(head.p, "PK\3\4", 4) != 0)
		return false;
	head.p += 30;
	head.n -= 30;
	for (size_t i = 0; i < sizeof(first) / sizeof(first[0]); i++)
		if (slice_starts(head, first[i]))
			return true;
	return false;
}

/* --- one sheet ----------------------------------------------------------- */

struct sheet {
	struct xlsx_book *book;
	struct member m;
	struct xml *xml;
	struct table_names names;
	struct slice *cells; /* of the row, in its arena */
	size_t width, room, column;
	struct arena *row;
	struct buf text; /* of the cell */
	char type[12], reference[16];
	size_t style;
	uint64_t row_from;
	bool in_value, in_row;
	unsigned phonetic;
	uint64_t lossy;
	struct err stop; /* the run cannot go on */
};

static bool
sheet_start(void *ctx, const char *name, const char *const *attr,
    uint64_t offset, struct err *e)
{
	struct sheet *s = ctx;
	const char *local = xml_local(name), *value;

	(void)e;
	if (strcmp(local, "row") == 0) {
		arena_reset(s->row);
		s->in_row = true;
		s->width = s->column = 0;
		s->row_from = offset;
	} else if (strcmp(local, "c") == 0) {
		value = xml_attribute(attr, "r");
		snprintf(s->reference, sizeof(s->reference), "%s",
		    value == NULL ? "" : value);
		s->column = xlsx_column(s->reference) != 0
		    ? xlsx_column(s->reference)
		    : s->column + 1;
		value = xml_attribute(attr, "t");
		snprintf(s->type, sizeof(s->type), "%s",
		    value == NULL ? "n" : value);
		value = xml_attribute(attr, "s");
		s->style = 0;
		if (value != NULL)
			sscanf(value, "%zu", &s->style);
		buf_reset(&s->text);
	}
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
		member_note(&s->m, "lossy_at_source: %s", s->reference);
	return arena_slice(s->row, raw);
}

static struct slice
cell_text(struct sheet *s)
{
	struct xlsx_book *b = s->book;
	struct slice raw = buf_slice(&s->text);
	unsigned long long n;

	if (strcmp(s->type, "s") == 0)
		return slice_number(raw, &n) && n < b->nstrings ? b->strings[n]
								: SLICE("");
	if (strcmp(s->type, "b") == 0)
		return slice_is(raw, "1") ? SLICE("TRUE") : SLICE("FALSE");
	if (strcmp(s->type, "n") == 0 && raw.n > 0)
		return number_text(s, raw);
	return arena_slice(s->row, raw);
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

static void
keep_cell(struct sheet *s)
{
	if (s->column == 0 || s->column > MOST_WIDE)
		return;
	add_cells(s);
	s->cells[s->column - 1] = cell_text(s);
}

static bool
set_row_aside(struct sheet *s, struct piece *p, struct err *e)
{
	struct err why = { 0 };

	err_data(&why, "csv_width",
	    "row has %zu cells, header has %zu (--ragged pad keeps it)",
	    s->width, s->names.n);
	return member_reject(&s->m, p, &why, e);
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

static bool
take_row(struct sheet *s, struct err *e)
{
	struct piece p = { .from = s->row_from,
		.to = xml_offset_behind(s->xml),
		.placeless = true };
	struct buf *b, raw = { 0 };
	bool ok;

	p.next = p.to;
	trim_row(s);
	table_names_row(&s->names, s->cells, s->width, NULL, &raw);
	p.bytes = buf_slice(&raw);
	if (s->width == 0) {
		member_skip(&s->m, &p, "blank_line");
		ok = true;
	} else if (s->names.n == 0) {
		table_names_set(&s->names, &s->m, s->cells, s->width);
		member_skip(&s->m, &p, "header");
		ok = true;
	} else if (s->width > s->names.n && !s->m.options->pad) {
		ok = set_row_aside(s, &p, e);
	} else {
		b = member_open(&s->m);
		buf_add_slice(b, buf_slice(&raw));
		ok = member_record(&s->m, &p, e);
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
	return take_row(s, &s->stop);
}

/* The XML broke: what is left of the sheet is one reject. */
static bool
set_rest_aside(struct sheet *s, const struct err *why, struct err *e)
{
	struct piece p = {
		.from = s->m.at, .bytes = SLICE(""), .placeless = true
	};
	struct err ignored = { 0 };
	const char *block;

	while (input_next(s->m.input, &block, &ignored) > 0)
		continue;
	p.to = p.next = input_bytes(s->m.input);
	return input_failed(s->m.input, NULL)
	    ? member_reject_cut(&s->m, &p, e)
	    : member_reject(&s->m, &p, why, e);
}

static bool
read_sheet(struct sheet *s, struct err *e)
{
	static const struct xml_events events = { sheet_start, sheet_end,
		sheet_text };
	struct err why = { 0 };
	const char *block;
	ssize_t got = 0;
	bool ok = true;

	s->row = arena_new();
	s->xml = xml_new(&events, s, NULL);
	while (ok && (got = input_next(s->m.input, &block, &why)) > 0)
		ok = xml_feed(s->xml, block, (size_t)got, false, &why);
	if (ok && got == 0)
		ok = xml_feed(s->xml, "", 0, true, &why);
	if (s->stop.kind != ERR_NONE || s->m.enough) {
		*e = s->stop;
		ok = false;
	} else if (!ok) {
		ok = set_rest_aside(s, &why, e);
	}
	if (s->lossy > 5)
		member_note(&s->m, "lossy_at_source: %llu cells",
		    (unsigned long long)s->lossy);
	xml_free(s->xml);
	arena_free(s->row);
	buf_release(&s->text);
	mem_free(s->cells);
	table_names_release(&s->names);
	return ok;
}

static ssize_t
part_block(void *ctx, const char **block, struct err *e)
{
	return unpack_read(ctx, block, e);
}

/* A sheet that is hidden, or no table, has a line of its own all the same. */
static bool
take_sheet(struct xlsx_book *b, const char *name, const char *part,
    const char *skip, struct err *e)
{
	struct sheet s = { .book = b };
	struct place_of at;
	struct piece nothing = { .bytes = SLICE(""), .placeless = true };
	struct err why = { 0 };
	struct unpack *u = skip == NULL ? xlsx_open_part(b, part, &why) : NULL;
	struct input *in = u == NULL ? NULL : input_new(part_block, u);
	bool ok = true;

	member_place(b->m, &at, name);
	member_begin(
	    &s.m, b->m->options, b->m->sink, b->m->totals, &at, in, "xlsx");
	if (in != NULL && b->m->sink->manifest != NULL)
		input_hash(in);
	if (skip != NULL) {
		member_skip(&s.m, &nothing, skip);
	} else if (in == NULL) {
		if (why.kind == ERR_NONE)
			err_data(&why, "broken", "the sheet is not there");
		ok = member_reject(&s.m, &nothing, &why, e);
	} else {
		ok = read_sheet(&s, e);
	}
	if (ok || s.m.enough)
		ok = member_end(&s.m, e);
	else
		member_release(&s.m);
	input_free(in);
	unpack_free(u);
	return ok;
}

/* The part of a sheet by its relation; absolute or below xl/. */
static const char *
part_of(struct xlsx_book *b, const char *id)
{
	for (const struct node *n = b->relations->child; n != NULL;
	     n = n->next) {
		const char *target = tree_attribute(n, "Target");
		const char *this = tree_attribute(n, "Id");

		if (target == NULL || this == NULL || strcmp(this, id) != 0)
			continue;
		return target[0] == '/'
		    ? target + 1
		    : arena_printf(b->arena, "xl/%s", target);
	}
	return "";
}

static bool
take_sheets(struct xlsx_book *b, struct err *e)
{
	const struct node *sheets = tree_child(b->workbook, "sheets");

	for (const struct node *n = sheets == NULL ? NULL : sheets->child;
	     n != NULL; n = n->next) {
		const char *name = tree_attribute(n, "name");
		const char *id = tree_attribute(n, "r:id");
		const char *state = tree_attribute(n, "state");
		const char *part, *skip = NULL;

		if (!tree_is(n, "sheet") || name == NULL || id == NULL)
			continue;
		part = part_of(b, id);
		if (state != NULL && strcmp(state, "visible") != 0)
			skip = "hidden_sheet";
		else if (strstr(part, "worksheets/") == NULL)
			skip = "no_table";
		if (!take_sheet(b, name, part, skip, e))
			return false;
	}
	return true;
}

bool
xlsx_read(struct member *m, struct err *e)
{
	struct xlsx_book b = { .m = m, .arena = arena_new() };
	struct piece nothing = { .bytes = SLICE("") };
	struct err why = { 0 };
	bool ok = xlsx_keep(&b, e);

	if (ok && !input_failed(m->input, NULL)) {
		if (xlsx_load(&b, &why))
			ok = take_sheets(&b, e);
		else
			ok = member_reject(m, &nothing, &why, e);
		if (ok)
			member_skip_to(m, input_bytes(m->input), "container");
	}
	xlsx_release(&b);
	return ok;
}
