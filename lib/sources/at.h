/*
 * at - the place of records in a document (--at): names parted by slashes, as
 * in RFC 6901, where ~1 is a slash in a name and ~0 a tilde.
 */
#ifndef SOURCES_AT_H
#define SOURCES_AT_H

#include "base/err.h"

#define AT_PARTS	64

/* The parts, NULL behind them; NULL with ERR_USAGE where it is no such path. */
const char *const *at_parse(const char *path, struct err *);
void		 at_free(const char *const *);	/* NULL is allowed */

#endif
