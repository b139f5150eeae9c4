#include "terms/specimen.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/fold.h"

struct meaning {
	struct slice kind, group;
};

struct specimens {
	struct arena *arena;
	struct index *names; /* folded */
	struct meaning *meanings;
	size_t room;
};

enum { SPECIMEN, GROUP, ALIASES };

static const struct column columns[] = { { "specimen", "标本",
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "group", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "aliases", "别名", 0 }, { NULL, NULL, 0 } };

static bool
add_name(struct specimens *s, const struct table *t, size_t row,
    struct slice name, const struct meaning *meaning,
    struct table_faults *faults, struct err *e)
{
	bool fresh;
	size_t i = index_add(s->names, fold_term(name, s->arena), &fresh);

	if (!fresh && slice_eq(s->meanings[i].kind, meaning->kind))
		return true;
	if (!fresh)
		return table_row_fault(t, row, faults, e,
		    "'%.*s' means two specimens", (int)name.n, name.p);
	s->meanings = mem_room(s->meanings, i, &s->room, sizeof(*s->meanings));
	s->meanings[i] = *meaning;
	return true;
}

static bool
add_row(struct specimens *s, const struct table *t, size_t row,
    struct table_faults *faults, struct err *e)
{
	struct slice name = table_cell(t, row, SPECIMEN), alias;
	struct slice aliases = table_cell(t, row, ALIASES);
	const struct meaning meaning = { fold_term(name, s->arena),
		arena_slice(s->arena, table_cell(t, row, GROUP)) };
	bool ok = add_name(s, t, row, name, &meaning, faults, e);

	while (slice_next(&aliases, '|', &alias))
		ok = add_name(s, t, row, alias, &meaning, faults, e) && ok;
	return ok;
}

struct specimens *
specimens_parse(const char *path, struct slice text,
    struct table_faults *faults, struct err *e)
{
	struct table *t =
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e);
	struct specimens *s;
	bool ok = true;

	if (t == NULL)
		return NULL;
	s = mem_zalloc(sizeof(*s));
	s->arena = arena_new();
	s->names = index_new();
	for (size_t i = 0; i < table_rows(t); i++)
		ok = add_row(s, t, i, faults, e) && ok;
	table_free(t);
	if (!ok) {
		specimens_free(s);
		return NULL;
	}
	return s;
}

void
specimens_free(struct specimens *s)
{
	if (s == NULL)
		return;
	index_free(s->names);
	arena_free(s->arena);
	mem_free(s->meanings);
	mem_free(s);
}

static const struct meaning *
meaning_of(const struct specimens *s, struct slice folded)
{
	long i = s == NULL ? -1 : index_find(s->names, folded);

	return i < 0 ? NULL : &s->meanings[i];
}

struct slice
specimens_kind(const struct specimens *s, struct slice folded)
{
	const struct meaning *m = meaning_of(s, folded);

	return m == NULL ? folded : m->kind;
}

bool
specimens_differ(const struct specimens *s, struct slice a, struct slice b)
{
	const struct meaning *x = meaning_of(s, a), *y = meaning_of(s, b);

	return x != NULL && y != NULL && !slice_eq(x->group, y->group);
}
