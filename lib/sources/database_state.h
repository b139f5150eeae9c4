/*
 * database_state - how far a table or query was read, for the next run and for a
 * connection that is lost within one.
 *
 * A position is the values of the columns that order the rows, of the last row
 * that was delivered.  Around it stand ids: of the rows at this very position
 * (in memory, for the next page), and of those within --overlap of the newest
 * value of --since (in the state, for the next run).  What the next run finds
 * among them it has seen.  Ids carry the number of the run that wrote them, so
 * that rows of this run which are equal are not taken for seen ones.
 */
#ifndef SOURCES_DATABASE_STATE_H
#define SOURCES_DATABASE_STATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/hash.h"
#include "sources/database.h"
#include "sources/job.h"
#include "sources/since.h"

#define DATABASE_ORDER 8 /* columns of --since and --key together */

struct row_position {
	struct database_value v[DATABASE_ORDER];
	size_t		 n;		/* 0: none yet */
	struct buf	 bytes;
};

struct database_state {
	struct job	*job;		/* NULL, or without a state: none is kept */
	bool		 keeps;
	bool		 by_since;	/* v[0] is that of --since */
	bool		 ordered;	/* rows come in the order of positions */
	bool		 nulls;		/* those that have none come just now */
	struct since_overlap overlap;
	char		*scope, *seen;	/* in the state; from the arena */
	bool		 known;		/* an earlier run left one */
	bool		 looks;		/* and ids with it */
	unsigned long long run;
	struct row_position	 last;
	struct buf	 border;	/* ids at this position */
	struct index	*expected;	/* those that the page at hand begins with */
	size_t		*times, room;
	struct buf	 pending;	/* ids with their values, not kept yet */
};

void	position_set(struct row_position *, const struct database_value *,
	    const size_t *columns, size_t n);
bool	position_is(const struct row_position *, const struct database_value *,
	    const size_t *columns, size_t n);

/* name: what is read, without a secret. */
bool	database_state_open(struct database_state *, struct job *, const char *name,
	    bool by_since, struct err *);
void	database_state_release(struct database_state *);
/* A page begins: rows at the position that were delivered come again. */
void	database_state_page(struct database_state *);
/* Whether it is such a row; its id is then taken off the expected ones. */
bool	database_state_again(struct database_state *, const char *id);
/* Whether an earlier run delivered it. */
bool	database_state_seen(struct database_state *, const char *id, bool *,
	    struct err *);
/* A row was dealt with; since: p NULL without one. */
void	database_state_add(struct database_state *, const char *id,
	    struct slice since);
/* Everything up to here is delivered once the output is; over: to the end. */
bool	database_state_keep(struct database_state *, bool over, struct err *);

#endif
