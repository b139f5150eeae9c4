/*
 * database_read - the tables of a database, or a query, as members.
 *
 * Rows come as they are given, or with --since and --key in the order of these
 * columns: then a long table is read in pages, each a query of its own that
 * begins behind the last row, and a connection that is lost is made again.
 */
#ifndef SOURCES_DATABASE_READ_H
#define SOURCES_DATABASE_READ_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "sources/database.h"
#include "sources/job.h"

struct database_source {
	struct database	*db;
	const struct source_options *options;
	struct sink	*sink;
	struct totals	*totals;
	struct arena	*arena;		/* of the source */
	struct job	*job;		/* NULL: no state is kept */
	const struct place_of *place;	/* of the database */
	const char	*format;
	/* What ids begin with, without a secret; NULL: the member's path. */
	const char	*identity;
};

/* False where the run cannot go on. */
bool	database_read(struct database_source *, struct err *);
/*
 * What can be wrong before anything is read: --since without --state, a query
 * that does not only read.  ERR_USAGE.
 */
bool	database_check(const struct source_options *, struct err *);

#endif
