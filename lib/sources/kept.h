/*
 * kept - the bytes of an input in a temporary file, for a document or archive
 * that has to be read in another order than it comes.
 *
 * The file has no name (it is gone with the process) and stands in the folder
 * of --spool-dir.
 */
#ifndef SOURCES_KEPT_H
#define SOURCES_KEPT_H

#include <stdio.h>

#include "base/err.h"
#include "io/archive.h"
#include "sources/input.h"

struct kept;

/* A descriptor of an empty one, or -1 with errno.  folder: NULL is /tmp. */
int		 kept_open(const char *folder);
/* An empty one to write and read; NULL with errno.  folder: NULL is /tmp. */
FILE		*kept_nameless(const char *folder);

/*
 * Reads the input to its end; a failure of the input is an end here and stays
 * with it.  NULL with ERR_OUTPUT: there is no room, the run cannot go on.
 */
struct kept	*kept_take(struct input *, const char *folder, struct err *);
void		 kept_free(struct kept *);	/* NULL is allowed */
/* For another program to read. */
int		 kept_fd(const struct kept *);
/* From its beginning; one at a time, freed before the file. */
struct unpack	*kept_unpack(struct kept *, const struct unpack_limits *,
		    struct err *);

#endif
