/*
 * The inside of a graph_store, for graph_store.c and graph_flush.c.
 */
#ifndef TERMS_GRAPH_STORE_PART_H
#define TERMS_GRAPH_STORE_PART_H

#include "terms/graph_store.h"

enum graph_statement {
	GRAPH_SEE, GRAPH_FIND, GRAPH_GET, GRAPH_ADD, GRAPH_CHANGE, GRAPH_CALL,
	GRAPH_GRAM, GRAPH_PREDICATE_ADD, GRAPH_PREDICATE_FIND,
	GRAPH_SOURCE_ADD, GRAPH_SOURCE_FIND, GRAPH_RELATE, GRAPH_SHARE,
	GRAPH_STATEMENTS
};

struct graph_store {
	struct store	*store;
	const struct graph_table *table;
	struct statement *st[GRAPH_STATEMENTS];
	bool		 open;		/* a transaction */
	uint64_t	 repeated;
};

bool	graph_store_begin(struct graph_store *, struct err *);
bool	graph_store_run(struct statement *, struct err *);
bool	graph_store_number(struct graph_store *, enum graph_statement add,
	    enum graph_statement find, struct slice name, uint32_t *,
	    struct err *);

#endif
