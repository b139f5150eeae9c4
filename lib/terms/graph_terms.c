#include "terms/graph_terms.h"

#include "terms/codemap.h"
#include "terms/mapping.h"
#include "terms/vocabulary.h"

/*
 * Nobody was seen with what a table says: it counts as 0, and so two graphs
 * that were made with the same tables add up to one that was, too.
 */
struct writing {
	struct graph_store *store;
	struct graph_batch *batch;
	struct err *e;
};

/* A list may be larger than a batch. */
static bool
make_room(struct writing *w)
{
	return !graph_batch_is_full(w->batch) ||
	    graph_store_write(w->store, w->batch, w->e);
}

static void
add_alias(
    struct writing *w, uint32_t entity, struct slice text, struct slice source)
{
	const struct graph_alias a = { .record = GRAPH_LINE,
		.entity = entity,
		.text = graph_batch_text(w->batch, text),
		.source = graph_batch_text(w->batch, source) };

	if (a.text != 0)
		graph_batch_alias(w->batch, &a);
}

static void
add_edge(struct writing *w, uint32_t subject, const char *predicate,
    uint32_t object, struct slice source)
{
	const struct graph_edge edge = { .record = GRAPH_LINE,
		.subject = subject,
		.predicate = graph_batch_text(w->batch, slice_of(predicate)),
		.object = object,
		.source = graph_batch_text(w->batch, source) };

	graph_batch_edge(w->batch, &edge);
}

/* --- a vocabulary -------------------------------------------------------- */

static void
add_entry(struct writing *w, const struct vocabulary *v,
    const struct entry *entry, struct slice type)
{
	struct slice system = vocabulary_system(v), rest = entry->aliases;
	struct graph_batch *b = w->batch;
	struct slice alias;
	const struct graph_mention m = { .record = GRAPH_LINE,
		.entity = graph_batch_id(b, system, entry->code),
		.type = graph_batch_text(b, type),
		.name = graph_batch_text(b, entry->name),
		.system = graph_batch_text(b, system),
		.version = graph_batch_text(b, vocabulary_version(v)),
		.code = graph_batch_text(b, entry->code),
		.rank = GRAPH_VOCABULARY };

	graph_batch_mention(b, &m);
	while (entry_alias(&rest, &alias))
		add_alias(w, m.entity, alias, system);
	if (entry->parent.n > 0)
		add_edge(w, m.entity, "is_a",
		    graph_batch_id(b, system, entry->parent), system);
}

static bool
add_list(struct writing *w, const struct vocabulary *v)
{
	struct slice type = graph_table_of_system(
	    graph_store_table(w->store), vocabulary_system(v));

	for (size_t i = 0; i < vocabulary_count(v); i++) {
		const struct entry entry = vocabulary_entry(v, i);

		if (entry.status == ENTRY_RETIRED)
			continue;
		add_entry(w, v, &entry, type);
		if (!make_room(w))
			return false;
	}
	return true;
}

/* --- a code map ---------------------------------------------------------- */

static bool
add_map(struct writing *w, const struct codemap *m)
{
	struct slice from = codemap_system(m, false);

	for (size_t i = 0; i < codemap_count(m); i++) {
		const struct codemap_pair *pair = codemap_pair(m, i);

		add_edge(w, graph_batch_id(w->batch, from, pair->from),
		    "maps_to",
		    graph_batch_id(w->batch, codemap_system(m, true), pair->to),
		    from);
		if (!make_room(w))
			return false;
	}
	return true;
}

bool
graph_terms_add(struct graph_store *store, struct graph_batch *b,
    const struct terms *terms, struct slice system, struct err *e)
{
	struct writing w = { .store = store, .batch = b, .e = e };
	const struct vocabulary *v = terms_list(terms, system);
	bool ok;

	if (v == NULL)
		return err_set(e, ERR_USAGE,
		    "--vocabulary: no list '%.*s' (import it, and say where "
		    "with --terms)",
		    (int)system.n, system.p);
	ok = add_list(&w, v);
	for (size_t i = 0; ok && i < terms_maps(terms); i++) {
		const struct codemap *m = terms_map_at(terms, i);

		if (slice_eq(codemap_system(m, false), vocabulary_system(v)) &&
		    slice_eq(codemap_version(m, false), vocabulary_version(v)))
			ok = add_map(&w, m);
	}
	return ok;
}

/* --- further words ------------------------------------------------------- */

/* Whether the code is all that the term means in its system. */
static bool
is_name(const struct mappings *mappings, const struct mapping *m, size_t code)
{
	const struct mapping_code c = mapping_code(mappings, m, code);

	for (size_t i = 0; i < m->ncodes; i++)
		if (i != code &&
		    slice_eq(mapping_code(mappings, m, i).system, c.system))
			return false;
	return c.exact && !m->refuted;
}

/* What a person has signed as meaning one code is another name of it. */
static bool
add_mappings(struct writing *w, const struct mappings *mappings)
{
	struct mapping m = { 0 };

	while (mappings_next(mappings, &m)) {
		for (size_t k = 0; k < m.ncodes; k++) {
			struct mapping_code c = mapping_code(mappings, &m, k);

			if (is_name(mappings, &m, k))
				add_alias(w,
				    graph_batch_id(w->batch, c.system, c.code),
				    m.term, SLICE("approved"));
		}
		if (!make_room(w))
			return false;
	}
	return true;
}

static void
add_words(struct writing *w, const struct indicator *d)
{
	uint32_t entity = graph_batch_id(w->batch, SLICE("indicator"), d->id);

	add_alias(w, entity, d->name_en, SLICE("catalogue"));
	for (size_t i = 0; i < d->nsynonyms; i++)
		add_alias(w, entity, d->synonyms[i], SLICE("catalogue"));
}

bool
graph_terms_aliases(struct graph_store *store, struct graph_batch *b,
    const struct terms *terms, const struct catalogue *catalogue, struct err *e)
{
	struct writing w = { .store = store, .batch = b, .e = e };

	if (!add_mappings(&w, terms_mappings(terms)))
		return false;
	for (size_t i = 0; i < catalogue_count(catalogue); i++) {
		add_words(&w, catalogue_at(catalogue, i));
		if (!make_room(&w))
			return false;
	}
	return true;
}
