/*
 * statement - the texts of queries: names quoted, pages, conditions.
 *
 * Values are never written into a text; each stands as `?` and is bound.
 */
#ifndef SOURCES_STATEMENT_H
#define SOURCES_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "sources/database.h"

/* A query over one table in pieces, in the order of columns. */
struct statement_page {
	const struct database_table *table;
	const char *const *order;	/* names of columns */
	size_t		 norder;
	size_t		 nnull;		/* one of the last so many is null */
	bool		 from_first;	/* order[0] >= ? */
	bool		 from_all;	/* the columns together >= ?... */
	size_t		 limit;		/* 0: none */
};

/* How many values it wants is the return: 1, or those of from_all. */
size_t	statement_table(const struct database *, const struct statement_page *,
	    struct buf *);
/* The index into the position of each value that from_all wants, in order. */
size_t	statement_values(size_t norder, size_t *at);

/*
 * Whether a query that somebody wrote is one statement that reads: its first
 * word is select, with, values or table, none that writes stands in it, and
 * no second statement follows.  Not what functions do that it calls.
 * ERR_USAGE.
 */
bool	statement_reads(struct slice sql, struct err *);
/* The query with each `:since` outside quotes as `?`; how many there were. */
size_t	statement_since(struct slice sql, struct buf *);

#endif
