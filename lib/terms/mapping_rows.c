#include "terms/mapping_rows.h"

#include <stdlib.h>

#include "base/mem.h"

void
mapping_rows_init(struct mapping_rows *r)
{
	*r = (struct mapping_rows){ .arena = arena_new() };
}

void
mapping_rows_release(struct mapping_rows *r)
{
	arena_free(r->arena);
	mem_free(r->list);
	*r = (struct mapping_rows){ 0 };
}

struct mapping_row *
mapping_rows_add(struct mapping_rows *r, struct slice field)
{
	struct mapping_row *row;

	r->list = mem_room(r->list, r->n, &r->room, sizeof(*r->list));
	row = &r->list[r->n++];
	*row = (struct mapping_row){ 0 };
	for (size_t i = 0; i < MAPPING_COLUMNS; i++)
		row->cell[i] = SLICE("");
	row->cell[MAPPING_FIELD] = arena_slice(r->arena, field);
	return row;
}

bool
mapping_is_approved(const struct mapping_row *row)
{
	return slice_is(row->cell[MAPPING_STATUS], "APPROVED");
}

/* Words of the format in the place of their other spellings. */
static bool
settle_words(struct mapping_row *row, const struct table *t, size_t i,
    struct table_faults *faults, struct err *e)
{
	struct slice *relation = &row->cell[MAPPING_RELATION], word;
	enum mapping_status status;

	if (!mapping_status_of(t, i, &status, faults, e))
		return false;
	if (row->cell[MAPPING_STATUS].n > 0)
		row->cell[MAPPING_STATUS] =
		    slice_of(mapping_status_name(status));
	word = mapping_relation(*relation);
	if (relation->n > 0 && word.n == 0)
		return table_row_fault(t, i, faults, e,
		    "unknown relation '%.*s' (exact, close, broad, narrow, "
		    "none)",
		    (int)relation->n, relation->p);
	*relation = word;
	return true;
}

bool
mapping_rows_read(struct mapping_rows *r, const char *path, struct slice text,
    struct table_faults *faults, struct err *e)
{
	struct table *t =
	    table_parse(path, text, mapping_columns, TABLE_EXTRA, faults, e);
	const char *kept = arena_string(r->arena, path, strlen(path));
	bool ok = t != NULL;

	for (size_t i = 0; t != NULL && i < table_rows(t); i++) {
		struct mapping_row *row =
		    mapping_rows_add(r, mapping_field_of(path));

		row->path = kept;
		row->line = table_line(t, i);
		for (size_t c = 0; c < MAPPING_COLUMNS; c++) {
			struct slice cell = mapping_cell(t, i, c);

			if (cell.n > 0)
				row->cell[c] = arena_slice(r->arena, cell);
		}
		ok = settle_words(row, t, i, faults, e) && ok;
	}
	table_free(t);
	return ok;
}

static int
by_cells(const void *a, const void *b)
{
	const struct mapping_row *x = a, *y = b;
	int order = 0;

	for (size_t i = 0; i < MAPPING_COLUMNS && order == 0; i++)
		order = slice_cmp(x->cell[i], y->cell[i]);
	return order;
}

void
mapping_rows_sort(struct mapping_rows *r)
{
	size_t kept = 0;

	if (r->n == 0)
		return;
	qsort(r->list, r->n, sizeof(*r->list), by_cells);
	for (size_t i = 0; i < r->n; i++)
		if (kept == 0 || by_cells(&r->list[kept - 1], &r->list[i]) != 0)
			r->list[kept++] = r->list[i];
	r->n = kept;
}

void
mapping_rows_text(
    const struct mapping_rows *r, struct slice field, struct buf *b)
{
	struct slice header[MAPPING_COLUMNS];

	for (size_t i = 0; i < MAPPING_COLUMNS; i++)
		header[i] = slice_of(mapping_columns[i].name);
	table_put_row(b, header, MAPPING_COLUMNS);
	for (size_t i = 0; i < r->n; i++)
		if (field.n == 0 ||
		    slice_eq(r->list[i].cell[MAPPING_FIELD], field))
			table_put_row(b, r->list[i].cell, MAPPING_COLUMNS);
}
