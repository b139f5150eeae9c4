#include "search/roles.h"

#include "base/mem.h"
#include "io/table.h"

struct way {
	struct slice pointer; /* n 0: by number */
	size_t number;
};

struct row {
	struct slice kind; /* with `*` as it stands */
	enum role role;
	struct way *ways;
	size_t nways;
};

struct roles {
	struct arena *arena;
	struct row *rows;
	size_t nrows;
};

static const struct column columns[] = { { "kind", "类别",
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "role", "角色", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "members", "字段", COLUMN_REQUIRED | COLUMN_FILLED }, { 0 } };

/* The first ROLES of them are looked up here. */
static const char *const names_of_roles[] = { "patient", "visit", "time",
	"dept", "title", "text", "test", "value", "unit", "low", "high", "code",
	"study", "series", "modality", NULL };

static long
role_of(struct slice name)
{
	for (long i = 0; names_of_roles[i] != NULL; i++)
		if (slice_is(name, names_of_roles[i]))
			return i;
	return -1;
}

static void
read_ways(
    struct roles *r, struct row *row, struct slice cell, struct index *names)
{
	struct slice part, rest = cell;
	size_t n = 0;

	while (slice_next(&rest, '|', &part))
		n++;
	row->ways = arena_zalloc(r->arena, n * sizeof(*row->ways));
	while (slice_next(&cell, '|', &part)) {
		struct way *w = &row->ways[row->nways++];

		part = slice_trim(part);
		if (part.n > 0 && part.p[0] == '/')
			w->pointer = arena_slice(r->arena, part);
		else
			w->number = index_add(names, part, NULL);
	}
}

static bool
read_rows(
    struct roles *r, const struct table *t, struct index *names, struct err *e)
{
	r->rows = arena_zalloc(r->arena, table_rows(t) * sizeof(*r->rows));
	for (size_t i = 0; i < table_rows(t); i++) {
		struct slice name = table_cell(t, i, 1);
		long role = role_of(name);

		if (role < 0)
			return table_row_fault(t, i, NULL, e,
			    "unknown role '%.*s'", (int)name.n, name.p);
		if (role >= (long)ROLES)
			continue;
		r->rows[r->nrows].kind =
		    arena_slice(r->arena, table_cell(t, i, 0));
		r->rows[r->nrows].role = (enum role)role;
		read_ways(r, &r->rows[r->nrows++], table_cell(t, i, 2), names);
	}
	return true;
}

struct roles *
roles_load(const char *path, struct index *names, struct err *e)
{
	struct table *t = table_load(path, columns, 0, NULL, e);
	struct roles *r;

	if (t == NULL)
		return NULL;
	r = mem_zalloc(sizeof(*r));
	r->arena = arena_new();
	if (!read_rows(r, t, names, e)) {
		roles_free(r);
		r = NULL;
	}
	table_free(t);
	return r;
}

void
roles_free(struct roles *r)
{
	if (r == NULL)
		return;
	arena_free(r->arena);
	mem_free(r);
}

/* 2: this kind, 1: its family, 0: every kind, -1: another one. */
static int
nearness(struct slice pattern, struct slice kind)
{
	if (pattern.n > 0 && pattern.p[pattern.n - 1] == '*') {
		pattern.n--;
		if (kind.n < pattern.n ||
		    memcmp(kind.p, pattern.p, pattern.n) != 0)
			return -1;
		return pattern.n > 0;
	}
	return slice_eq(pattern, kind) ? 2 : -1;
}

static struct slice
read_way(const struct way *w, struct record *r)
{
	struct json v;

	if (w->pointer.n == 0)
		v = record_value(r, record_field(r, w->number));
	else
		v = json_pointer(json_of(record_line(r)), w->pointer);
	if (v.type != JSON_STRING && v.type != JSON_NUMBER)
		return (struct slice){ "", 0 };
	return slice_trim(json_text(v, record_arena(r)));
}

struct slice
roles_value(const struct roles *roles, struct record *r, enum role role)
{
	struct slice kind = record_kind(r), s;

	for (int near = 2; near >= 0; near--)
		for (size_t i = 0; i < roles->nrows; i++) {
			const struct row *row = &roles->rows[i];

			if (row->role != role ||
			    nearness(row->kind, kind) != near)
				continue;
			for (size_t k = 0; k < row->nways; k++)
				if ((s = read_way(&row->ways[k], r)).n > 0)
					return s;
		}
	return (struct slice){ "", 0 };
}
