#include "terms/vocabulary.h"

#include "base/hash.h"
#include "base/mem.h"
#include "terms/fold.h"
#include "terms/spelling.h"

/* Entries that share a folded name form a list. */
struct sense {
	const struct entry *entry;
	struct sense *next;
};

struct vocabulary {
	struct arena *arena;
	struct slice system, version;
	bool partial;
	struct index *codes, *names;
	struct spellings *pairs;
	struct entry *entries;
	struct sense **senses;
	size_t senses_room;
};

enum { CODE, NAME, ALIASES, STATUS, PARENT };

static const struct column columns[] = { { "code", "编码|主要编码",
					     COLUMN_REQUIRED | COLUMN_FILLED |
						 COLUMN_CODE },
	{ "name", "名称", COLUMN_REQUIRED | COLUMN_FILLED },
	{ "aliases", "别名", 0 }, { "status", "状态", 0 },
	{ "parent", "上级编码", 0 }, { NULL, NULL, 0 } };

static void
add_name(struct vocabulary *v, struct slice name, const struct entry *entry)
{
	struct slice folded = fold_term(name, v->arena);
	struct sense *s, **end;
	bool fresh;
	size_t i;

	if (folded.n == 0)
		return;
	i = index_add(v->names, folded, &fresh);
	if (fresh) {
		v->senses = mem_room(
		    v->senses, i, &v->senses_room, sizeof(struct sense *));
		v->senses[i] = NULL;
	}
	for (end = &v->senses[i]; *end != NULL; end = &(*end)->next)
		if ((*end)->entry == entry)
			return;
	s = arena_alloc(v->arena, sizeof(*s));
	*s = (struct sense){ .entry = entry };
	*end = s;
}

bool
entry_alias(struct slice *rest, struct slice *alias)
{
	while (rest->n > 0) {
		size_t n = 0;

		while (n < rest->n && rest->p[n] != ';' && rest->p[n] != '|')
			n++;
		*alias = slice_trim((struct slice){ rest->p, n });
		n += n < rest->n;
		*rest = (struct slice){ rest->p + n, rest->n - n };
		if (alias->n > 0)
			return true;
	}
	return false;
}

static bool
read_status(const struct table *t, size_t row, enum entry_status *status,
    struct table_faults *faults, struct err *e)
{
	struct slice s = table_cell(t, row, STATUS);

	*status = slice_is(s, "retired") ? ENTRY_RETIRED
	    : slice_is(s, "parent")      ? ENTRY_PARENT
					 : ENTRY_ACTIVE;
	if (*status != ENTRY_ACTIVE || s.n == 0 || slice_is(s, "active"))
		return true;
	return table_row_fault(t, row, faults, e,
	    "unknown status '%.*s' (active, retired, parent)", (int)s.n, s.p);
}

static bool
read_row(struct vocabulary *v, const struct table *t, size_t row,
    struct table_faults *faults, struct err *e)
{
	struct slice aliases, alias;
	struct entry *entry;
	bool fresh;
	size_t n = index_add(v->codes, table_cell(t, row, CODE), &fresh);

	entry = &v->entries[n];
	if (!fresh)
		return table_row_fault(t, row, faults, e,
		    "code '%.*s' stands twice", (int)entry->code.n,
		    entry->code.p);
	entry->code = index_name(v->codes, n);
	entry->name = arena_slice(v->arena, table_cell(t, row, NAME));
	entry->parent = arena_slice(v->arena, table_cell(t, row, PARENT));
	entry->aliases = arena_slice(v->arena, table_cell(t, row, ALIASES));
	if (!read_status(t, row, &entry->status, faults, e))
		return false;
	if (entry->status != ENTRY_ACTIVE)
		return true;
	spellings_add(v->pairs, entry->code, n);
	add_name(v, entry->name, entry);
	aliases = entry->aliases;
	while (entry_alias(&aliases, &alias))
		add_name(v, alias, entry);
	return true;
}

static bool
read_rows(struct vocabulary *v, const struct table *t,
    struct table_faults *faults, struct err *e)
{
	size_t rows = table_rows(t);
	bool ok = true;

	v->entries = arena_zalloc(v->arena, (rows + 1) * sizeof(*v->entries));
	for (size_t i = 0; i < rows; i++)
		ok = read_row(v, t, i, faults, e) && ok;
	return ok;
}

/* "dir/icd10-yb@2.0.csv" -> icd10-yb, 2.0 */
static bool
name_parts(struct vocabulary *v, const char *path, struct err *e)
{
	const char *base = strrchr(path, '/'), *at, *end;

	base = base == NULL ? path : base + 1;
	at = strchr(base, '@');
	end = base + strlen(base) - strlen(".csv");
	if (at == NULL || at == base || end <= at + 1 ||
	    strcmp(end, ".csv") != 0)
		return err_set(e, ERR_USAGE,
		    "%s: name a vocabulary SYSTEM@VERSION.csv", path);
	v->system = arena_slice(v->arena, slice_span(base, at));
	v->version = arena_slice(v->arena, slice_span(at + 1, end));
	return true;
}

static struct vocabulary *
from_table(const char *path, struct table *t, bool partial,
    struct table_faults *faults, struct err *e)
{
	struct vocabulary *v;

	if (t == NULL)
		return NULL;
	v = mem_zalloc(sizeof(*v));
	v->arena = arena_new();
	v->partial = partial;
	v->codes = index_new();
	v->names = index_new();
	v->pairs = spellings_new();
	if (!name_parts(v, path, e) || !read_rows(v, t, faults, e)) {
		vocabulary_free(v);
		v = NULL;
	}
	table_free(t);
	return v;
}

struct vocabulary *
vocabulary_load(
    const char *path, bool partial, struct table_faults *faults, struct err *e)
{
	return from_table(path,
	    table_load(path, columns, TABLE_EXTRA, faults, e), partial, faults,
	    e);
}

struct vocabulary *
vocabulary_parse(const char *path, struct slice text, bool partial,
    struct table_faults *faults, struct err *e)
{
	return from_table(path,
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e), partial,
	    faults, e);
}

void
vocabulary_free(struct vocabulary *v)
{
	if (v == NULL)
		return;
	index_free(v->codes);
	index_free(v->names);
	spellings_free(v->pairs);
	mem_free(v->senses);
	arena_free(v->arena);
	mem_free(v);
}

struct slice
vocabulary_system(const struct vocabulary *v)
{
	return v->system;
}

struct slice
vocabulary_version(const struct vocabulary *v)
{
	return v->version;
}

bool
vocabulary_partial(const struct vocabulary *v)
{
	return v->partial;
}

size_t
vocabulary_count(const struct vocabulary *v)
{
	return index_count(v->codes);
}

const struct entry *
vocabulary_entry(const struct vocabulary *v, size_t i)
{
	return &v->entries[i];
}

const struct entry *
vocabulary_code(const struct vocabulary *v, struct slice code)
{
	long i = index_find(v->codes, code);

	if (i < 0)
		i = spellings_find(v->pairs, code);
	return i < 0 ? NULL : &v->entries[i];
}

size_t
vocabulary_named(const struct vocabulary *v, struct slice folded,
    const struct entry **list, size_t room)
{
	long i = folded.n == 0 ? -1 : index_find(v->names, folded);
	size_t n = 0;

	if (i < 0)
		return 0;
	for (const struct sense *s = v->senses[i]; s != NULL; s = s->next) {
		if (n < room)
			list[n] = s->entry;
		n++;
	}
	return n;
}

bool
vocabulary_calls(
    const struct vocabulary *v, const struct entry *entry, struct slice folded)
{
	long i = index_find(v->names, folded);

	if (i < 0)
		return false;
	for (const struct sense *s = v->senses[i]; s != NULL; s = s->next)
		if (s->entry == entry)
			return true;
	return false;
}
