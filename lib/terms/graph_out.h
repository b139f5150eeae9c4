/*
 * graph_out - a graph as lines, sorted by id, and its counts.  Private to
 * lib/terms; the format is mdx-graph(5).
 */
#ifndef TERMS_GRAPH_OUT_H
#define TERMS_GRAPH_OUT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "io/store.h"

/* Takes so many whole lines. */
typedef bool	 graph_put(void *ctx, struct slice lines, uint64_t n,
		    struct err *);

bool		 graph_out_entities(struct store *, graph_put *, void *ctx,
		    struct err *);
bool		 graph_out_relations(struct store *, graph_put *, void *ctx,
		    struct err *);
/* {"entities":{type:n},"relations":{predicate:n},"total":…,"undeclared":n} */
bool		 graph_out_stats(struct store *, struct buf *, struct err *);

#endif
