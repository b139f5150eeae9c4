/*
 * graph_terms - what the tables know: vocabularies as entities with their
 * `is_a`, code maps as `maps_to`, and the words that approved mappings and the
 * catalogue have for what the graph holds.  Private to lib/terms.
 */
#ifndef TERMS_GRAPH_TERMS_H
#define TERMS_GRAPH_TERMS_H

#include <stdbool.h>

#include "catalogue/catalogue.h"
#include "terms/graph_store.h"
#include "terms/terms.h"

/* system: `icd10-yb`, the list that counts, or `icd10-yb@2.0`. */
bool		 graph_terms_add(struct graph_store *, struct graph_batch *,
		    const struct terms *, struct slice system, struct err *);
/* Only for entities that are there: at the end. */
bool		 graph_terms_aliases(struct graph_store *,
		    struct graph_batch *, const struct terms *,
		    const struct catalogue *, struct err *);

#endif
