#include "terms/terms_part.h"

#include "base/mem.h"
#include "terms/specimen.h"

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
	mem_free(t->compiled);
	buf_release(&t->text);
	synonyms_free(t->synonyms);
	mem_free(t->lists);
	mem_free(t->maps);
	mem_free(t->sources);
	mappings_free(t->mappings);
	specimens_free(t->specimens);
	mem_free(t);
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
check_code(struct terms *t, const struct mapping *m,
    const struct mapping_code *c, struct table_faults *faults, struct err *e)
{
	const struct vocabulary *v = list_for(t, c);

	if (v == NULL || vocabulary_partial(v) ||
	    vocabulary_code(v, c->code, NULL))
		return true;
	if (m->offered) {
		mappings_refute(t->mappings, m);
		return true;
	}
	return table_fault(faults, c->path, c->line, e,
	    "code '%.*s' is not in %.*s@%.*s", (int)c->code.n, c->code.p,
	    (int)c->system.n, c->system.p, (int)c->version.n, c->version.p);
}

bool
terms_check(struct terms *t, struct table_faults *faults, struct err *e)
{
	struct mapping m = { 0 };
	bool ok = true;

	buf_release(&t->text);
	while (mappings_next(t->mappings, &m))
		for (size_t i = 0; i < m.ncodes; i++) {
			const struct mapping_code c =
			    mapping_code(t->mappings, &m, i);

			ok = check_code(t, &m, &c, faults, e) && ok;
		}
	return ok;
}
