#include "rules/pairs.h"

#include "base/buf.h"
#include "base/mem.h"
#include "io/reader.h"

#define LARGEST ((size_t)16 << 20)

static const struct column columns[] = { { "key", "编码|前缀|prefix",
					     COLUMN_REQUIRED | COLUMN_FILLED |
						 COLUMN_CODE },
	{ "value", "允许值|allowed", COLUMN_REQUIRED | COLUMN_FILLED },
	{ NULL, NULL, 0 } };

static void
add(struct pairs *m, struct slice key, struct slice value)
{
	bool fresh;
	size_t at = index_add(m->keys, key, &fresh);

	if (fresh) {
		m->allowed =
		    mem_room(m->allowed, at, &m->room, sizeof(*m->allowed));
		m->allowed[at] = index_new();
	}
	m->longest = key.n > m->longest ? key.n : m->longest;
	index_add(m->allowed[at], value, NULL);
}

struct pairs *
pairs_parse(const char *path, struct slice text, struct table_faults *faults,
    struct err *e)
{
	struct table *t =
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e);
	struct pairs *m;

	if (t == NULL)
		return NULL;
	if (table_rows(t) == 0) {
		table_fault(faults, path, 0, e, "the table has no row");
		table_free(t);
		return NULL;
	}
	m = mem_zalloc(sizeof(*m));
	m->keys = index_new();
	for (size_t i = 0; i < table_rows(t); i++)
		add(m, table_cell(t, i, 0), table_cell(t, i, 1));
	table_free(t);
	return m;
}

struct pairs *
pairs_load(const char *path, struct table_faults *faults, struct err *e)
{
	struct buf b = { 0 };
	struct pairs *m = NULL;

	if (reader_slurp(path, LARGEST, &b, e))
		m = pairs_parse(path, buf_slice(&b), faults, e);
	else
		e->kind = ERR_USAGE;
	buf_release(&b);
	return m;
}

void
pairs_free(struct pairs *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < index_count(m->keys); i++)
		index_free(m->allowed[i]);
	index_free(m->keys);
	mem_free(m->allowed);
	mem_free(m);
}

const struct index *
pairs_find(const struct pairs *m, struct slice text)
{
	struct slice key = text;

	for (key.n = key.n < m->longest ? key.n : m->longest; key.n > 0;
	     key.n--) {
		long at = index_find(m->keys, key);

		if (at >= 0)
			return m->allowed[at];
	}
	return NULL;
}
