#include "terms/mapping_rows.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/tokenizer.h"
#include "terms/pick.h"

static const struct column columns[] = { { "field", "字段", 0 },
	{ "term", "术语|原词", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "unit", "单位", 0 }, { "specimen", "标本", 0 },
	{ "code", "编码", COLUMN_CODE }, { "display", "名称", 0 },
	{ "system", NULL, 0 }, { "version", NULL, 0 },
	{ "relation", "关系", 0 }, { "status", "状态", 0 },
	{ "reviewer", "审核人", 0 }, { "date", "日期", 0 }, { "p", NULL, 0 },
	{ "method", NULL, 0 }, { "count", NULL, 0 }, { "note", "备注", 0 },
	{ NULL, NULL, 0 } };

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

struct slice
mapping_field_of(const char *path)
{
	const char *base = strrchr(path, '/');

	base = base == NULL ? path : base + 1;
	return (struct slice){ base, strcspn(base, "-.") };
}

/* The first of a row of spellings, the first of which is the word itself. */
static struct slice
word_of(struct slice s, const char *const rows[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct slice rest = slice_of(rows[i]), word, first;

		slice_next(&rest, '|', &first);
		word = first;
		do
			if (fold_same(s, word))
				return first;
		while (slice_next(&rest, '|', &word));
	}
	return SLICE("");
}

struct slice
mapping_status(struct slice s)
{
	static const char *const rows[] = { "APPROVED|已审", "AUTO_MAPPED",
		"FLAGGED", "IGNORED|忽略", "UNCHECKED|待审", "INVALID_TARGET" };

	return word_of(s, rows, sizeof(rows) / sizeof(*rows));
}

struct slice
mapping_relation(struct slice s)
{
	static const char *const rows[] = { "exact|skos:exactMatch",
		"close|skos:closeMatch|skos:relatedMatch",
		"broad|skos:broadMatch", "narrow|skos:narrowMatch", "none" };

	return word_of(s, rows, sizeof(rows) / sizeof(*rows));
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
	struct slice *status = &row->cell[MAPPING_STATUS];
	struct slice *relation = &row->cell[MAPPING_RELATION];
	struct slice word = mapping_status(*status);

	if (status->n > 0 && word.n == 0)
		return table_row_fault(t, i, faults, e,
		    "unknown status '%.*s' (APPROVED, FLAGGED, IGNORED, "
		    "UNCHECKED)",
		    (int)status->n, status->p);
	*status = word;
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
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e);
	const char *kept = arena_string(r->arena, path, strlen(path));
	bool ok = t != NULL;

	for (size_t i = 0; t != NULL && i < table_rows(t); i++) {
		struct mapping_row *row =
		    mapping_rows_add(r, mapping_field_of(path));

		row->path = kept;
		row->line = table_line(t, i);
		for (size_t c = 0; c < MAPPING_COLUMNS; c++) {
			struct slice cell = pick_unguarded(table_cell(t, i, c));

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
		header[i] = slice_of(columns[i].name);
	table_put_row(b, header, MAPPING_COLUMNS);
	for (size_t i = 0; i < r->n; i++)
		if (field.n == 0 ||
		    slice_eq(r->list[i].cell[MAPPING_FIELD], field))
			table_put_row(b, r->list[i].cell, MAPPING_COLUMNS);
}
