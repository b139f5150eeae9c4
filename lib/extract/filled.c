#include "extract/filled.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "io/guard.h"

struct filled {
	const char *path;
	struct arena *arena;
	struct index *keys;
	long *first, *last; /* rows of each key */
	size_t keys_room;
	struct filled_row *rows;
	size_t n;
};

enum { KEY, PATH, NEW_VALUE, REVIEWER };

static const struct column columns[] = {
	{ "key", NULL, COLUMN_REQUIRED | COLUMN_FILLED | COLUMN_CODE },
	{ "path", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "new_value", NULL, COLUMN_REQUIRED },
	{ "reviewer", NULL, COLUMN_REQUIRED }, { NULL, NULL, 0 }
};

static struct slice
cell(struct filled *f, const struct table *t, size_t row, size_t column)
{
	return arena_slice(f->arena, guard_off(table_cell(t, row, column)));
}

static void
link_row(struct filled *f, size_t row)
{
	bool fresh;
	size_t k = index_add(f->keys, f->rows[row].key, &fresh);
	size_t room = f->keys_room;

	if (fresh) {
		f->first = mem_room(f->first, k, &room, sizeof(*f->first));
		f->last = mem_room(f->last, k, &f->keys_room, sizeof(*f->last));
		f->first[k] = (long)row;
	} else {
		f->rows[f->last[k]].next = (long)row;
	}
	f->last[k] = (long)row;
}

/*
 * Two people who filled the same row differently: letting the last one win
 * would settle a clinical question without telling anybody.
 */
static void
find_rivals(struct filled *f)
{
	struct index *places = index_new();
	struct filled_row **firsts = mem_zalloc((f->n + 1) * sizeof(*firsts));
	size_t *place = mem_zalloc((f->n + 1) * sizeof(*place));
	struct buf b = { 0 };

	for (size_t i = 0; i < f->n; i++) {
		struct filled_row *row = &f->rows[i], *first;

		if (row->new_value.n == 0)
			continue;
		buf_reset(&b);
		buf_add_slice(&b, row->key);
		buf_addc(&b, '\0');
		buf_add_slice(&b, row->path);
		place[i] = index_add(places, buf_slice(&b), NULL);
		first = firsts[place[i]];
		if (first == NULL)
			firsts[place[i]] = row;
		else if (!slice_eq(first->new_value, row->new_value) &&
		    first->rival == 0)
			first->rival = row->line;
	}
	for (size_t i = 0; i < f->n; i++) {
		struct filled_row *row = &f->rows[i], *first = firsts[place[i]];

		if (row->new_value.n > 0 && row != first && first->rival != 0)
			row->rival = slice_eq(row->new_value, first->new_value)
			    ? first->rival
			    : first->line;
	}
	buf_release(&b);
	index_free(places);
	mem_free(firsts);
	mem_free(place);
}

/* All cells as a table would have them: what a person filled in is not lost. */
static struct slice
raw_row(struct filled *f, const struct table *t, size_t row)
{
	size_t n = table_width(t);
	struct slice *cells = mem_zalloc((n + 1) * sizeof(*cells));
	struct buf b = { 0 };
	struct slice raw;

	for (size_t i = 0; i < n; i++)
		cells[i] = table_at(t, row, i);
	table_put_row(&b, cells, n);
	b.n--; /* the line's end */
	raw = arena_slice(f->arena, buf_slice(&b));
	buf_release(&b);
	mem_free(cells);
	return raw;
}

static struct filled *
from_table(struct table *t)
{
	struct filled *f;

	if (t == NULL)
		return NULL;
	f = mem_zalloc(sizeof(*f));
	f->arena = arena_new();
	f->keys = index_new();
	f->path = arena_string(f->arena, table_path(t), strlen(table_path(t)));
	f->n = table_rows(t);
	f->rows = mem_zalloc((f->n + 1) * sizeof(*f->rows));
	for (size_t i = 0; i < f->n; i++) {
		f->rows[i] = (struct filled_row){ .key = cell(f, t, i, KEY),
			.path = cell(f, t, i, PATH),
			.new_value = cell(f, t, i, NEW_VALUE),
			.reviewer = cell(f, t, i, REVIEWER),
			.line = table_line(t, i),
			.raw = raw_row(f, t, i),
			.next = -1 };
		link_row(f, i);
	}
	find_rivals(f);
	table_free(t);
	return f;
}

struct filled *
filled_parse(const char *path, struct slice text, struct table_faults *faults,
    struct err *e)
{
	return from_table(
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e));
}

struct filled *
filled_load(const char *path, struct table_faults *faults, struct err *e)
{
	return from_table(table_load(path, columns, TABLE_EXTRA, faults, e));
}

void
filled_free(struct filled *f)
{
	if (f == NULL)
		return;
	index_free(f->keys);
	arena_free(f->arena);
	mem_free(f->first);
	mem_free(f->last);
	mem_free(f->rows);
	mem_free(f);
}

const char *
filled_path(const struct filled *f)
{
	return f->path;
}

size_t
filled_count(const struct filled *f)
{
	return f->n;
}

const struct filled_row *
filled_at(const struct filled *f, size_t i)
{
	return &f->rows[i];
}

long
filled_find(const struct filled *f, struct slice key)
{
	long k = index_find(f->keys, key);

	return k < 0 ? -1 : f->first[k];
}
