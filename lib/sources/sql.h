/*
 * sql - databases through unixODBC: the door to it.
 *
 * The library is opened on first use, so that it slows no other run down and
 * need not be installed for them.  Nothing is written: the connection is
 * opened read-only where its driver knows that, and PostgreSQL is told to
 * refuse what writes in every transaction of it.
 */
#ifndef SOURCES_SQL_H
#define SOURCES_SQL_H

#include "base/err.h"
#include "io/stop.h"
#include "sources/database.h"

/*
 * connection: as SQLDriverConnect wants it.  secret: is cut out of every
 * message; may be NULL.  ERR_INPUT: no unixODBC, no such driver or data
 * source; ERR_SERVICE: the server is down or refuses the login.  A call that
 * waits is cancelled by the signal of stop (may be NULL) and after 600 s.
 */
struct database	*sql_open(const char *connection, const char *secret,
		    const struct stop *, struct err *);

#endif
