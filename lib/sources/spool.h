/*
 * spool - messages on disk before they are acknowledged.
 *
 * A folder of segments NNNNNNNNNN.mllp, each a row of MLLP frames as they came
 * off the wire, so that a segment is itself a file that mdx-ingest reads.  A
 * run begins a segment of its own and never writes to an older one: a frame
 * that a crash cut off stands at the end of its segment, was never
 * acknowledged, and is passed over.  How far messages were delivered is known
 * to the state (sources/state), not here.
 */
#ifndef SOURCES_SPOOL_H
#define SOURCES_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct spool;

struct spool_place {
	uint64_t	 segment, offset;
};

/* Makes the folder, with mode 0700, where it is missing.  ERR_OUTPUT. */
struct spool	*spool_open(const char *folder, struct err *);
void		 spool_free(struct spool *);	/* NULL is allowed */

/* One frame, and all that were added on disk.  ERR_OUTPUT. */
bool		 spool_add(struct spool *, struct slice message, struct err *);
bool		 spool_sync(struct spool *, struct err *);
/* Behind the last frame that was added. */
struct spool_place spool_end(const struct spool *);

/*
 * The frames of older segments from a place on, and where each one ends; visit
 * returns false to stop, with *e.  ERR_INPUT where a segment cannot be read.
 */
bool		 spool_replay(struct spool *, struct spool_place from,
		    bool (*visit)(void *ctx, struct slice message,
			struct spool_place behind, struct err *),
		    void *ctx, struct err *);
/* Whether there are segments before the one that is written. */
bool		 spool_holds(const struct spool *);
/* The next segment is one behind the place's, whatever was removed. */
void		 spool_begin_after(struct spool *, struct spool_place);
/* The segment that is written is closed: spool_forget may remove it too. */
void		 spool_close(struct spool *);
/* Segments that end before the place, or there, are removed. */
void		 spool_forget(struct spool *, struct spool_place);

#endif
