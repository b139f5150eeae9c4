/*
 * database_row - a row of a database as a record.
 */
#ifndef SOURCES_DATABASE_ROW_H
#define SOURCES_DATABASE_ROW_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "sources/member.h"
#include "sources/table_names.h"
#include "sources/database_read.h"
#include "sources/database_state.h"

struct database_row {
	struct database_source *source;
	struct member	 m;
	struct place_of	 at;
	bool		 is_query;
	bool		 named;		/* the columns are */
	struct table_names names;
	struct slice	*cells;
	bool		*noted;		/* that a column is binary */
	struct arena	*text;		/* of the row at hand */
	size_t		 keys[DATABASE_ORDER], nkeys;
	size_t		 order[DATABASE_ORDER], norder;
	long		 since;		/* the column of --since, or -1 */
	struct buf	 chain;		/* what ids begin with */
	size_t		 chain_fixed;	/* without the key */
	uint8_t		 chain_head[DIGEST_SIZE];
	struct database_state state;
	struct buf	 set_aside;
};

void	database_row_begin(struct database_row *, const char *name);
/*
 * Finds the columns of --since and --key in the query at hand, by their case
 * or whatever theirs.  ERR_USAGE.
 */
bool	database_row_columns(struct database_row *, struct err *);
/* The names of the columns, from the query at hand; once. */
void	database_row_names(struct database_row *);
/* The row that was fetched.  False where the run cannot go on. */
bool	database_row_take(struct database_row *, struct err *);
void	database_row_release(struct database_row *);

#endif
