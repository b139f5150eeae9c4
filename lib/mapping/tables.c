#include "mapping/tables.h"

#include <sys/stat.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mem.h"
#include "io/reader.h"
#include "io/together.h"
#include "record/record.h"
#include "terms/mapping.h"
#include "terms/systems.h"

#define LARGEST ((size_t)64 << 20)

struct source {
	char *path;
	uint8_t digest[DIGEST_SIZE];
};

struct loading {
	struct tables *t;
	const struct tables_options *o;
	struct arena *arena;
	struct table_faults faults;
	struct err *e;
};

/* The maps that were read, for the report, stand behind the public part. */
struct whole {
	struct tables open;
	struct arena *arena;
	struct systems *systems;
	struct source *maps;
	size_t nmaps, room;
};

static bool
add_map(struct loading *l, const char *path, const char *name)
{
	struct whole *w = (struct whole *)l->t;
	struct buf text = { 0 };
	bool ok = reader_slurp(path, LARGEST, &text, l->e);

	if (!ok) {
		l->e->kind = ERR_USAGE;
	} else {
		struct source *s;

		w->maps =
		    mem_room(w->maps, w->nmaps, &w->room, sizeof(*w->maps));
		s = &w->maps[w->nmaps++];
		s->path = arena_string(w->arena, path, strlen(path));
		digest_bytes(text.p, text.n, s->digest);
		ok = map_add(
		    l->t->map, path, name, buf_slice(&text), &l->faults, l->e);
	}
	buf_release(&text);
	return ok;
}

static bool
add_packs(struct loading *l)
{
	struct tables *t = l->t;
	bool ok = true;

	for (size_t i = 0; i < catalogue_packs(t->catalogue); i++) {
		const struct pack *p = catalogue_pack(t->catalogue, i);
		const char *map = catalogue_file(t->catalogue, i, "map.csv");
		const char *terms =
		    arena_printf(l->arena, "%s/terms", p->folder);
		bool ours =
		    strncmp(p->folder, l->o->share, strlen(l->o->share)) == 0;

		ok = terms_add_mappings(
			 t->terms, terms, p->name, ours, &l->faults, l->e) &&
		    ok;
		if (map != NULL)
			ok = add_map(l, map,
				 arena_printf(
				     l->arena, "%s/map.csv", p->name)) &&
			    ok;
	}
	return ok;
}

/* A folder that the user names must be there. */
static bool
add_hospital(struct loading *l)
{
	const char *folder = l->o->terms;
	struct stat st;
	bool ok;

	if (folder == NULL)
		return true;
	if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode))
		return err_set(l->e, ERR_USAGE,
		    "%s: no such folder (--terms or MDX_TERMS)", folder);
	if (!together_settle(folder, l->e))
		return false;
	ok = terms_add_vocabularies(
	    l->t->terms, folder, false, &l->faults, l->e);
	ok = terms_add_mappings(l->t->terms,
		 arena_printf(l->arena, "%s/approved", folder), "approved",
		 false, &l->faults, l->e) &&
	    ok;
	return ok &&
	    terms_add_models(l->t->terms,
		arena_printf(l->arena, "%s/learned", folder), l->e);
}

/* Whether anything speaks of it: the register, a list or a mapping. */
static bool
is_known(const struct tables *t, struct slice system)
{
	const char *at = memchr(system.p, '@', system.n);
	struct slice name = at == NULL ? system : slice_span(system.p, at);
	const struct mappings *all = terms_mappings(t->terms);
	struct mapping m = { 0 };

	if (systems_find(((const struct whole *)t)->systems, name) != NULL ||
	    terms_knows(t->terms, name))
		return true;
	while (mappings_next(all, &m))
		for (size_t k = 0; k < m.ncodes; k++)
			if (slice_eq(mapping_code(all, &m, k).system, name))
				return true;
	return false;
}

/* A slip of the pen in --systems would leave every term without a code. */
static bool
set_systems(struct loading *l)
{
	struct slice rest = slice_of(l->o->systems), one;

	while (slice_next(&rest, ',', &one))
		if ((one = slice_trim(one)).n > 0 && !is_known(l->t, one))
			return err_set(l->e, ERR_USAGE,
			    "system '%.*s' has no list, no mapping and no row "
			    "in systems.csv (import it, and say where with "
			    "--terms)",
			    (int)one.n, one.p);
	map_systems(l->t->map, slice_of(l->o->systems));
	return true;
}

static bool
load_all(struct loading *l)
{
	struct tables *t = l->t;
	const char *const *p;
	bool ok;

	t->units = units_load(l->o->share, l->o->terms, &l->faults, l->e);
	t->terms = terms_new();
	t->map = map_new(t->names, t->catalogue, l->o->share);
	((struct whole *)t)->systems =
	    systems_load(l->o->share, l->o->terms, &l->faults, l->e);
	ok = t->units != NULL && ((struct whole *)t)->systems != NULL;
	terms_set_systems(t->terms, ((struct whole *)t)->systems);
	if (l->o->terms != NULL)
		terms_keep_compiled(t->terms, l->o->terms);
	ok = terms_add_synonyms(t->terms,
		 arena_printf(l->arena, "%s/terms/synonyms.csv", l->o->share),
		 &l->faults, l->e) &&
	    ok;
	ok = terms_add_vocabularies(t->terms,
		 arena_printf(l->arena, "%s/terms", l->o->share), true,
		 &l->faults, l->e) &&
	    ok;
	ok = terms_add_specimens(t->terms,
		 arena_printf(l->arena, "%s/terms/specimens.csv", l->o->share),
		 &l->faults, l->e) &&
	    ok;
	ok = add_packs(l) && ok;
	ok = add_hospital(l) && ok;
	for (p = l->o->maps; p != NULL && *p != NULL; p++)
		ok = add_map(l, *p, *p) && ok;
	for (p = l->o->approved; p != NULL && *p != NULL; p++)
		ok = terms_add_mapping(t->terms, *p, &l->faults, l->e) && ok;
	ok = terms_check(t->terms, &l->faults, l->e) && ok;
	if (ok && l->o->systems != NULL)
		ok = set_systems(l);
	if (ok)
		map_compile(t->map);
	return ok;
}

struct tables *
tables_load(
    const struct tables_options *o, void (*say)(const char *), struct err *e)
{
	struct whole *w = mem_zalloc(sizeof(*w));
	struct loading l = { .t = &w->open, .o = o, .e = e };
	bool ok;

	w->arena = arena_new();
	l.arena = w->arena;
	w->open.names = record_names();
	w->open.catalogue = catalogue_load(o->share, o->packs, true, say, e);
	ok = w->open.catalogue != NULL && load_all(&l);
	if (!ok && l.faults.n > 0) {
		table_faults_say(&l.faults, say);
		err_set(e, ERR_USAGE, "%zu %s in the tables", l.faults.n,
		    l.faults.n == 1 ? "fault" : "faults");
	}
	table_faults_release(&l.faults);
	if (!ok) {
		tables_free(&w->open);
		return NULL;
	}
	return &w->open;
}

struct tables *
tables_prove(const struct tables_options *o, struct table_faults *faults)
{
	struct whole *w = mem_zalloc(sizeof(*w));
	struct err e = { 0 };
	struct loading l = { .t = &w->open, .o = o, .e = &e };

	w->arena = arena_new();
	l.arena = w->arena;
	w->open.names = record_names();
	w->open.catalogue = catalogue_prove(o->share, o->packs, true, faults);
	/* What cannot be read at all is in no list of faults. */
	if (!load_all(&l) && l.faults.n == 0)
		table_fault(&l.faults, o->terms == NULL ? o->share : o->terms,
		    0, NULL, "%s", e.text);
	for (size_t i = 0; i < l.faults.n; i++)
		table_fault(faults, l.faults.list[i].path,
		    l.faults.list[i].line, NULL, "%s", l.faults.list[i].text);
	table_faults_release(&l.faults);
	return &w->open;
}

void
tables_free(struct tables *t)
{
	struct whole *w = (struct whole *)t;

	if (t == NULL)
		return;
	map_free(t->map);
	terms_free(t->terms);
	units_free(t->units);
	systems_free(w->systems);
	catalogue_free(t->catalogue);
	index_free(t->names);
	arena_free(w->arena);
	mem_free(w->maps);
	mem_free(w);
}

static void
tell(void *run, const char *path, const uint8_t digest[DIGEST_SIZE])
{
	run_table(run, path, digest);
}

void
tables_report(const struct tables *t, struct run *run)
{
	const struct whole *w = (const struct whole *)t;

	catalogue_tables(t->catalogue, tell, run);
	terms_tables(t->terms, tell, run);
	for (size_t i = 0; i < w->nmaps; i++)
		run_table(run, w->maps[i].path, w->maps[i].digest);
}

int
tables_run(const struct tables *t, const struct run_options *o,
    void (*work)(struct run *, void *, struct err *), void *ctx, struct err *e)
{
	struct run *run = run_open(o, e);
	int status;

	if (run == NULL)
		return (int)e->kind;
	tables_report(t, run);
	work(run, ctx, e);
	status = run_end(run, e);
	run_free(run);
	return status;
}
