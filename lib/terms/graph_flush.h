/*
 * graph_flush - a batch on its way into the tables; for graph_flush.c and
 * graph_relate.c.
 */
#ifndef TERMS_GRAPH_FLUSH_H
#define TERMS_GRAPH_FLUSH_H

#include "base/arena.h"
#include "terms/graph_card.h"
#include "terms/graph_grams.h"
#include "terms/graph_store_part.h"

enum graph_wanted { NOT_WANTED, WANTED_IF_THERE, WANTED };

struct graph_named {
	struct slice	 id;
	uint32_t	 text;
};

struct graph_flush {
	struct graph_store *g;
	struct graph_batch *b;
	struct err	*e;
	bool		*repeated;	/* by number of record */
	uint8_t		*wanted;	/* enum graph_wanted, by text */
	uint32_t	*entities;	/* numbers in the table, by text; or 0 */
	uint32_t	*predicates, *sources;
	struct graph_named *order;	/* entities by id */
	size_t		 norder;
	size_t		 mention;	/* the first one not yet used */
	struct graph_card card, old;
	struct graph_grams *grams;
	struct arena	*arena;		/* of one entity */
};

/* Entities must have their numbers. */
bool	graph_flush_relations(struct graph_flush *);
bool	graph_flush_hidden(struct graph_flush *);

#endif
