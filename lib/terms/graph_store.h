/*
 * graph_store - the graph as an SQLite file, or in a nameless one that goes
 * with it where only lines are asked for.
 *
 * Batches are written in the order of the tables' own keys, so that each walks
 * through a table once from its beginning to its end; in any other order a
 * large graph would be read and written page by page as chance has it.  All
 * is in transactions: what was not committed never was.  Belongs to one
 * thread; private to lib/terms; the format is mdx-graph(5).
 */
#ifndef TERMS_GRAPH_STORE_H
#define TERMS_GRAPH_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "io/store.h"
#include "terms/graph_batch.h"
#include "terms/graph_table.h"

struct graph_store;

/* path NULL: a nameless file.  The table is kept by reference. */
struct graph_store *graph_store_open(const char *path,
		    const struct graph_table *, struct err *);
/* What is not committed is undone.  NULL is allowed. */
void		 graph_store_close(struct graph_store *);
struct store	*graph_store_file(const struct graph_store *);
const struct graph_table *graph_store_table(const struct graph_store *);

/* Behind what the open transaction holds; begins one where there is none. */
bool		 graph_store_write(struct graph_store *, struct graph_batch *,
		    struct err *);
bool		 graph_store_commit(struct graph_store *, struct err *);
void		 graph_store_undo(struct graph_store *);
/* Records of batches that the graph had before. */
uint64_t	 graph_store_repeated(const struct graph_store *);

/*
 * `treated_by` and `tested_by` between codes that share so many visits.  kept:
 * the visits are those of the graph, and what was derived before is replaced;
 * else they are the hidden ones of this run.
 */
bool		 graph_store_derive(struct graph_store *, uint64_t support,
		    bool kept, struct err *);
/* The way from an object to its subjects, where it is not there yet. */
bool		 graph_store_index(struct graph_store *, struct err *);

#endif
