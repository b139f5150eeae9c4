#include "terms/mapped.h"

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/fold.h"
#include "terms/mapping.h"

struct mapped {
	struct slice system, version;
	struct lexicon_maker *maker; /* has the lexicon's parts */
	struct lexicon lexicon;
};

struct filling {
	struct mapped *to;
	struct index *codes;
	struct arena *scratch;
};

/* The version of a system that is asked for, else the latest there is. */
static bool
choose_version(struct mapped *m, const struct mappings *all, struct slice asked)
{
	struct mapping one = { 0 };
	bool any = false;

	while (mappings_next(all, &one))
		for (size_t k = 0; k < one.ncodes; k++) {
			const struct mapping_code c =
			    mapping_code(all, &one, k);

			if (!slice_eq(c.system, m->system) ||
			    (asked.n > 0 && !slice_eq(c.version, asked)))
				continue;
			if (!any ||
			    slice_is_older_version(m->version, c.version))
				m->version = c.version;
			any = true;
		}
	return any;
}

static void
add(struct filling *f, struct slice term, const struct mapping_code *c)
{
	struct mapped *m = f->to;
	uint32_t entry;
	bool fresh;

	if (!slice_eq(c->system, m->system) ||
	    !slice_eq(c->version, m->version))
		return;
	entry = (uint32_t)index_add(f->codes, c->code, &fresh);
	if (fresh) {
		lexicon_maker_entry(m->maker, c->code, c->display);
		lexicon_maker_name(
		    m->maker, entry, fold_term(c->display, f->scratch));
	}
	lexicon_maker_name(m->maker, entry, fold_term(term, f->scratch));
}

struct mapped *
mapped_new(const struct terms *t, struct slice system)
{
	const struct mappings *all = terms_mappings(t);
	struct mapped *m = mem_zalloc(sizeof(*m));
	struct filling f = { .to = m };
	struct mapping one = { 0 };
	struct slice asked = system, parts[LEXICON_PARTS];
	struct err ignored = { 0 };

	slice_next(&asked, '@', &m->system);
	if (!choose_version(m, all, asked)) {
		mapped_free(m);
		return NULL;
	}
	f.codes = index_new();
	f.scratch = arena_new();
	m->maker = lexicon_maker_new(terms_synonyms(t));
	while (mappings_next(all, &one))
		for (size_t k = 0; k < one.ncodes; k++) {
			const struct mapping_code c =
			    mapping_code(all, &one, k);

			add(&f, one.term, &c);
		}
	lexicon_maker_parts(m->maker, parts);
	lexicon_open(&m->lexicon, parts, &ignored); /* made just now */
	index_free(f.codes);
	arena_free(f.scratch);
	return m;
}

void
mapped_free(struct mapped *m)
{
	if (m == NULL)
		return;
	lexicon_maker_free(m->maker);
	mem_free(m);
}

struct slice
mapped_system(const struct mapped *m)
{
	return m->system;
}

struct slice
mapped_version(const struct mapped *m)
{
	return m->version;
}

const struct lexicon *
mapped_lexicon(const struct mapped *m)
{
	return &m->lexicon;
}
