#include "extract/lexicon.h"

#include "base/hash.h"
#include "base/mem.h"

enum { TERM, DISPLAY, STATUS };

static const struct column columns[] = { { "term", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "display", NULL, COLUMN_REQUIRED }, { "status", NULL, 0 },
	{ NULL, NULL, 0 } };

struct making {
	struct arena *arena;
	struct index *names, *spellings;
	struct code *codes;
	size_t room;
};

static struct code *
code_of(struct making *m, struct slice name)
{
	bool fresh;
	size_t i = index_add(m->names, name, &fresh);

	if (fresh) {
		m->codes = mem_room(m->codes, i, &m->room, sizeof(*m->codes));
		m->codes[i] =
		    (struct code){ .code = arena_slice(m->arena, name) };
	}
	return &m->codes[i];
}

/* The array doubles in the arena; what it grew out of is small. */
static void
spell(struct making *m, struct code *c, struct slice spelling)
{
	size_t n = c->nspellings;
	struct slice *list = c->spellings;
	bool fresh;

	index_add(m->spellings, spelling, &fresh);
	if (!fresh)
		return;
	if ((n & (n - 1)) == 0) {
		list =
		    arena_alloc(m->arena, (n == 0 ? 1 : n * 2) * sizeof(*list));
		if (n > 0)
			memcpy(list, c->spellings, n * sizeof(*list));
		c->spellings = list;
	}
	list[c->nspellings++] = arena_slice(m->arena, spelling);
}

static bool
from_table(
    struct lexicon *l, struct slice name, struct table *t, struct arena *arena)
{
	struct making m = { arena, index_new(), index_new(), NULL, 0 };

	if (t == NULL)
		return false;
	for (size_t i = 0; i < table_rows(t); i++) {
		struct slice display = table_cell(t, i, DISPLAY);

		if (display.n == 0 ||
		    (table_has(t, STATUS) &&
			!slice_is(table_cell(t, i, STATUS), "APPROVED")))
			continue;
		spell(&m, code_of(&m, display), display);
		spell(&m, code_of(&m, display), table_cell(t, i, TERM));
	}
	*l = (struct lexicon){ .name = name, .ncodes = index_count(m.names) };
	l->codes = arena_alloc(arena, (l->ncodes + 1) * sizeof(*l->codes));
	if (l->ncodes > 0)
		memcpy(l->codes, m.codes, l->ncodes * sizeof(*l->codes));
	mem_free(m.codes);
	index_free(m.names);
	index_free(m.spellings);
	table_free(t);
	return true;
}

bool
lexicon_parse(struct lexicon *l, struct slice name, const char *path,
    struct slice text, struct arena *arena, struct table_faults *faults,
    struct err *e)
{
	return from_table(l, name,
	    table_parse(path, text, columns, TABLE_EXTRA, faults, e), arena);
}

bool
lexicon_load(struct lexicon *l, struct slice name, const char *path,
    struct arena *arena, struct table_faults *faults, struct err *e)
{
	return from_table(
	    l, name, table_load(path, columns, TABLE_EXTRA, faults, e), arena);
}

const struct lexicon *
lexicon_find(struct catalogue *c, const struct settings *settings,
    const struct indicator *d, struct slice name, struct arena *arena,
    struct table_faults *faults, struct err *e)
{
	const struct lexicon *l = settings_lexicon(settings, name);
	const char *file =
	    arena_printf(arena, "terms/%.*s.csv", (int)name.n, name.p);
	const char *path;
	struct lexicon *made;

	if (l != NULL)
		return l;
	path = catalogue_file(c, d->pack, file);
	for (size_t i = 0; path == NULL && i < catalogue_packs(c); i++)
		path = catalogue_file(c, i, file);
	if (path == NULL) {
		table_fault(faults,
		    catalogue_file(c, d->pack, "indicators.csv"), d->line, e,
		    "no value set '@%.*s': neither extract.json nor %s has it",
		    (int)name.n, name.p, file);
		return NULL;
	}
	made = arena_alloc(arena, sizeof(*made));
	return lexicon_load(made, name, path, arena, faults, e) ? made : NULL;
}
