#include "sources/table_names.h"

#include <stdint.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"

/* What stands for the name of a column that never had one. */
static const char numbered[] = "";

static void
add_key(struct table_names *t, struct slice name)
{
	buf_adds(&t->keys, t->n > 0 ? "\"," : "{");
	json_put_string(&t->keys, name);
	buf_adds(&t->keys, ":\"");
	t->ends = mem_room(t->ends, t->n, &t->room, sizeof(*t->ends));
	t->ends[t->n++] = t->keys.n;
}

static void
name_one(
    struct index *taken, struct slice given, size_t number, struct buf *name)
{
	size_t again = 2, base;
	bool fresh;

	buf_reset(name);
	if (given.n == 0)
		buf_addf(name, "column_%zu", number);
	else if (slice_is(given, "_mdx"))
		buf_adds(name, "_mdx_");
	else
		buf_add_slice(name, given);
	base = name->n;
	while (index_add(taken, buf_slice(name), &fresh), !fresh) {
		name->n = base;
		buf_addf(name, "_%zu", again++);
	}
}

void
table_names_set(struct table_names *t, struct member *m,
    const struct slice *names, size_t n)
{
	struct index *taken = index_new();
	struct buf name = { 0 }, list = { 0 };
	const char *null_text = m->options->null_text;

	if (null_text != NULL)
		t->null_text = slice_of(null_text);

	for (size_t i = 0; i < n; i++) {
		name_one(taken, names[i], i + 1, &name);
		if (names[i].p != numbered &&
		    !slice_eq(buf_slice(&name), names[i]))
			member_note(m, "column %zu is called %.*s", i + 1,
			    (int)name.n, name.p);
		m->renamed += slice_is(names[i], "_mdx");
		add_key(t, buf_slice(&name));
		json_put_comma(&list);
		json_put_string(&list, buf_slice(&name));
	}
	member_columns(m, names, n);
	json_put_key(&m->extra, "columns");
	buf_addc(&m->extra, '[');
	buf_add_slice(&m->extra, buf_slice(&list));
	buf_addc(&m->extra, ']');
	buf_release(&list);
	buf_release(&name);
	index_free(taken);
}

/* --header NAME,... */
static void
name_by_option(struct table_names *t, struct member *m, struct slice list)
{
	struct slice *names = NULL, part;
	size_t n = 0, room = 0;

	while (slice_next(&list, ',', &part)) {
		names = mem_room(names, n, &room, sizeof(*names));
		names[n++] = slice_trim(part);
	}
	table_names_set(t, m, names, n);
	mem_free(names);
}

void
table_names_number(struct table_names *t, struct member *m, size_t n)
{
	struct slice *names = mem_zalloc(n * sizeof(*names));

	for (size_t i = 0; i < n; i++)
		names[i] = (struct slice){ numbered, 0 };
	table_names_set(t, m, names, n);
	mem_free(names);
}

bool
table_names_given(struct table_names *t, struct member *m, size_t n)
{
	const char *how = m->options->header;

	if (how == NULL || strcmp(how, "yes") == 0)
		return false;
	if (strcmp(how, "no") != 0) {
		if (n == 0)
			name_by_option(t, m, slice_of(how));
		return n == 0;
	}
	if (n == 0)
		return false;
	table_names_number(t, m, n);
	return true;
}

void
table_names_release(struct table_names *t)
{
	buf_release(&t->keys);
	mem_free(t->ends);
}

static bool
is_null(const struct table_names *t, struct slice cell)
{
	return cell.p == NULL ||
	    (t->null_text.p != NULL && slice_eq(cell, t->null_text));
}

static void
put_cell(const struct table_names *t, struct slice cell, struct buf *b)
{
	if (is_null(t, cell))
		buf_adds(b, "null");
	else
		json_put_string(b, cell);
}

/* n bytes in steps of 16, of which `limit` may be read and written. */
static inline char *
copy(char *to, const char *from, size_t n, const char *limit)
{
	size_t done = 0;

	if (n <= 64 && limit - from >= 64) {
		do
			memcpy(to + done, from + done, 16);
		while ((done += 16) < n);
	} else {
		memcpy(to, from, n);
	}
	return to + n;
}

/*
 * Cells that need no escape and are not null: what stands between two of them
 * is ready in one piece.  limit: what may be read behind the cells.
 */
static void
put_plain(const struct table_names *t, const struct slice *cells, size_t n,
    const char *limit, struct buf *b)
{
	const char *keys = t->keys.p, *keys_limit = keys + t->keys.room;
	size_t from = 0, bytes = t->keys.n + 64;
	char *to;

	for (size_t i = 0; i < n; i++)
		bytes += cells[i].n;
	to = buf_room(b, bytes);
	for (size_t i = 0; i < n; i++) {
		to = copy(to, keys + from, t->ends[i] - from, keys_limit);
		from = t->ends[i];
		to = copy(to, cells[i].p, cells[i].n, limit);
	}
	*to++ = '"';
	b->n = (size_t)(to - b->p);
}

static void
put_key(const struct table_names *t, size_t i, struct buf *b)
{
	size_t from = i == 0 ? 1 : t->ends[i - 1] + 2;

	buf_addc(b, i == 0 ? '{' : ',');
	buf_add(b, t->keys.p + from, t->ends[i] - 1 - from);
}

void
table_names_row(const struct table_names *t, const struct slice *cells,
    size_t n, struct buf *b)
{
	for (size_t i = 0; i < n && i < t->n; i++) {
		put_key(t, i, b);
		put_cell(t, cells[i], b);
	}
	if (n == 0)
		buf_addc(b, '{');
	for (size_t i = t->n; i < n; i++) {
		if (i == 0)
			buf_addc(b, '{');
		json_put_comma(b);
		buf_addf(b, "\"column_%zu\":", i + 1);
		put_cell(t, cells[i], b);
	}
}

void
table_names_plain(const struct table_names *t, const struct slice *cells,
    size_t n, const char *limit, struct buf *b)
{
	if (t->null_text.p == NULL && n > 0 && n <= t->n)
		put_plain(t, cells, n, limit, b);
	else
		table_names_row(t, cells, n, b);
}
