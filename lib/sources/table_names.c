#include "sources/table_names.h"

#include <stdint.h>
#include <string.h>

#include "base/hash.h"
#include "base/mem.h"
#include "json/write.h"

static void
add_key(struct table_names *t, struct slice name)
{
	if (t->n > 0)
		buf_addc(&t->keys, ',');
	json_put_string(&t->keys, name);
	buf_addc(&t->keys, ':');
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
		if (names[i].n > 0 && !slice_eq(buf_slice(&name), names[i]))
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

bool
table_names_given(struct table_names *t, struct member *m, size_t n)
{
	const char *how = m->options->header;
	struct slice *names;

	if (how == NULL || strcmp(how, "yes") == 0)
		return false;
	if (strcmp(how, "no") != 0) {
		if (n == 0)
			name_by_option(t, m, slice_of(how));
		return n == 0;
	}
	if (n == 0)
		return false;
	names = mem_zalloc(n * sizeof(*names));
	for (size_t i = 0; i < n; i++)
		names[i] = SLICE("");
	table_names_set(t, m, names, n);
	mem_free(names);
	return true;
}

void
table_names_release(struct table_names *t)
{
	buf_release(&t->keys);
	mem_free(t->ends);
}

/* A byte that a JSON string must escape: `"`, `\\` or a control character. */
static bool
needs_escape(struct slice s)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	const uint64_t highs = UINT64_C(0x8080808080808080);
	const char *p = s.p, *end = s.p + s.n;

	for (; end - p >= 8; p += 8) {
		uint64_t w, quote, slash;

		memcpy(&w, p, 8);
		quote = w ^ (ones * '"');
		slash = w ^ (ones * '\\');
		if ((((w - ones * ' ') & ~w) | ((quote - ones) & ~quote) |
			((slash - ones) & ~slash)) &
		    highs)
			return true;
	}
	for (; p < end; p++)
		if ((unsigned char)*p < ' ' || *p == '"' || *p == '\\')
			return true;
	return false;
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

/* The room for a row of plain text is asked for once. */
void
table_names_row(const struct table_names *t, const struct slice *cells,
    size_t n, struct buf *b)
{
	size_t from = 0, bytes = t->keys.n + 2;

	buf_addc(b, '{');
	for (size_t i = 0; i < n; i++)
		bytes += cells[i].n + 2;
	buf_room(b, bytes);
	for (size_t i = 0; i < n && i < t->n; i++) {
		size_t key = t->ends[i] - from;
		char *to = b->p + b->n;

		if (is_null(t, cells[i]) || needs_escape(cells[i])) {
			buf_add(b, t->keys.p + from, key);
			put_cell(t, cells[i], b);
			buf_room(b, bytes);
		} else {
			memcpy(to, t->keys.p + from, key);
			to += key;
			*to++ = '"';
			memcpy(to, cells[i].p, cells[i].n);
			to[cells[i].n] = '"';
			b->n += key + cells[i].n + 2;
		}
		from = t->ends[i];
	}
	for (size_t i = t->n; i < n; i++) {
		json_put_comma(b);
		buf_addf(b, "\"column_%zu\":", i + 1);
		put_cell(t, cells[i], b);
	}
}
