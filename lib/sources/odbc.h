/*
 * odbc - `odbc:DSN` and `odbc:Driver={...};Server=...` as sources.
 *
 * The connection string that is asked with is never the uri: user and
 * password are cut out of the one and put into the other.
 */
#ifndef SOURCES_ODBC_H
#define SOURCES_ODBC_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "sources/job.h"

bool	odbc_source(struct job *, const char *uri, struct err *);

/*
 * The operand behind `odbc:` as the driver manager wants it, with the user and
 * secret unless they are NULL; *shown is what may be shown of it, *password
 * the one that stands in it, if there is one.
 */
void	odbc_string(struct slice given, const char *user, const char *secret,
	    struct buf *whole, struct buf *shown, struct buf *password);

#endif
