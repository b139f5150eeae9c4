/*
 * graph_batch - what the records at hand say of the graph, gathered in memory
 * until it is worth a transaction.
 *
 * Nothing is added up yet: each statement names the record that it is from, so
 * that those of a record that the graph knows already can be dropped before
 * anything counts.  Texts are numbers of one pool, 0 being the empty one.
 *
 *	record:  id -> number
 *	mention: record says that an entity exists, and what it is
 *	alias:   record says that an entity is also called so
 *	edge:    record says subject, predicate, object
 *
 * A batch belongs to one thread.  Private to lib/terms.
 */
#ifndef TERMS_GRAPH_BATCH_H
#define TERMS_GRAPH_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/slice.h"

#define GRAPH_LINE	UINT32_MAX	/* of no record: it always counts */

/* Who says what an entity is; the greater one is believed. */
enum graph_rank { GRAPH_NOBODY, GRAPH_RECORD, GRAPH_VOCABULARY };

struct graph_mention {
	uint32_t	 record, entity;
	uint32_t	 type, name, system, version, code;
	enum graph_rank	 rank;
	int64_t		 count;
};

struct graph_alias {
	uint32_t	 record, entity, text, source;
};

struct graph_edge {
	uint32_t	 record, subject, predicate, object, source;
	uint32_t	 first, last;	/* texts; 0: not known */
	int64_t		 count;
};

struct graph_batch {
	struct index	*texts;
	struct index	*records;
	struct graph_mention *mentions;
	struct graph_alias *aliases;
	struct graph_edge *edges;
	struct graph_edge *hidden;	/* of visits that are not kept */
	size_t		 nmentions, naliases, nedges, nhidden;
	size_t		 mentions_room, aliases_room, edges_room, hidden_room;
	size_t		 bytes;		/* of the texts, about */
	size_t		 full;		/* bytes of all; set by init */
	struct buf	 id;		/* one under way */
};

/* How many statements there are, to go back to. */
struct graph_mark {
	size_t		 nmentions, naliases, nedges, nhidden;
};

void		 graph_batch_init(struct graph_batch *);
void		 graph_batch_release(struct graph_batch *);
void		 graph_batch_reset(struct graph_batch *);
bool		 graph_batch_is_empty(const struct graph_batch *);
/* Whether it is time to write it. */
bool		 graph_batch_is_full(const struct graph_batch *);

uint32_t	 graph_batch_text(struct graph_batch *, struct slice);
/* prefix, a colon and the rest, as ids of entities are. */
uint32_t	 graph_batch_id(struct graph_batch *, struct slice prefix,
		    struct slice rest);
struct slice	 graph_batch_slice(const struct graph_batch *, uint32_t text);

/* The number that the next record will have. */
uint32_t	 graph_batch_next(const struct graph_batch *);
/* Counts that record in; false where the batch has its id already. */
bool		 graph_batch_record(struct graph_batch *, struct slice id);

void		 graph_batch_mention(struct graph_batch *,
		    const struct graph_mention *);
void		 graph_batch_alias(struct graph_batch *,
		    const struct graph_alias *);
void		 graph_batch_edge(struct graph_batch *,
		    const struct graph_edge *);
void		 graph_batch_hide(struct graph_batch *,
		    const struct graph_edge *);

struct graph_mark graph_batch_mark(const struct graph_batch *);
void		 graph_batch_back(struct graph_batch *, struct graph_mark);

#endif
