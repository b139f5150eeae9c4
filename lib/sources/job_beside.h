/*
 * job_beside - members of an archive that belong to a header of it, which may
 * come later (WFDB: 100.dat stands before 100.hea).
 *
 * A signal file that no reader knows waits, with the
 * beginning of its bytes, for a header to name it; then it is the skip
 * `with_header`.  What still waits when the archive ends, or is too much to be
 * kept, is the reject that it would have been.  One archive has one of these;
 * it belongs to its job.
 */
#ifndef SOURCES_JOB_BESIDE_H
#define SOURCES_JOB_BESIDE_H

#include "sources/job.h"

struct beside;

struct beside	*beside_new(void);
void		 beside_free(struct beside *);	/* NULL is allowed */
/* The member at hand: whether it is dealt with. */
bool		 beside_takes(struct job *, const struct place_of *,
		    struct input *, bool is_known, bool *taken, struct err *);
/* A header was read, which named these files (with line feeds behind). */
bool		 beside_named(struct job *, const struct place_of *,
		    struct slice names, struct err *);
/* The archive ended. */
bool		 beside_end(struct job *, struct err *);

#endif
