#include "terms/graph_table.h"

#include "base/mem.h"
#include "io/table.h"

enum { KIND, MEMBER, TYPE, PREDICATE, DATE };

static const struct column columns[] = { { "kind", "类别",
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "member", "字段", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "type", "类型", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "predicate", "关系", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "date", "日期", 0 }, { NULL, NULL, 0 } };

enum { SYSTEM, FIELD };

static const struct column system_columns[] = {
	{ "system", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "field", NULL, COLUMN_REQUIRED }, { NULL, NULL, 0 }
};

void
graph_table_init(struct graph_table *g)
{
	*g = (struct graph_table){ .arena = arena_new(),
		.systems = index_new() };
}

void
graph_table_release(struct graph_table *g)
{
	arena_free(g->arena);
	index_free(g->systems);
	*g = (struct graph_table){ 0 };
}

static void
read_dates(struct graph_table *g, struct graph_row *row, struct slice cell,
    struct index *names)
{
	struct slice part;

	row->dates = arena_alloc(g->arena, (cell.n + 1) * sizeof(*row->dates));
	while (slice_next(&cell, '|', &part)) {
		part = slice_trim(part);
		if (part.n > 0)
			row->dates[row->ndates++] =
			    index_add(names, part, NULL);
	}
}

bool
graph_table_add(struct graph_table *g, const char *path, struct slice text,
    struct index *names, struct err *e)
{
	struct table *t = table_parse(path, text, columns, 0, NULL, e);
	struct graph_row *rows;

	if (t == NULL)
		return false;
	rows = arena_zalloc(
	    g->arena, (g->nrows + table_rows(t) + 1) * sizeof(*rows));
	if (g->nrows > 0)
		memcpy(rows, g->rows, g->nrows * sizeof(*rows));
	for (size_t i = 0; i < table_rows(t); i++) {
		struct graph_row *row = &rows[g->nrows++];

		row->kind = arena_slice(g->arena, table_cell(t, i, KIND));
		row->name = arena_slice(g->arena, table_cell(t, i, MEMBER));
		row->member = index_add(names, row->name, NULL);
		row->type = arena_slice(g->arena, table_cell(t, i, TYPE));
		row->predicate =
		    arena_slice(g->arena, table_cell(t, i, PREDICATE));
		read_dates(g, row, table_cell(t, i, DATE), names);
	}
	g->rows = rows;
	table_free(t);
	return true;
}

bool
graph_table_systems(
    struct graph_table *g, const char *path, struct slice text, struct err *e)
{
	struct table *t =
	    table_parse(path, text, system_columns, TABLE_EXTRA, NULL, e);
	struct slice *fields;

	if (t == NULL)
		return false;
	fields = arena_alloc(g->arena, (table_rows(t) + 1) * sizeof(*fields));
	for (size_t i = 0; i < table_rows(t); i++) {
		bool fresh;
		size_t n =
		    index_add(g->systems, table_cell(t, i, SYSTEM), &fresh);

		if (fresh)
			fields[n] =
			    arena_slice(g->arena, table_cell(t, i, FIELD));
	}
	g->fields = fields;
	table_free(t);
	return true;
}

struct slice
graph_table_of_system(const struct graph_table *g, struct slice system)
{
	long n = index_find(g->systems, system);

	if (slice_is(system, "indicator"))
		return SLICE("finding");
	if (n < 0 || g->fields[n].n == 0)
		return system;
	/* The one field whose entities are called otherwise. */
	if (slice_is(g->fields[n], "surgery"))
		return SLICE("procedure");
	return g->fields[n];
}

struct slice
graph_table_type(const struct graph_table *g, struct slice id)
{
	const char *colon = memchr(id.p, ':', id.n);

	if (colon == NULL || colon == id.p)
		return SLICE("unknown");
	return graph_table_of_system(g, slice_span(id.p, colon));
}
