#include "mapping/prove.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "base/mem.h"
#include "deid/policy.h"
#include "io/reader.h"
#include "mapping/prove_map.h"
#include "terms/codemap.h"
#include "terms/mapping.h"
#include "terms/mapping_rows.h"
#include "terms/systems.h"
#include "terms/vocabulary.h"

#define LARGEST        ((size_t)256 << 20)
#define MOST_OF_A_KIND 20 /* faults of one list that are told */

struct proof {
	struct arena *arena;
	const struct tables_options *o;
	const struct tables *t;
	struct systems *systems;
	struct table_faults *faults;
};

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* --- lists and maps against each other ------------------------------------- */

/* A long list with one mistake all over is told by its first rows. */
static bool
enough(struct proof *p, const char *path, size_t *n, size_t all)
{
	if (++*n <= MOST_OF_A_KIND)
		return false;
	if (*n == MOST_OF_A_KIND + 1)
		table_fault(p->faults, path, 0, NULL,
		    "and more of this kind among %zu codes", all);
	return true;
}

static void
prove_list(struct proof *p, const struct vocabulary *v, const char *path)
{
	const struct system *s = systems_find(p->systems, vocabulary_system(v));
	size_t all = vocabulary_count(v), bad = 0;

	if (s == NULL)
		table_fault(p->faults, path, 0, NULL,
		    "system '%.*s' is not in systems.csv",
		    (int)vocabulary_system(v).n, vocabulary_system(v).p);
	for (size_t i = 0; i < all; i++) {
		const struct entry e = vocabulary_entry(v, i);
		bool form = e.status == ENTRY_PARENT || s == NULL ||
		    s->codes == NULL || pattern_matches(s->codes, e.code);
		bool lost = e.parent.n > 0 && !vocabulary_partial(v) &&
		    !vocabulary_exact(v, e.parent, NULL);

		if (form && !lost)
			continue;
		if (enough(p, path, &bad, all))
			return;
		if (!form)
			table_fault(p->faults, path, 0, NULL,
			    "code '%.*s' is no code of this system",
			    (int)e.code.n, e.code.p);
		if (lost)
			table_fault(p->faults, path, 0, NULL,
			    "code '%.*s' has the parent '%.*s', which is not "
			    "there",
			    (int)e.code.n, e.code.p, (int)e.parent.n,
			    e.parent.p);
	}
}

static void
prove_side(struct proof *p, const struct codemap *m, bool to, const char *path)
{
	const struct vocabulary *v = terms_list(p->t->terms,
	    slice_of(arena_printf(p->arena, "%.*s@%.*s",
		(int)codemap_system(m, to).n, codemap_system(m, to).p,
		(int)codemap_version(m, to).n, codemap_version(m, to).p)));
	size_t bad = 0;

	if (v == NULL || vocabulary_partial(v))
		return;
	for (size_t i = 0; i < codemap_count(m); i++) {
		const struct codemap_pair *pair = codemap_pair(m, i);
		struct slice code = to ? pair->to : pair->from;

		if (vocabulary_code(v, code, NULL))
			continue;
		if (enough(p, path, &bad, codemap_count(m)))
			return;
		table_fault(p->faults, path, 0, NULL,
		    "code '%.*s' is not in %.*s@%.*s", (int)code.n, code.p,
		    (int)codemap_system(m, to).n, codemap_system(m, to).p,
		    (int)codemap_version(m, to).n, codemap_version(m, to).p);
	}
}

static void
prove_terms(struct proof *p)
{
	const struct terms *t = p->t->terms;

	for (size_t i = 0; i < terms_lists(t) && p->systems != NULL; i++) {
		const struct vocabulary *v = terms_list_at(t, i);

		if (!slice_is(vocabulary_system(v), "ucum"))
			prove_list(p, v,
			    arena_printf(p->arena, "%s%s/%.*s@%.*s.csv",
				vocabulary_partial(v) ? p->o->share
						      : p->o->terms,
				vocabulary_partial(v) ? "/terms" : "",
				(int)vocabulary_system(v).n,
				vocabulary_system(v).p,
				(int)vocabulary_version(v).n,
				vocabulary_version(v).p));
	}
	for (size_t i = 0; i < terms_maps(t); i++) {
		const struct codemap *m = terms_map_at(t, i);
		const char *path =
		    arena_printf(p->arena, "%s/%.*s@%.*s+%.*s@%.*s.csv",
			p->o->terms == NULL ? p->o->share : p->o->terms,
			(int)codemap_system(m, 0).n, codemap_system(m, 0).p,
			(int)codemap_version(m, 0).n, codemap_version(m, 0).p,
			(int)codemap_system(m, 1).n, codemap_system(m, 1).p,
			(int)codemap_version(m, 1).n, codemap_version(m, 1).p);

		prove_side(p, m, false, path);
		prove_side(p, m, true, path);
	}
}

/* --- mappings --------------------------------------------- */

static void
prove_code(struct proof *p, const char *path, uint64_t line,
    struct slice system, struct slice code)
{
	const struct system *s = systems_find(p->systems, system);

	if (s == NULL)
		table_fault(p->faults, path, line, NULL,
		    "system '%.*s' is not in systems.csv", (int)system.n,
		    system.p);
	else if (s->codes != NULL && !pattern_matches(s->codes, code))
		table_fault(p->faults, path, line, NULL,
		    "code '%.*s' is no code of %.*s", (int)code.n, code.p,
		    (int)system.n, system.p);
}

static void
prove_mappings(struct proof *p)
{
	const struct mappings *all = terms_mappings(p->t->terms);

	struct mapping m = { 0 };

	while (mappings_next(all, &m))
		for (size_t k = 0; k < m.ncodes; k++) {
			const struct mapping_code c = mapping_code(all, &m, k);

			prove_code(p, c.path, c.line, c.system, c.code);
		}
}

/* A table of mappings by itself; in a review file pick may stand for code. */
static void
prove_rows(struct proof *p, const char *path, struct slice text, struct err *e)
{
	struct mapping_rows rows;

	mapping_rows_init(&rows);
	mapping_rows_read(&rows, path, text, p->faults, e);
	for (size_t i = 0; i < rows.n; i++) {
		const struct mapping_row *row = &rows.list[i];

		if (!mapping_is_day(row->cell[MAPPING_DATE]))
			table_fault(p->faults, path, row->line, NULL,
			    MAPPING_NO_DAY, (int)row->cell[MAPPING_DATE].n,
			    row->cell[MAPPING_DATE].p);
		if (mapping_is_approved(row) && p->systems != NULL &&
		    row->cell[MAPPING_CODE].n > 0)
			prove_code(p, path, row->line,
			    row->cell[MAPPING_SYSTEM], row->cell[MAPPING_CODE]);
	}
	mapping_rows_release(&rows);
}

/* --- policies and files ---------------------------------------------------- */

/* Faults are in the list already, but for what could not be read at all. */
static void
told(struct proof *p, const char *path, size_t before, const struct err *e)
{
	size_t n = strlen(path);
	bool named = strncmp(e->text, path, n) == 0 && e->text[n] == ':';

	if (p->faults->n == before && e->kind != ERR_NONE)
		table_fault(p->faults, path, 0, NULL, "%s",
		    e->text + (named ? n + 2 : 0));
}

static void
prove_policy(struct proof *p, const char *path)
{
	size_t before = p->faults->n;
	struct err e = { 0 };

	policy_free(policy_load(path, p->t->catalogue, p->faults, &e));
	told(p, path, before, &e);
}

static void
prove_policies(struct proof *p)
{
	const char *folder =
	    arena_printf(p->arena, "%s/policies/deid", p->o->share);
	DIR *d = opendir(folder);
	const struct dirent *f;

	while (d != NULL && (f = readdir(d)) != NULL) {
		size_t n = strlen(f->d_name);

		if (f->d_name[0] != '.' && n > 4 &&
		    strcmp(f->d_name + n - 4, ".csv") == 0)
			prove_policy(p,
			    arena_printf(p->arena, "%s/%s", folder, f->d_name));
	}
	if (d != NULL)
		closedir(d);
}

static bool
has_column(struct slice text, const char *name)
{
	struct slice line, cell;

	if (slice_starts(text, "\xEF\xBB\xBF"))
		text = (struct slice){ text.p + 3, text.n - 3 };
	slice_next(&text, '\n', &line);
	while (slice_next(&line, ',', &cell))
		if (slice_is(slice_trim(cell), name))
			return true;
	return false;
}

static void
prove_text(struct proof *p, const char *path, struct slice text, struct err *e)
{
	const char *name = base_name(path);

	if (strchr(name, '@') != NULL && strchr(name, '+') != NULL) {
		codemap_free(codemap_parse(path, text, p->faults, e));
	} else if (strchr(name, '@') != NULL) {
		const struct vocabulary_source from = { .path = path,
			.text = text };
		struct vocabulary *v = vocabulary_load(&from, p->faults, e);

		if (v != NULL && p->systems != NULL)
			prove_list(p, v, path);
		vocabulary_free(v);
	} else if (has_column(text, "class")) {
		prove_policy(p, path);
	} else if (has_column(text, "target")) {
		map_add(p->t->map, path, name, text, p->faults, e);
	} else if (has_column(text, "term") || has_column(text, "pick")) {
		prove_rows(p, path, text, e);
	} else {
		table_fault(p->faults, path, 0, e,
		    "is none of the tables that are known here (a map, "
		    "mappings, a policy, SYSTEM@VERSION.csv, a code map)");
	}
}

static void
prove_file(struct proof *p, const char *path)
{
	size_t before = p->faults->n;
	struct buf text = { 0 };
	struct err e = { 0 };

	if (reader_slurp(path, LARGEST, &text, &e))
		prove_text(p, path, buf_slice(&text), &e);
	told(p, path, before, &e);
	buf_release(&text);
}

/* Folders among the files are packs, beside those that are named. */
static const char *const *
all_packs(struct proof *p, char *const *files)
{
	const char **list;
	size_t n = 0, room = 0;

	while (p->o->packs != NULL && p->o->packs[n] != NULL)
		n++;
	for (room = n; files[room - n] != NULL; room++)
		continue;
	list = arena_zalloc(p->arena, (room + 1) * sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = p->o->packs[i];
	for (; *files != NULL; files++)
		if (is_folder(*files))
			list[n++] = strchr(*files, '/') != NULL
			    ? *files
			    : arena_printf(p->arena, "./%s", *files);
	return list;
}

bool
prove_run(const struct tables_options *o, char *const *files,
    struct table_faults *faults)
{
	struct proof p = { .arena = arena_new(), .o = o, .faults = faults };
	struct tables_options own = *o;
	struct err ignored = { 0 };
	struct tables *t;

	own.packs = all_packs(&p, files);
	t = tables_prove(&own, faults);
	p.t = t;
	/* Its faults are told already. */
	p.systems = systems_load(o->share, o->terms, NULL, &ignored);
	prove_terms(&p);
	if (p.systems != NULL)
		prove_mappings(&p);
	prove_policies(&p);
	for (; *files != NULL; files++)
		if (!is_folder(*files))
			prove_file(&p, *files);
	prove_map(t, o->share, p.systems, faults);
	systems_free(p.systems);
	tables_free(t);
	arena_free(p.arena);
	return faults->n == 0;
}

int
prove_all(const struct tables_options *o, char *const *files,
    const struct deid_options *policy, void (*say)(const char *), struct err *e)
{
	struct deid_options proof = *policy;
	struct table_faults faults = { 0 };
	struct tables *tables;
	bool ok = prove_run(o, files, &faults);

	table_faults_say(&faults, say);
	if (!ok)
		err_set(e, ERR_USAGE, "%zu %s", faults.n,
		    faults.n == 1 ? "fault" : "faults");
	table_faults_release(&faults);
	if (!ok || policy->policy == NULL ||
	    (tables = tables_load(o, say, e)) == NULL)
		return (int)e->kind;
	proof.catalogue = tables->catalogue;
	proof.audit = proof.audit || proof.key == NULL;
	deid_free(deid_load(&proof, e));
	tables_free(tables);
	return (int)e->kind;
}
