#include "io/grid.h"

#include "base/mem.h"
#include "io/encoding.h"
#include "io/reader.h"
#include "io/table.h"

#define LARGEST    ((size_t)256 << 20)
#define MOST_WIDE  16384
#define MOST_CELLS ((size_t)16 << 20) /* in all */

struct grid_sheet *
grid_add_sheet(struct grid *g, const char *name)
{
	struct grid_sheet *s;

	g->sheets =
	    mem_room(g->sheets, g->nsheets, &g->room, sizeof(*g->sheets));
	s = &g->sheets[g->nsheets++];
	*s = (struct grid_sheet){ .name = name };
	return s;
}

/* Room for cells is counted over all rows, for a file may claim any width. */
bool
grid_set(struct grid *g, struct grid_row *row, size_t column, struct slice text,
    enum grid_kind kind, size_t *cells, struct err *e)
{
	struct slice trimmed = slice_trim(text);

	if (column >= MOST_WIDE)
		return err_set(e, ERR_USAGE, "%s: a row has more than %d cells",
		    g->path, MOST_WIDE);
	if (column >= row->n) {
		struct grid_cell *grown;
		size_t n = column + 1;

		*cells += n - row->n;
		if (*cells > MOST_CELLS)
			return err_set(e, ERR_USAGE,
			    "%s: more than %zu cells: give it in parts",
			    g->path, MOST_CELLS);
		grown = arena_zalloc(g->arena, n * sizeof(*grown));
		if (row->n > 0)
			memcpy(grown, row->cells, row->n * sizeof(*grown));
		row->cells = grown;
		row->n = n;
	}
	row->cells[column] = (struct grid_cell){ trimmed, kind,
		trimmed.n > 0 && trimmed.n < text.n };
	return true;
}

void
grid_add_row(struct grid_sheet *s, const struct grid_row *row)
{
	bool empty = true;

	for (size_t i = 0; i < row->n && empty; i++)
		empty = row->cells[i].text.n == 0 &&
		    row->cells[i].kind == GRID_TEXT;
	if (empty)
		return;
	s->rows = mem_room(s->rows, s->nrows, &s->room, sizeof(*s->rows));
	s->rows[s->nrows++] = *row;
}

/* UTF-8 in the arena, without a BOM. */
static bool
decode(struct grid *g, struct slice *text, struct err *e)
{
	size_t bom = 0, used;
	const char *name = encoding_detect(*text, &bom);
	struct encoding *x = name == NULL ? NULL : encoding_open(name, e);
	struct buf own = { 0 };
	bool ok;

	if (x == NULL)
		return err_set(e, ERR_USAGE,
		    "%s: neither a spreadsheet nor a table in UTF-8 or GB18030",
		    g->path);
	text->p += bom;
	text->n -= bom;
	ok = encoding_decode(x, *text, true, &own, &used, NULL);
	encoding_close(x);
	*text = arena_slice(g->arena, buf_slice(&own));
	buf_release(&own);
	return ok ||
	    err_set(e, ERR_USAGE, "%s: text is not whole %s", g->path, name);
}

static bool
read_record(struct grid *g, struct grid_sheet *s, struct splitter *splitter,
    const struct frame *frame, size_t *cells, struct err *e)
{
	struct grid_row row = { .line = frame->line };
	const struct slice *fields;
	size_t n;

	if (frame->kind == FRAME_BAD ||
	    !splitter_cut(splitter, frame->bytes, &fields, &n, NULL))
		return err_set(e, ERR_USAGE,
		    "%s:%llu: quotes do not pair up in this row (a quote in a "
		    "cell is written twice)",
		    g->path, (unsigned long long)frame->line);
	for (size_t i = n; i-- > 0;)
		if (fields[i].n > 0 &&
		    !grid_set(g, &row, i, arena_slice(g->arena, fields[i]),
			GRID_TEXT, cells, e))
			return false;
	grid_add_row(s, &row);
	return true;
}

static bool
read_values(struct grid *g, struct slice text, struct err *e)
{
	struct dialect d = dialect_csv;
	struct grid_sheet *s;
	struct splitter *splitter;
	struct framer *framer;
	struct frame frame;
	size_t cells = 0;
	bool ok;

	if (!decode(g, &text, e))
		return false;
	s = grid_add_sheet(g, NULL);
	d.delimiter = dialect_sniff(
	    (struct slice){ text.p, text.n < 65536 ? text.n : 65536 }, &d);
	if (d.delimiter == '\t')
		d = dialect_tsv;
	framer = framer_new_memory(&d, text);
	splitter = splitter_new(&d);
	do {
		ok = framer_next(framer, &frame, e);
		if (ok &&
		    (frame.kind == FRAME_RECORD || frame.kind == FRAME_BAD))
			ok = read_record(g, s, splitter, &frame, &cells, e);
	} while (ok && frame.kind != FRAME_END);
	framer_free(framer);
	splitter_free(splitter);
	return ok;
}

static bool
read_any(struct grid *g, struct slice text, struct err *e)
{
	if (slice_starts(text, "\xD0\xCF\x11\xE0"))
		return err_set(e, ERR_USAGE,
		    "%s: an old workbook (.xls): open it and save it as .xlsx, "
		    "or run 'soffice --convert-to xlsx' on it",
		    g->path);
	if (slice_starts(text, "PK\3\4"))
		return grid_read_xlsx(g, text, e);
	return read_values(g, text, e);
}

struct grid *
grid_parse(const char *path, struct slice text, struct err *e)
{
	struct grid *g = mem_zalloc(sizeof(*g));

	g->arena = arena_new();
	g->path = arena_string(g->arena, path, strlen(path));
	if (!read_any(g, text, e)) {
		grid_free(g);
		return NULL;
	}
	return g;
}

struct grid *
grid_load(const char *path, struct err *e)
{
	struct buf text = { 0 };
	struct grid *g = NULL;

	if (reader_slurp(path, LARGEST, &text, e))
		g = grid_parse(path, buf_slice(&text), e);
	buf_release(&text);
	return g;
}

void
grid_free(struct grid *g)
{
	if (g == NULL)
		return;
	for (size_t i = 0; i < g->nsheets; i++)
		mem_free(g->sheets[i].rows);
	mem_free(g->sheets);
	arena_free(g->arena);
	mem_free(g);
}

struct slice
grid_text(const struct grid_row *row, size_t column)
{
	return column < row->n && row->cells[column].text.n > 0
	    ? row->cells[column].text
	    : SLICE("");
}

const char *
grid_place(const struct grid_sheet *s, const struct grid_row *row,
    size_t column, struct arena *a)
{
	char letters[8];
	size_t n = sizeof(letters) - 1;

	if (s->name == NULL)
		return arena_printf(a, "line %llu, column %zu",
		    (unsigned long long)row->line, column + 1);
	letters[n] = '\0';
	for (size_t c = column + 1; c > 0 && n > 0; c = (c - 1) / 26)
		letters[--n] = (char)('A' + (c - 1) % 26);
	return arena_printf(a, "sheet '%s', cell %s%llu", s->name, letters + n,
	    (unsigned long long)row->line);
}
