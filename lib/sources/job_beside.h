/*
 * job_beside - members of an archive that are read together, whichever comes
 * first (WFDB: 100.dat stands before 100.hea).
 *
 * Headers, signal files and annotations are held in a temporary file, in the
 * folder of --spool-dir, until the archive ends.  Then each header is read
 * with the files that stand beside it in the archive.  These are the skip
 * `with_header`; what no header names is the reject that it would have been.
 * Of a signal file nobody wants values of, only the beginning is held.  One
 * archive has one of these; it belongs to its job.
 */
#ifndef SOURCES_JOB_BESIDE_H
#define SOURCES_JOB_BESIDE_H

#include "sources/job.h"

struct beside;
struct beside_file;

/* archive: kept by reference. */
struct beside	*beside_new(const struct place_of *archive);
void		 beside_free(struct beside *);	/* NULL is allowed */
/* The member at hand, of this format or NULL: whether it is held. */
bool		 beside_takes(struct job *, const struct place_of *,
		    struct input *, const struct source_format *, bool *taken,
		    struct err *);
/* The archive ended. */
bool		 beside_end(struct job *, struct err *);
/* Whether it did, so that files beside a header can be opened. */
bool		 beside_is_over(const struct beside *);

/* By its path in the archive; NULL: it is not there. */
struct beside_file *beside_open(const struct beside *, struct slice path);
void		 beside_close(struct beside_file *);	/* NULL is allowed */
struct input	*beside_input(struct beside_file *);

#endif
