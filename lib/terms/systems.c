#include "terms/systems.h"

#include <unistd.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/fold.h"

struct header {
	enum header_role role;
	uint64_t of;
};

/* A word of a title, folded. */
struct title {
	struct slice word;
	uint64_t of;
};

struct systems {
	struct arena *arena;
	struct index *names, *folded; /* of systems, of headers */
	struct system list[SYSTEMS_MOST];
	struct header *headers;
	struct title *titles;
	size_t headers_room, ntitles, titles_room;
};

static const char *const role_names[] = { "code", "more", "name", "alias",
	"aliases", "parent_code", "parent_name", "parent", "status",
	"valid_from", "valid_to", "extra", "version", "code_from", "code_to",
	"relation", "preferred", "title", "edition" };

enum { SYSTEM, TITLE, FIELD, URI, PATTERN };

static const struct column system_columns[] = {
	{ "system", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "title", NULL, 0 }, { "field", NULL, COLUMN_REQUIRED },
	{ "uri", NULL, 0 }, { "code_pattern", NULL, 0 }, { NULL, NULL, 0 }
};

enum { HEADER, ROLE, OF };

static const struct column header_columns[] = {
	{ "header", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "role", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "system", NULL, 0 }, { NULL, NULL, 0 }
};

static bool
add_system(struct systems *s, const struct table *t, size_t row,
    struct table_faults *faults, struct err *e)
{
	struct slice pattern = table_cell(t, row, PATTERN);
	struct slice name = table_cell(t, row, SYSTEM);
	struct err why = { 0 };
	struct system *one;
	size_t i;

	if (index_find(s->names, name) < 0 &&
	    index_count(s->names) == SYSTEMS_MOST)
		return table_row_fault(
		    t, row, faults, e, "more than %d systems", SYSTEMS_MOST);
	if (memchr(name.p, '@', name.n) != NULL ||
	    memchr(name.p, '/', name.n) != NULL)
		return table_row_fault(t, row, faults, e,
		    "'%.*s' is no name of a system (no @ and no /)",
		    (int)name.n, name.p);
	i = index_add(s->names, name, NULL);
	one = &s->list[i];
	pattern_free(one->codes);
	*one = (struct system){ .name = index_name(s->names, i),
		.title = arena_slice(s->arena, table_cell(t, row, TITLE)),
		.field = arena_slice(s->arena, table_cell(t, row, FIELD)),
		.uri = arena_slice(s->arena, table_cell(t, row, URI)) };
	if (pattern.n == 0)
		return true;
	one->codes = pattern_compile(pattern, PATTERN_WHOLE, &why);
	return one->codes != NULL ||
	    table_row_fault(t, row, faults, e, "code_pattern: %s", why.text);
}

enum header_role
systems_role(struct slice name)
{
	size_t i = 0;

	while (i < HEADER_ROLES && !slice_is(name, role_names[i]))
		i++;
	return (enum header_role)i;
}

static bool
read_systems_of(struct systems *s, const struct table *t, size_t row,
    uint64_t *of, struct table_faults *faults, struct err *e)
{
	struct slice rest = table_cell(t, row, OF), name;

	*of = rest.n == 0 ? UINT64_MAX : 0;
	while (slice_next(&rest, '|', &name)) {
		long i = index_find(s->names, name);

		if (i < 0)
			return table_row_fault(t, row, faults, e,
			    "unknown system '%.*s'", (int)name.n, name.p);
		*of |= (uint64_t)1 << i;
	}
	return true;
}

static bool
add_header(struct systems *s, const struct table *t, size_t row,
    struct table_faults *faults, struct err *e)
{
	struct slice name = table_cell(t, row, HEADER);
	enum header_role role = systems_role(table_cell(t, row, ROLE));
	uint64_t of;
	size_t i;
	bool fresh;

	if (role == HEADER_ROLES)
		return table_row_fault(t, row, faults, e, "unknown role '%.*s'",
		    (int)table_cell(t, row, ROLE).n,
		    table_cell(t, row, ROLE).p);
	if (!read_systems_of(s, t, row, &of, faults, e))
		return false;
	if (role == HEADER_EDITION) {
		for (i = 0; i < index_count(s->names); i++)
			if (of >> i & 1)
				s->list[i].edition =
				    arena_slice(s->arena, name);
		return true;
	}
	name = fold_term(name, s->arena);
	if (role == HEADER_TITLE) {
		s->titles = mem_room(
		    s->titles, s->ntitles, &s->titles_room, sizeof(*s->titles));
		s->titles[s->ntitles++] = (struct title){ name, of };
		return true;
	}
	i = index_add(s->folded, name, &fresh);
	if (!fresh)
		return table_row_fault(
		    t, row, faults, e, "this header stands twice");
	s->headers =
	    mem_room(s->headers, i, &s->headers_room, sizeof(*s->headers));
	s->headers[i] = (struct header){ role, of };
	return true;
}

static bool
read_table(struct systems *s, const char *path, const struct column *columns,
    bool (*add)(struct systems *, const struct table *, size_t,
	struct table_faults *, struct err *),
    struct table_faults *faults, struct err *e)
{
	struct table *t = table_load(path, columns, TABLE_EXTRA, faults, e);
	bool ok = t != NULL;

	for (size_t i = 0; t != NULL && i < table_rows(t); i++)
		ok = add(s, t, i, faults, e) && ok;
	table_free(t);
	return ok;
}

struct systems *
systems_load(const char *share, const char *folder, struct table_faults *faults,
    struct err *e)
{
	struct systems *s = mem_zalloc(sizeof(*s));
	const char *own;
	bool ok;

	s->arena = arena_new();
	s->names = index_new();
	s->folded = index_new();
	ok =
	    read_table(s, arena_printf(s->arena, "%s/terms/systems.csv", share),
		system_columns, add_system, faults, e);
	ok =
	    read_table(s, arena_printf(s->arena, "%s/terms/headers.csv", share),
		header_columns, add_header, faults, e) &&
	    ok;
	own = folder == NULL ? NULL
			     : arena_printf(s->arena, "%s/systems.csv", folder);
	if (own != NULL && access(own, F_OK) == 0)
		ok =
		    read_table(s, own, system_columns, add_system, faults, e) &&
		    ok;
	if (!ok) {
		systems_free(s);
		return NULL;
	}
	return s;
}

void
systems_free(struct systems *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < index_count(s->names); i++)
		pattern_free(s->list[i].codes);
	index_free(s->names);
	index_free(s->folded);
	mem_free(s->headers);
	mem_free(s->titles);
	arena_free(s->arena);
	mem_free(s);
}

size_t
systems_count(const struct systems *s)
{
	return index_count(s->names);
}

const struct system *
systems_at(const struct systems *s, size_t i)
{
	return &s->list[i];
}

const struct system *
systems_find(const struct systems *s, struct slice name)
{
	long i = index_find(s->names, name);

	return i < 0 ? NULL : &s->list[i];
}

const struct system *
systems_by_uri(const struct systems *s, struct slice uri)
{
	for (size_t i = 0; uri.n > 0 && i < index_count(s->names); i++)
		if (slice_eq(s->list[i].uri, uri))
			return &s->list[i];
	return NULL;
}

enum header_role
systems_header(const struct systems *s, struct slice header, uint64_t *of)
{
	struct arena *a = arena_new();
	long i = index_find(s->folded, fold_term(header, a));

	arena_free(a);
	*of = i < 0 ? UINT64_MAX : s->headers[i].of;
	return i < 0 ? HEADER_ROLES : s->headers[i].role;
}

uint64_t
systems_titled(const struct systems *s, struct slice title)
{
	struct arena *a = arena_new();
	struct slice folded = fold_term(title, a);
	uint64_t of = UINT64_MAX;

	for (size_t i = 0; i < s->ntitles; i++)
		if (slice_find(folded, s->titles[i].word) != NULL)
			of &= s->titles[i].of;
	arena_free(a);
	return of;
}
