/*
 * stay - runs that end by a signal: watched folders and growing files.
 */
#ifndef SOURCES_STAY_H
#define SOURCES_STAY_H

#include <stdbool.h>

#include "base/err.h"
#include "sources/job.h"

/* What the options ask together, --settle as typed or NULL.  ERR_USAGE. */
bool	stay_check(struct source_options *, const char *settle,
	    char *const *operands, struct err *);
/* A file that grows in place cannot be compressed.  ERR_USAGE. */
bool	stay_check_appended(bool append, const char *option, const char *path,
	    struct err *);
/*
 * Each file of the folders when it is ready, until the signal.  The job has
 * the only turn.  False where the run cannot go on.
 */
bool	stay_watch(struct job *, char *const *operands, struct err *);
/* One growing file, and what takes its name, until the signal. */
bool	stay_follow(struct job *, const char *path, struct err *);

/* A growing file instead of one that ends, for sources/job. */
bool	stay_read(struct job *, const struct place_of *, struct err *);

#endif
