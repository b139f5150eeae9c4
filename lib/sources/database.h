/*
 * database - tables and queries, whatever answers them: a driver of ODBC
 * (sources/sql) or an SQLite file (sources/sqlite).
 *
 * One query is under way at a time.  A row that cannot be had whole carries a
 * fault and is no failure; what is in it are the values before the fault and
 * NULL for the rest.  Values are valid until the next fetch.  A database
 * belongs to one thread.
 */
#ifndef SOURCES_DATABASE_H
#define SOURCES_DATABASE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"

struct database_value {
	struct slice	 bytes;		/* p NULL: null */
	int		 type;		/* the backend's own, to bind it again */
	bool		 binary;	/* no text */
	bool		 utf8;		/* was made from UTF-16: needs no check */
};

struct database_table {
	const char	*schema;	/* NULL: none */
	const char	*name;
	bool		 view;
};

/* How many rows are wanted is said in one of these ways. */
enum database_paging {
	PAGING_NONE,		/* the reader stops by itself */
	PAGING_LIMIT,		/* ... LIMIT n */
	PAGING_TOP,		/* SELECT TOP n ... */
	PAGING_FETCH		/* ... FETCH FIRST n ROWS ONLY */
};

struct database;

struct database_ops {
	/*
	 * The tables of the user and his views, in the arena.  *schema: the
	 * one that is meant where none is named, or NULL.
	 */
	bool	(*tables)(struct database *, struct arena *,
		    struct database_table **, size_t *n, const char **schema,
		    struct err *);
	/*
	 * Begins a query; its columns are in the database then.  ERR_USAGE: it
	 * is refused as it stands; ERR_SERVICE, ERR_INPUT: it cannot be asked.
	 */
	bool	(*query)(struct database *, struct slice sql,
		    const struct database_value *, size_t nvalues,
		    struct err *);
	/* 1: a row; 0: no more; -1 with *e. */
	int	(*fetch)(struct database *, struct err *);
	void	(*done)(struct database *);
	/* Whether a failure was that of the connection; NULL: there is none. */
	bool	(*lost)(struct database *);
	bool	(*reconnect)(struct database *, struct err *);
	void	(*free)(struct database *);
};

struct database {
	const struct database_ops *ops;
	const char	*quote;		/* around names; "": there is none */
	enum database_paging paging;
	size_t		 max_row;	/* bytes of a row's values */
	/* of the query at hand */
	const char	**columns;
	struct database_value *row;
	size_t		 ncolumns;
	struct err	 fault;		/* of the row; kind ERR_NONE: none */
};

#endif
