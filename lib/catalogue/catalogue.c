#include "catalogue/catalogue.h"

#include <sys/stat.h>

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "catalogue/row.h"
#include "io/reader.h"

#define LARGEST    ((size_t)64 << 20) /* of a pack's file */
#define AMBIGUOUS  (-2)
#define MOST_NAMED 1000 /* packs looked at for a suggestion */

struct read_table {
	const char *path;
	uint8_t digest[DIGEST_SIZE];
};

struct catalogue {
	struct arena *arena;
	struct indicator **rows;
	size_t count, room;
	struct index *ids, *names;
	long *named; /* a row a name, or AMBIGUOUS */
	size_t named_room;
	struct pack *packs;
	size_t npacks, packs_room;
	struct read_table *tables;
	size_t ntables, tables_room;
	struct table_faults faults;
};

void
catalogue_free(struct catalogue *c)
{
	if (c == NULL)
		return;
	arena_free(c->arena);
	index_free(c->ids);
	index_free(c->names);
	mem_free(c->rows);
	mem_free(c->named);
	mem_free(c->packs);
	mem_free(c->tables);
	table_faults_release(&c->faults);
	mem_free(c);
}

static void
add_name(struct catalogue *c, struct slice name, size_t row)
{
	bool fresh;
	size_t i;

	if (name.n == 0)
		return;
	i = index_add(c->names, name, &fresh);
	if (fresh) {
		c->named =
		    mem_room(c->named, i, &c->named_room, sizeof(*c->named));
		c->named[i] = (long)row;
	} else if (c->named[i] != (long)row) {
		c->named[i] = AMBIGUOUS;
	}
}

static bool
add_row(struct catalogue *c, const struct table *t, size_t row,
    const struct indicator *d, struct err *e)
{
	bool fresh;
	size_t i = index_add(c->ids, d->id, &fresh);
	struct indicator *own;

	if (!fresh) {
		const struct indicator *old = c->rows[i];

		if (old->pack != c->npacks - 1 && row_same(old, d))
			return true;
		return table_row_fault(t, row, &c->faults, e,
		    "id '%.*s' is defined %s (%s/indicators.csv:%u)",
		    (int)d->id.n, d->id.p,
		    old->pack == c->npacks - 1 ? "twice"
					       : "otherwise in another pack",
		    c->packs[old->pack].name, old->line);
	}
	own = arena_dup(c->arena, d, sizeof(*d));
	own->number = i;
	own->pack = c->npacks - 1;
	c->rows = mem_room(c->rows, c->count, &c->room, sizeof(*c->rows));
	c->rows[c->count++] = own;
	return true;
}

static void
note_table(struct catalogue *c, const char *path, struct slice bytes)
{
	struct read_table *t;

	c->tables = mem_room(
	    c->tables, c->ntables, &c->tables_room, sizeof(*c->tables));
	t = &c->tables[c->ntables++];
	t->path = path;
	digest_bytes(bytes.p, bytes.n, t->digest);
}

static bool
load_rows(struct catalogue *c, const char *path, struct err *e)
{
	struct buf text = { 0 };
	struct table *t = NULL;
	bool ok = reader_slurp(path, LARGEST, &text, e);

	if (ok) {
		note_table(c, path, buf_slice(&text));
		t = table_parse(
		    path, buf_slice(&text), row_columns, 0, &c->faults, e);
		ok = t != NULL;
	}
	for (size_t i = 0; t != NULL && i < table_rows(t); i++) {
		struct indicator d;

		if (!row_read(t, i, c->arena, &d, &c->faults, e) ||
		    !add_row(c, t, i, &d, e))
			ok = false;
	}
	table_free(t);
	buf_release(&text);
	return ok;
}

const char *
catalogue_file(struct catalogue *c, size_t pack, const char *name)
{
	const char *path =
	    arena_printf(c->arena, "%s/%s", c->packs[pack].folder, name);

	return access(path, R_OK) == 0 ? path : NULL;
}

/* The shipped pack that was probably meant, in the catalogue's arena. */
static const char *
near_pack(struct catalogue *c, const char *share, const char *pack)
{
	const char *names[MOST_NAMED + 1];
	DIR *d = opendir(arena_printf(c->arena, "%s/packs", share));
	size_t n = 0;
	struct dirent *entry;

	if (d == NULL)
		return NULL;
	while (n < MOST_NAMED && (entry = readdir(d)) != NULL)
		if (entry->d_name[0] != '.')
			names[n++] =
			    arena_printf(c->arena, "%s", entry->d_name);
	names[n] = NULL;
	closedir(d);
	return slice_suggest(slice_of(pack), names);
}

static bool
no_pack(struct catalogue *c, const char *share, const char *pack, struct err *e)
{
	const char *near = near_pack(c, share, pack);

	if (near != NULL)
		return err_set(e, ERR_USAGE,
		    "no pack '%s' in %s/packs (did you mean '%s'?)", pack,
		    share, near);
	return err_set(e, ERR_USAGE,
	    "no pack '%s' (a pack is a name in %s/packs, or a folder written "
	    "with a '/')",
	    pack, share);
}

static bool
load_pack(
    struct catalogue *c, const char *share, const char *pack, struct err *e)
{
	struct pack *p;
	const char *path, *folder, *slash;
	struct stat st;

	folder = strchr(pack, '/') != NULL
	    ? arena_printf(c->arena, "%s", pack)
	    : arena_printf(c->arena, "%s/packs/%s", share, pack);
	if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return no_pack(c, share, pack, e);
	c->packs =
	    mem_room(c->packs, c->npacks, &c->packs_room, sizeof(*c->packs));
	p = &c->packs[c->npacks++];
	slash = strrchr(pack, '/');
	p->folder = folder;
	p->name = arena_printf(c->arena, "%s",
	    slash == NULL || slash[1] == '\0' ? pack : slash + 1);
	path = catalogue_file(c, c->npacks - 1, "indicators.csv");
	if (path == NULL)
		return err_set(e, ERR_USAGE, "%s: no indicators.csv", folder);
	return load_rows(c, path, e);
}

/* A pack named twice, or core named though it is there, is one pack. */
static bool
is_loaded(const struct catalogue *c, const char *pack)
{
	for (size_t i = 0; i < c->npacks; i++)
		if (strcmp(c->packs[i].name, pack) == 0)
			return true;
	return false;
}

static struct catalogue *
new_catalogue(void)
{
	struct catalogue *c = mem_zalloc(sizeof(*c));

	c->arena = arena_new();
	c->ids = index_new();
	c->names = index_new();
	return c;
}

/* What rows are called, once all are there. */
static void
add_names(struct catalogue *c)
{
	for (size_t i = 0; i < c->count; i++) {
		const struct indicator *d = c->rows[i];

		add_name(c, d->id, i);
		add_name(c, d->name_zh, i);
		for (size_t j = 0; j < d->nsynonyms; j++)
			add_name(c, d->synonyms[j], i);
	}
}

struct catalogue *
catalogue_load(const char *share, const char *const *packs, bool with_core,
    void (*say)(const char *), struct err *e)
{
	struct catalogue *c = new_catalogue();
	bool ok = true;

	if (with_core)
		ok = load_pack(c, share, "core", e);
	for (; packs != NULL && *packs != NULL; packs++)
		if (!is_loaded(c, *packs) && !load_pack(c, share, *packs, e))
			ok = false;
	if (!ok) {
		if (c->faults.n > 1)
			table_faults_say(&c->faults, say);
		if (c->faults.n > 1)
			err_set(e, ERR_USAGE, "%zu faults in the packs",
			    c->faults.n);
		catalogue_free(c);
		return NULL;
	}
	add_names(c);
	return c;
}

struct catalogue *
catalogue_prove(const char *share, const char *const *packs, bool with_core,
    struct table_faults *faults)
{
	const char *const core[] = { "core", NULL };
	struct catalogue *c = new_catalogue();

	for (int round = with_core ? 0 : 1; round < 2; round++)
		for (const char *const *p = round == 0 ? core : packs;
		     p != NULL && *p != NULL; p++) {
			struct err e = { 0 };
			size_t before = c->faults.n;

			/* One that is not there, or cannot be read. */
			if (!is_loaded(c, *p) && !load_pack(c, share, *p, &e) &&
			    c->faults.n == before)
				table_fault(faults, *p, 0, NULL, "%s", e.text);
		}
	for (size_t i = 0; i < c->faults.n; i++)
		table_fault(faults, c->faults.list[i].path,
		    c->faults.list[i].line, NULL, "%s", c->faults.list[i].text);
	add_names(c);
	return c;
}

size_t
catalogue_count(const struct catalogue *c)
{
	return c->count;
}

const struct indicator *
catalogue_at(const struct catalogue *c, size_t i)
{
	return c->rows[i];
}

const struct indicator *
catalogue_find(const struct catalogue *c, struct slice id)
{
	long i = index_find(c->ids, id);

	return i < 0 ? NULL : c->rows[i];
}

/* An id is found first: a name that is also another row's id means that. */
const struct indicator *
catalogue_named(const struct catalogue *c, struct slice name)
{
	const struct indicator *d = catalogue_find(c, name);
	long i = d == NULL ? index_find(c->names, name) : -1;

	if (i < 0 || c->named[i] == AMBIGUOUS)
		return d;
	return c->rows[c->named[i]];
}

size_t
catalogue_packs(const struct catalogue *c)
{
	return c->npacks;
}

const struct pack *
catalogue_pack(const struct catalogue *c, size_t i)
{
	return &c->packs[i];
}

void
catalogue_tables(const struct catalogue *c,
    void (*each)(void *, const char *, const uint8_t[DIGEST_SIZE]), void *to)
{
	for (size_t i = 0; i < c->ntables; i++)
		each(to, c->tables[i].path, c->tables[i].digest);
}
