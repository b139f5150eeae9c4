#include "deid/crosswalk.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "io/writer.h"

/* The rows themselves, as they will be written, are the names of an index. */
struct crosswalk {
	struct index *rows;
	struct buf row;
};

struct crosswalk *
crosswalk_new(void)
{
	struct crosswalk *c = mem_zalloc(sizeof(*c));

	c->rows = index_new();
	return c;
}

void
crosswalk_free(struct crosswalk *c)
{
	if (c == NULL)
		return;
	index_free(c->rows);
	buf_release(&c->row);
	mem_free(c);
}

static void
put_cell(struct buf *b, struct slice cell)
{
	buf_addc(b, '"');
	for (size_t i = 0; i < cell.n; i++) {
		if (cell.p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, cell.p[i]);
	}
	buf_addc(b, '"');
}

void
crosswalk_add(struct crosswalk *c, struct slice domain, const char *pseudonym,
    struct slice original)
{
	buf_reset(&c->row);
	put_cell(&c->row, domain);
	buf_addf(&c->row, ",%s,", pseudonym);
	put_cell(&c->row, original);
	index_add(c->rows, buf_slice(&c->row), NULL);
}

void
crosswalk_merge(struct crosswalk *to, const struct crosswalk *from)
{
	for (size_t i = 0; i < index_count(from->rows); i++)
		index_add(to->rows, index_name(from->rows, i), NULL);
}

static int
by_text(const void *a, const void *b)
{
	return slice_cmp(*(const struct slice *)a, *(const struct slice *)b);
}

bool
crosswalk_write(const struct crosswalk *c, const char *path, struct err *e)
{
	size_t n = index_count(c->rows);
	struct slice *rows = mem_alloc((n + 1) * sizeof(*rows));
	struct writer *w = writer_open_mode(path, 0600, e);
	bool ok = w != NULL;

	for (size_t i = 0; i < n; i++)
		rows[i] = index_name(c->rows, i);
	qsort(rows, n, sizeof(*rows), by_text);
	ok = ok && writer_add(w, SLICE("domain,pseudonym,original\n"), e);
	for (size_t i = 0; ok && i < n; i++)
		ok = writer_add(w, rows[i], e) && writer_add(w, SLICE("\n"), e);
	ok = ok && writer_commit(w, e);
	writer_free(w);
	mem_free(rows);
	return ok;
}
