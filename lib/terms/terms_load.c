/*
 * The reading of the tables of struct terms, from files and folders of them.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/reader.h"
#include "terms/specimen.h"
#include "terms/terms_part.h"

#define MAX_TABLE ((size_t)256 << 20)
#define COMPILED  ".index"

void
terms_keep_compiled(struct terms *t, const char *folder)
{
	struct buf path = { 0 };

	buf_addf(&path, "%s/" COMPILED, folder);
	mkdir(buf_string(&path), 0777);
	mem_free(t->compiled);
	t->compiled = mem_string(path.p, path.n);
	buf_release(&path);
}

/* FOLDER/.index/NAME.ending of a table NAME.csv, or NULL. */
static const char *
compiled_path(const struct terms *t, const char *path, const char *group,
    const char *ending, struct buf *b)
{
	const char *name = strrchr(path, '/');

	name = name == NULL ? path : name + 1;
	if (t->compiled == NULL)
		return NULL;
	buf_addf(b, "%s/%s%.*s.%s", t->compiled, group,
	    (int)(strlen(name) - strlen(".csv")), name, ending);
	return buf_string(b);
}

/* Into t->text, which each table uses again. */
static bool
read_table(struct terms *t, const char *path, struct err *e)
{
	struct terms_source *s;

	buf_reset(&t->text);
	if (!reader_slurp(path, MAX_TABLE, &t->text, e)) {
		e->kind = ERR_USAGE;
		return false;
	}
	t->sources = mem_room(
	    t->sources, t->nsources, &t->sources_room, sizeof(*t->sources));
	s = &t->sources[t->nsources++];
	s->path = mem_string(path, strlen(path));
	digest_bytes(t->text.p, t->text.n, s->digest);
	return true;
}

static bool
add_vocabulary(struct terms *t, const char *path, bool partial,
    struct table_faults *faults, struct err *e)
{
	struct buf compiled = { 0 };
	struct vocabulary_source from = {
		.path = path, .partial = partial, .synonyms = t->synonyms
	};
	struct vocabulary *v = NULL;

	/* What is shipped is small. */
	if (!partial)
		from.compiled = compiled_path(t, path, "", "mdxi", &compiled);
	if (read_table(t, path, e)) {
		from.text = buf_slice(&t->text);
		from.digest = t->sources[t->nsources - 1].digest;
		v = vocabulary_load(&from, faults, e);
	}
	buf_release(&compiled);
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
	struct codemap *m = NULL;

	if (read_table(t, path, e))
		m = codemap_parse(path, buf_slice(&t->text), faults, e);
	if (m == NULL)
		return false;
	t->maps = mem_room(t->maps, t->nmaps, &t->maps_room, sizeof(*t->maps));
	t->maps[t->nmaps++] = m;
	return true;
}

/* group: that of its compiled form, or NULL for none. */
static bool
add_mapping(struct terms *t, const char *path, const char *group, bool offered,
    struct table_faults *faults, struct err *e)
{
	struct buf compiled = { 0 };
	struct mapping_source from = { .path = path, .offered = offered };
	bool ok = read_table(t, path, e);

	if (ok && group != NULL)
		from.compiled =
		    compiled_path(t, path, group, "mdxm", &compiled);
	if (ok) {
		from.text = buf_slice(&t->text);
		from.digest = t->sources[t->nsources - 1].digest;
		ok = mappings_add(t->mappings, &from, faults, e);
	}
	buf_release(&compiled);
	return ok;
}

bool
terms_add_specimens(struct terms *t, const char *path,
    struct table_faults *faults, struct err *e)
{
	if (read_table(t, path, e)) {
		specimens_free(t->specimens);
		t->specimens =
		    specimens_parse(path, buf_slice(&t->text), faults, e);
	}
	return t->specimens != NULL;
}

bool
terms_add_mapping(struct terms *t, const char *path,
    struct table_faults *faults, struct err *e)
{
	return add_mapping(t, path, NULL, false, faults, e);
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
	bool ours;         /* shipped with the tools */
	const char *group; /* of mappings */
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

	return add_mapping(a->terms, path, a->group, a->ours, a->faults, e);
}

bool
terms_add_vocabularies(struct terms *t, const char *folder, bool partial,
    struct table_faults *faults, struct err *e)
{
	struct adding a = { t, partial, NULL, faults };

	return each_file(folder, ".csv", true, one_vocabulary, &a, e);
}

bool
terms_add_mappings(struct terms *t, const char *folder, const char *name,
    bool offered, struct table_faults *faults, struct err *e)
{
	struct buf group = { 0 };
	struct adding a = { t, offered, NULL, faults };
	bool ok;

	buf_addf(&group, "%s+", name);
	a.group = buf_string(&group);
	ok = each_file(folder, ".csv", false, one_mapping, &a, e);
	buf_release(&group);
	return ok;
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
	if (read_table(t, path, e))
		t->synonyms =
		    synonyms_parse(path, buf_slice(&t->text), faults, e);
	return t->synonyms != NULL;
}
