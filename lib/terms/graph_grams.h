/*
 * graph_grams - the tokens of names and aliases with the entities that bear
 * them, put into the table `gram` in the order of its key.
 *
 * The tokenizer is the one that mdx-ask cuts its questions with, so that a
 * name is found without a scan.  Private to lib/terms.
 */
#ifndef TERMS_GRAPH_GRAMS_H
#define TERMS_GRAPH_GRAMS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "io/store.h"

struct graph_grams;

/* insert: takes a gram and a number; kept by reference. */
struct graph_grams *graph_grams_new(struct statement *insert);
void		 graph_grams_free(struct graph_grams *);
/* Writes, too, where much has gathered. */
bool		 graph_grams_add(struct graph_grams *, struct slice name,
		    uint32_t entity, struct err *);
bool		 graph_grams_write(struct graph_grams *, struct err *);

#endif
