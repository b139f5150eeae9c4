#include "terms/codemap.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/spelling.h"

struct codemap {
	struct arena *arena;
	struct slice system[2], version[2]; /* from, to */
	struct index *codes[2];
	struct codemap_pair **first[2], **last[2]; /* by code */
	struct spellings *spellings[2];
	struct codemap_pair *pairs;
	size_t n;
};

enum { FROM, TO, RELATION, PREFERRED };

static const struct column columns[] = {
	{ "code_from", NULL, COLUMN_REQUIRED | COLUMN_FILLED | COLUMN_CODE },
	{ "code_to", NULL, COLUMN_REQUIRED | COLUMN_FILLED | COLUMN_CODE },
	{ "relation", "关系", 0 }, { "preferred", "首选", 0 }, { NULL, NULL, 0 }
};

/* "icd10-gl@2.0" */
static bool
read_edition(struct codemap *m, int side, struct slice text)
{
	const char *at = memchr(text.p, '@', text.n);

	if (at == NULL || at == text.p || at + 1 == text.p + text.n)
		return false;
	m->system[side] = arena_slice(m->arena, slice_span(text.p, at));
	m->version[side] =
	    arena_slice(m->arena, slice_span(at + 1, text.p + text.n));
	return true;
}

static bool
read_name(struct codemap *m, const char *path, struct err *e)
{
	const char *base = strrchr(path, '/'), *plus, *end;

	base = base == NULL ? path : base + 1;
	plus = strchr(base, '+');
	end = base + strlen(base) - strlen(".csv");
	if (plus == NULL || end < plus + 1 || strcmp(end, ".csv") != 0 ||
	    !read_edition(m, 0, slice_span(base, plus)) ||
	    !read_edition(m, 1, slice_span(plus + 1, end)))
		return err_set(e, ERR_USAGE,
		    "%s: name a code map FROM@VERSION+TO@VERSION.csv", path);
	return true;
}

static bool
read_preferred(const struct table *t, size_t row, bool *preferred,
    struct table_faults *faults, struct err *e)
{
	struct slice s = table_cell(t, row, PREFERRED);

	*preferred = slice_is(s, "1") || slice_is(s, "yes") ||
	    slice_is(s, "true") || slice_is(s, "是");
	if (*preferred || s.n == 0 || slice_is(s, "0") || slice_is(s, "no") ||
	    slice_is(s, "false") || slice_is(s, "否"))
		return true;
	return table_row_fault(t, row, faults, e,
	    "preferred is '%.*s', neither yes nor no", (int)s.n, s.p);
}

/* Behind those of the same code, so that a list keeps the file's order. */
static void
chain(struct codemap *m, struct codemap_pair *pair, int side, struct slice code)
{
	bool fresh;
	size_t i = index_add(m->codes[side], code, &fresh);

	if (fresh)
		m->first[side][i] = pair;
	else
		m->last[side][i]->next[side] = pair;
	m->last[side][i] = pair;
	spellings_add(m->spellings[side], code, i);
}

static bool
read_row(struct codemap *m, const struct table *t, size_t row,
    struct table_faults *faults, struct err *e)
{
	struct codemap_pair *pair = &m->pairs[m->n];
	const struct codemap_pair *p;
	long known = index_find(m->codes[0], table_cell(t, row, FROM));

	if (slice_is(table_cell(t, row, RELATION), "none"))
		return true;
	pair->from = arena_slice(m->arena, table_cell(t, row, FROM));
	pair->to = arena_slice(m->arena, table_cell(t, row, TO));
	if (!read_preferred(t, row, &pair->preferred, faults, e))
		return false;
	for (p = known < 0 ? NULL : m->first[0][known]; p != NULL;
	     p = p->next[0]) {
		if (slice_eq(p->to, pair->to))
			return table_row_fault(t, row, faults, e,
			    "'%.*s' becomes '%.*s' twice", (int)p->from.n,
			    p->from.p, (int)p->to.n, p->to.p);
		if (p->preferred && pair->preferred)
			return table_row_fault(t, row, faults, e,
			    "'%.*s' has two preferred codes", (int)p->from.n,
			    p->from.p);
	}
	m->n++;
	chain(m, pair, 0, pair->from);
	chain(m, pair, 1, pair->to);
	return true;
}

struct codemap *
codemap_parse(const char *path, struct slice text, struct table_faults *faults,
    struct err *e)
{
	struct table *t =
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e);
	struct codemap *m;
	size_t rows;
	bool ok;

	if (t == NULL)
		return NULL;
	m = mem_zalloc(sizeof(*m));
	m->arena = arena_new();
	rows = table_rows(t) + 1;
	m->pairs = arena_zalloc(m->arena, rows * sizeof(*m->pairs));
	for (int side = 0; side < 2; side++) {
		m->codes[side] = index_new();
		m->spellings[side] = spellings_new();
		m->first[side] =
		    arena_zalloc(m->arena, rows * sizeof(*m->first[side]));
		m->last[side] =
		    arena_zalloc(m->arena, rows * sizeof(*m->last[side]));
	}
	ok = read_name(m, path, e);
	for (size_t i = 0; i < table_rows(t); i++)
		ok = read_row(m, t, i, faults, e) && ok;
	table_free(t);
	if (!ok) {
		codemap_free(m);
		return NULL;
	}
	return m;
}

void
codemap_free(struct codemap *m)
{
	if (m == NULL)
		return;
	for (int side = 0; side < 2; side++) {
		index_free(m->codes[side]);
		spellings_free(m->spellings[side]);
	}
	arena_free(m->arena);
	mem_free(m);
}

struct slice
codemap_system(const struct codemap *m, bool to)
{
	return m->system[to];
}

struct slice
codemap_version(const struct codemap *m, bool to)
{
	return m->version[to];
}

size_t
codemap_count(const struct codemap *m)
{
	return m->n;
}

const struct codemap_pair *
codemap_pair(const struct codemap *m, size_t i)
{
	return &m->pairs[i];
}

size_t
codemap_find(const struct codemap *m, struct slice code, bool back,
    struct slice *list, size_t room)
{
	long i = index_find(m->codes[back], code);
	size_t n = 0;

	if (i < 0)
		i = spellings_find(m->spellings[back], code);
	if (i < 0)
		return 0;
	for (const struct codemap_pair *p = m->first[back][i]; p != NULL;
	     p = p->next[back]) {
		if (p->preferred && !back) {
			list[0] = p->to;
			return 1;
		}
		if (n < room)
			list[n] = back ? p->from : p->to;
		n++;
	}
	return n;
}
