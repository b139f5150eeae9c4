/*
 * sql_handle - what the parts of sources/sql share: the functions of unixODBC
 * and a connection.
 */
#ifndef SOURCES_SQL_HANDLE_H
#define SOURCES_SQL_HANDLE_H

#include <locale.h>
#include <pthread.h>
#include <sql.h>
#include <sqlext.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "io/stop.h"
#include "sources/database.h"

#define SQL_PIECE	((size_t)64 << 10)
#define SQL_NAME	512	/* bytes of a name, more than any server allows */

#define FUNCTIONS(X)         \
	X(SQLAllocHandle)    \
	X(SQLFreeHandle)     \
	X(SQLSetEnvAttr)     \
	X(SQLSetConnectAttr) \
	X(SQLGetConnectAttr) \
	X(SQLDriverConnect)  \
	X(SQLDisconnect)     \
	X(SQLGetInfo)        \
	X(SQLGetDiagRec)     \
	X(SQLTables)         \
	X(SQLExecDirect)     \
	X(SQLBindParameter)  \
	X(SQLNumResultCols)  \
	X(SQLDescribeCol)    \
	X(SQLFetch)          \
	X(SQLGetData)                                                          \
	X(SQLCancel)

struct functions {
#define X(name) __typeof__(name) *name;
	FUNCTIONS(X)
#undef X
};

/* Ends a call that takes too long, or that a signal does not wait for. */
struct sql_watch {
	pthread_t	 thread;
	pthread_mutex_t	 lock;
	pthread_cond_t	 moved;
	bool		 runs, over;
	bool		 busy;		/* a call is under way */
	bool		 told;		/* and was told to end */
	int64_t		 began_ms;
	const struct stop *stop;	/* may be NULL */
};

struct sql {
	struct database	 db;
	struct functions f;
	SQLHENV		 env;
	SQLHDBC		 dbc;
	SQLHSTMT	 stmt;
	char		*connection, *secret;
	locale_t	 utf8, before;
	char		 quote[8];
	bool		 postgres, dead;
	struct arena	*names;
	char		 state[6];	/* of the last failure */
	struct buf	 row, wide;
	size_t		*ends;		/* of each value in row */
	struct sql_watch watch;
	char		 piece[SQL_PIECE + 2];
};

static inline struct sql *
sql_self(struct database *db)
{
	return (struct sql *)(void *)db;
}

/* sql_connection: false with ERR_INPUT or ERR_SERVICE. */
bool	sql_load(struct sql *, struct err *);
bool	sql_connect(struct sql *, struct err *);
void	sql_disconnect(struct sql *);
/* Why the last call with a statement failed; false. */
bool	sql_fail(struct sql *, struct err *);

/* sql_value: as database_ops has it. */
int	sql_fetch(struct database *, struct err *);

/* sql_watch: around each call that may wait for the server. */
void	sql_watch_start(struct sql *, const struct stop *);
void	sql_watch_end(struct sql *);
void	sql_busy(struct sql *);
void	sql_idle(struct sql *);

#endif
