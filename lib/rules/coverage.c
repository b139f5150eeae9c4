/*
 * The deck's table of completeness: one row a group, one column a field.
 */
#include <stdlib.h>

#include "base/hash.h"
#include "rules/report.h"

static int
by_text(const void *a, const void *b)
{
	return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

/* The groups; without --by the one over everything. */
static void
find_rows(const struct summary *s, const struct slice *kind, struct arena *a,
    struct coverage *c)
{
	struct index *seen = index_new();

	c->rows = arena_alloc(a, (s->nfields + 1) * sizeof(*c->rows));
	for (size_t i = 0; i < s->nfields; i++) {
		struct slice by = s->fields[i].by;
		bool fresh;

		if ((s->nby > 0 && slice_is(by, "{}")) ||
		    (kind != NULL && !slice_eq(s->fields[i].kind, *kind)))
			continue;
		index_add(seen, by, &fresh);
		if (fresh)
			c->rows[c->nrows++] = by;
	}
	index_free(seen);
	if (c->nrows > 1)
		qsort(c->rows, c->nrows, sizeof(*c->rows), by_text);
	if (s->nby > 0 && c->nrows > 0)
		c->rows[c->nrows++] = SLICE("{}");
}

/* In the order of the rules, which is that of the catalogue. */
static void
find_columns(const struct summary *s, const struct slice *kind, struct arena *a,
    struct coverage *c)
{
	struct index *there = index_new(), *seen = index_new();

	c->columns = arena_alloc(a, (s->nrules + 1) * sizeof(*c->columns));
	c->titles = arena_alloc(a, (s->nrules + 1) * sizeof(*c->titles));
	for (size_t i = 0; i < s->nfields; i++)
		if (kind == NULL || slice_eq(s->fields[i].kind, *kind))
			index_add(there, s->fields[i].field, NULL);
	for (size_t i = 0; i < s->nrules; i++) {
		const struct rule_lines *l = &s->rules[i];
		bool fresh;

		if (index_find(there, l->field) < 0 ||
		    (!slice_is(l->check, "complete") &&
			!slice_is(l->check, "required")))
			continue;
		index_add(seen, l->field, &fresh);
		if (!fresh)
			continue;
		c->columns[c->ncolumns] = l->field;
		c->titles[c->ncolumns++] = l->title.n > 0 ? l->title : l->field;
	}
	index_free(there);
	index_free(seen);
}

void
coverage_make(const struct summary *s, const struct slice *kind,
    struct arena *a, struct coverage *c)
{
	struct index *rows = index_new(), *columns = index_new();

	*c = (struct coverage){ 0 };
	find_rows(s, kind, a, c);
	find_columns(s, kind, a, c);
	c->cells =
	    arena_zalloc(a, (c->nrows * c->ncolumns + 1) * sizeof(*c->cells));
	for (size_t i = 0; i < c->nrows; i++)
		index_add(rows, c->rows[i], NULL);
	for (size_t i = 0; i < c->ncolumns; i++)
		index_add(columns, c->columns[i], NULL);
	for (size_t i = 0; i < s->nfields; i++) {
		const struct field_line *f = &s->fields[i];
		long row = index_find(rows, f->by);
		long column = index_find(columns, f->field);
		struct coverage_cell *cell;

		if (row < 0 || column < 0 ||
		    (kind != NULL && !slice_eq(f->kind, *kind)))
			continue;
		cell = &c->cells[(size_t)row * c->ncolumns + (size_t)column];
		cell->n += f->n;
		cell->there += f->counts[VALUE_THERE];
	}
	index_free(rows);
	index_free(columns);
}

void
report_put_group(struct slice by, bool en, struct arena *a, struct buf *to)
{
	struct json_walk walk = json_enter(json_of(by));
	struct json v;
	struct slice key;
	size_t n = 0;

	while (json_next_member(&walk, &key, &v)) {
		if (n++ > 0)
			buf_adds(to, " · ");
		if (v.type == JSON_NULL)
			buf_adds(to, en ? "(missing)" : "（缺失）");
		else if (en && slice_is(json_text(v, a), "（其余）"))
			buf_adds(to, "(others)");
		else
			buf_add_slice(to, json_text(v, a));
	}
	if (n == 0)
		buf_adds(to, en ? "all" : "全部");
}

void
report_coverage(const struct summary *s, const struct report *o, struct buf *b)
{
	struct arena *a = arena_new();
	struct coverage c;
	struct slice *row;
	struct buf text = { 0 };

	(void)o;
	coverage_make(s, NULL, a, &c);
	row = arena_alloc(a, (c.ncolumns + 1) * sizeof(*row));
	row[0] = SLICE("组");
	for (size_t i = 0; i < c.ncolumns; i++)
		row[i + 1] = c.titles[i];
	table_put_row(b, row, c.ncolumns + 1);
	for (size_t r = 0; r < c.nrows; r++) {
		buf_reset(&text);
		report_put_group(c.rows[r], false, a, &text);
		row[0] = arena_slice(a, buf_slice(&text));
		for (size_t i = 0; i < c.ncolumns; i++) {
			const struct coverage_cell *cell =
			    &c.cells[r * c.ncolumns + i];

			buf_reset(&text);
			put_percent(&text, cell->there, cell->n);
			row[i + 1] = arena_slice(a, buf_slice(&text));
		}
		table_put_row(b, row, c.ncolumns + 1);
	}
	buf_release(&text);
	arena_free(a);
}
