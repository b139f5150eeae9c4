/*
 * database_rows - one table or query as a member: its rows become records,
 * rejects and skips, and are asked for in pages where they have an order.
 */
#ifndef SOURCES_DATABASE_ROWS_H
#define SOURCES_DATABASE_ROWS_H

#include <stdbool.h>

#include "base/err.h"
#include "sources/database_read.h"

/* table NULL: the query of the options.  False: the run cannot go on. */
bool	database_rows(struct database_source *, const struct database_table *,
	    const char *name, struct err *);

#endif
