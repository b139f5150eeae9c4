#include "terms/terms_part.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/reader.h"
#include "terms/specimen.h"

#define MAX_TABLE ((size_t)256 << 20)
#define COMPILED  ".index"

static const char *const status_names[] = { "approved", "exact", "auto",
	"review", "none", "unmapped" };

const char *
term_status_name(enum term_status status)
{
	return status_names[status];
}

struct terms *
terms_new(void)
{
	struct terms *t = mem_zalloc(sizeof(*t));

	t->mappings = mappings_new();
	return t;
}

void
terms_free(struct terms *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < t->nlists; i++)
		vocabulary_free(t->lists[i]);
	for (size_t i = 0; i < t->nmaps; i++)
		codemap_free(t->maps[i]);
	for (size_t i = 0; i < t->nsources; i++)
		mem_free(t->sources[i].path);
	for (size_t i = 0; i < t->nmodels; i++)
		model_free(t->models[i]);
	mem_free(t->models);
	synonyms_free(t->synonyms);
	mem_free(t->lists);
	mem_free(t->maps);
	mem_free(t->sources);
	mappings_free(t->mappings);
	specimens_free(t->specimens);
	mem_free(t);
}

static bool
read_table(struct terms *t, const char *path, struct buf *text, struct err *e)
{
	struct terms_source *s;

	if (!reader_slurp(path, MAX_TABLE, text, e)) {
		e->kind = ERR_USAGE;
		return false;
	}
	t->sources = mem_room(
	    t->sources, t->nsources, &t->sources_room, sizeof(*t->sources));
	s = &t->sources[t->nsources++];
	s->path = mem_string(path, strlen(path));
	digest_bytes(text->p, text->n, s->digest);
	return true;
}

static bool
add_vocabulary(struct terms *t, const char *path, bool partial,
    struct table_faults *faults, struct err *e)
{
	struct buf text = { 0 }, compiled = { 0 };
	struct vocabulary_source from = {
		.path = path, .partial = partial, .synonyms = t->synonyms
	};
	struct vocabulary *v = NULL;

	/* What is shipped is small, and its folder is not ours to write. */
	if (!partial) {
		const char *name = strrchr(path, '/') + 1;

		buf_add_slice(&compiled, slice_span(path, name));
		buf_addf(&compiled, COMPILED "/%.*s.mdxi",
		    (int)(strlen(name) - strlen(".csv")), name);
		from.compiled = buf_string(&compiled);
	}
	if (read_table(t, path, &text, e)) {
		from.text = buf_slice(&text);
		from.digest = t->sources[t->nsources - 1].digest;
		v = vocabulary_load(&from, faults, e);
	}
	buf_release(&compiled);
	buf_release(&text);
	if (v == NULL)
		return false;
	t->lists =
	    mem_room(t->lists, t->nlists, &t->lists_room, sizeof(*t->lists));
	t->lists[t->nlists++] = v;
	return true;
}

static bool
add_codemap(struct terms *t, const char *path, struct table_faults *faults,
    struct err *e)
{
	struct buf text = { 0 };
	struct codemap *m = NULL;

	if (read_table(t, path, &text, e))
		m = codemap_parse(path, buf_slice(&text), faults, e);
	buf_release(&text);
	if (m == NULL)
		return false;
	t->maps = mem_room(t->maps, t->nmaps, &t->maps_room, sizeof(*t->maps));
	t->maps[t->nmaps++] = m;
	return true;
}

static bool
add_mapping(struct terms *t, const char *path, bool offered,
    struct table_faults *faults, struct err *e)
{
	struct buf text = { 0 };
	bool ok = read_table(t, path, &text, e) &&
	    mappings_add(
		t->mappings, path, buf_slice(&text), offered, faults, e);

	buf_release(&text);
	return ok;
}

bool
terms_add_specimens(struct terms *t, const char *path,
    struct table_faults *faults, struct err *e)
{
	struct buf text = { 0 };

	if (read_table(t, path, &text, e)) {
		specimens_free(t->specimens);
		t->specimens =
		    specimens_parse(path, buf_slice(&text), faults, e);
	}
	buf_release(&text);
	return t->specimens != NULL;
}

bool
terms_add_mapping(struct terms *t, const char *path,
    struct table_faults *faults, struct err *e)
{
	return add_mapping(t, path, false, faults, e);
}

/*
 * Names of a folder come in any order; ours is that of their bytes, but runs
 * of digits go by their value: version 10.0 is behind 9.1.
 */
static int
by_name(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;

	while (*x != '\0' && *y != '\0') {
		size_t n = strspn(x, "0123456789"), m = strspn(y, "0123456789");

		if (n > 0 && n != m && m > 0 && *x != '0' && *y != '0')
			return n < m ? -1 : 1;
		if (*x != *y)
			break;
		x++;
		y++;
	}
	return (unsigned char)*x - (unsigned char)*y;
}

static bool
each_file(const char *folder, const char *ending, bool versions,
    bool (*add)(void *, const char *, struct err *), void *ctx, struct err *e)
{
	DIR *d = opendir(folder);
	struct arena *arena;
	const struct dirent *f;
	char **paths = NULL;
	size_t n = 0, room = 0;
	bool ok = true;

	if (d == NULL && errno == ENOENT)
		return true;
	if (d == NULL)
		return err_sys(e, ERR_USAGE, "%s", folder);
	arena = arena_new();
	while ((f = readdir(d)) != NULL) {
		size_t len = strlen(f->d_name), end = strlen(ending);
		bool at = strchr(f->d_name, '@') != NULL;

		if (f->d_name[0] == '.' || len <= end || at != versions ||
		    strcmp(f->d_name + len - end, ending) != 0)
			continue;
		paths = mem_room(paths, n, &room, sizeof(*paths));
		paths[n++] = arena_printf(arena, "%s/%s", folder, f->d_name);
	}
	closedir(d);
	if (n > 0)
		qsort(paths, n, sizeof(*paths), by_name);
	for (size_t i = 0; i < n; i++)
		ok = add(ctx, paths[i], e) && ok;
	mem_free(paths);
	arena_free(arena);
	return ok;
}

struct adding {
	struct terms *terms;
	bool ours; /* shipped with the tools */
	struct table_faults *faults;
};

static bool
one_vocabulary(void *ctx, const char *path, struct err *e)
{
	struct adding *a = ctx;

	if (strchr(strrchr(path, '/') + 1, '+') != NULL)
		return add_codemap(a->terms, path, a->faults, e);
	return add_vocabulary(a->terms, path, a->ours, a->faults, e);
}

static bool
one_mapping(void *ctx, const char *path, struct err *e)
{
	struct adding *a = ctx;

	return add_mapping(a->terms, path, a->ours, a->faults, e);
}

bool
terms_add_vocabularies(struct terms *t, const char *folder, bool partial,
    struct table_faults *faults, struct err *e)
{
	struct adding a = { t, partial, faults };
	struct buf compiled = { 0 };

	if (!partial) {
		buf_addf(&compiled, "%s/" COMPILED, folder);
		mkdir(buf_string(&compiled), 0777);
		buf_release(&compiled);
	}
	return each_file(folder, ".csv", true, one_vocabulary, &a, e);
}

bool
terms_add_mappings(struct terms *t, const char *folder, bool offered,
    struct table_faults *faults, struct err *e)
{
	struct adding a = { t, offered, faults };

	return each_file(folder, ".csv", false, one_mapping, &a, e);
}

static bool
one_model(void *ctx, const char *path, struct err *e)
{
	struct terms *t = ctx;
	struct model *m = model_load(path, e);

	if (m == NULL)
		return false;
	t->models = mem_room(
	    t->models, t->nmodels, &t->models_room, sizeof(*t->models));
	t->models[t->nmodels++] = m;
	return true;
}

bool
terms_add_models(struct terms *t, const char *folder, struct err *e)
{
	return each_file(folder, ".mdxl", false, one_model, t, e);
}

bool
terms_add_synonyms(struct terms *t, const char *path,
    struct table_faults *faults, struct err *e)
{
	struct buf text = { 0 };

	if (read_table(t, path, &text, e))
		t->synonyms = synonyms_parse(path, buf_slice(&text), faults, e);
	buf_release(&text);
	return t->synonyms != NULL;
}

void
terms_tables(const struct terms *t,
    void (*tell)(void *, const char *, const uint8_t[DIGEST_SIZE]), void *ctx)
{
	for (size_t i = 0; i < t->nsources; i++)
		tell(ctx, t->sources[i].path, t->sources[i].digest);
}

/* "icd10-yb@2.0" in its parts; version.p is NULL where none is named. */
static void
cut_system(struct slice system, struct slice *name, struct slice *version)
{
	const char *at = memchr(system.p, '@', system.n);

	*name = at == NULL ? system : slice_span(system.p, at);
	*version = at == NULL ? (struct slice){ NULL, 0 }
			      : slice_span(at + 1, system.p + system.n);
}

const struct vocabulary *
terms_list(const struct terms *t, struct slice system)
{
	struct slice name, version;

	cut_system(system, &name, &version);
	for (size_t i = t->nlists; i-- > 0;) {
		const struct vocabulary *v = t->lists[i];

		if (slice_eq(vocabulary_system(v), name) &&
		    (version.p == NULL ||
			slice_eq(vocabulary_version(v), version)))
			return v;
	}
	return NULL;
}

const struct model *
terms_model(const struct terms *t, struct slice field, struct slice system)
{
	struct slice name, version;

	cut_system(system, &name, &version);
	for (size_t i = t->nmodels; i-- > 0;)
		if (slice_eq(t->models[i]->field, field) &&
		    slice_eq(t->models[i]->system, name))
			return t->models[i];
	return NULL;
}

const struct synonyms *
terms_synonyms(const struct terms *t)
{
	return t->synonyms;
}

void
terms_set_systems(struct terms *t, const struct systems *systems)
{
	t->systems = systems;
}

bool
terms_knows(const struct terms *t, struct slice system)
{
	return terms_list(t, system) != NULL;
}

size_t
terms_lists(const struct terms *t)
{
	return t->nlists;
}

const struct vocabulary *
terms_list_at(const struct terms *t, size_t i)
{
	return t->lists[i];
}

size_t
terms_maps(const struct terms *t)
{
	return t->nmaps;
}

const struct codemap *
terms_map_at(const struct terms *t, size_t i)
{
	return t->maps[i];
}

const struct mappings *
terms_mappings(const struct terms *t)
{
	return t->mappings;
}

/* Whether the map joins them: +1 in its direction, -1 against it, else 0. */
static int
joins(const struct codemap *m, struct slice from, struct slice from_version,
    struct slice to, struct slice to_version)
{
	for (int back = 0; back < 2; back++)
		if (slice_eq(codemap_system(m, back), from) &&
		    slice_eq(codemap_version(m, back), from_version) &&
		    slice_eq(codemap_system(m, !back), to) &&
		    (to_version.p == NULL ||
			slice_eq(codemap_version(m, !back), to_version)))
			return back ? -1 : 1;
	return 0;
}

/* The version of the list that counts is the one wanted, where there is one. */
const struct codemap *
terms_map(const struct terms *t, struct slice from, struct slice from_version,
    struct slice to, bool *back)
{
	const struct vocabulary *v = terms_list(t, to);
	const struct codemap *found = NULL;
	struct slice name, version, newest;
	int best = 0;

	cut_system(to, &name, &version);
	newest = v == NULL ? version : vocabulary_version(v);
	for (size_t i = t->nmaps; i-- > 0;) {
		const struct codemap *m = t->maps[i];
		int way = joins(m, from, from_version, name, version), rank;

		if (way == 0)
			continue;
		rank = (way > 0 ? 2 : 1) +
		    (slice_eq(codemap_version(m, way > 0), newest) ? 2 : 0);
		if (rank <= best)
			continue;
		best = rank;
		found = m;
		*back = way < 0;
	}
	return found;
}

/* The list in the very version that the mapping names. */
static const struct vocabulary *
list_for(const struct terms *t, const struct mapping_code *c)
{
	for (size_t i = t->nlists; i-- > 0;)
		if (slice_eq(vocabulary_system(t->lists[i]), c->system) &&
		    slice_eq(vocabulary_version(t->lists[i]), c->version))
			return t->lists[i];
	return NULL;
}

static bool
check_one(
    void *ctx, struct mapping *m, struct table_faults *faults, struct err *e)
{
	const struct terms *t = ctx;

	for (size_t i = 0; i < m->ncodes; i++) {
		const struct mapping_code *c = &m->codes[i];
		const struct vocabulary *v = list_for(t, c);

		if (v == NULL || vocabulary_partial(v) ||
		    vocabulary_code(v, c->code) != NULL)
			continue;
		m->refuted = m->offered;
		if (!m->offered)
			return table_fault(faults, c->path, c->line, e,
			    "code '%.*s' is not in %.*s@%.*s", (int)c->code.n,
			    c->code.p, (int)c->system.n, c->system.p,
			    (int)c->version.n, c->version.p);
	}
	return true;
}

bool
terms_check(struct terms *t, struct table_faults *faults, struct err *e)
{
	return mappings_each(t->mappings, check_one, t, faults, e);
}
