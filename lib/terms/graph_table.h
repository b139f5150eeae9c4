/*
 * graph_table - which member of a record gives what to the graph: graph.csv,
 * `kind,member,type,predicate,date`, and the type of an entity by its id.
 *
 * Of several rows for one member of one kind the first counts, so that a pack
 * comes before what is shipped.  Built once, then const.  Private to
 * lib/terms; the format is mdx-graph(5).
 */
#ifndef TERMS_GRAPH_TABLE_H
#define TERMS_GRAPH_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/slice.h"

struct graph_row {
	struct slice	 kind;		/* "*": any */
	struct slice	 name;		/* of the member */
	size_t		 member;	/* its number */
	struct slice	 type, predicate;
	size_t		*dates;		/* members, the best first */
	size_t		 ndates;
};

struct graph_table {
	struct arena	*arena;
	const struct graph_row *rows;
	size_t		 nrows;
	struct index	*systems;
	const struct slice *fields;	/* of systems, by their number */
};

void		 graph_table_init(struct graph_table *);
void		 graph_table_release(struct graph_table *);
/* Behind the rows that are there; names: of members, gets what they ask. */
bool		 graph_table_add(struct graph_table *, const char *path,
		    struct slice text, struct index *names, struct err *);
/* systems.csv: the field of a system tells the type of its codes. */
bool		 graph_table_systems(struct graph_table *, const char *path,
		    struct slice text, struct err *);
/* The type that a system's codes have; the system itself where none is known. */
struct slice	 graph_table_of_system(const struct graph_table *,
		    struct slice system);
/* The type that the prefix of an id stands for. */
struct slice	 graph_table_type(const struct graph_table *, struct slice id);

#endif
