/*
 * ahead - a second thread that reads blocks before they are asked for.
 *
 * Reading, and decompressing even more so, is work that need not wait for what
 * becomes of the bytes.  The thread calls the source, copies what it gives
 * into a ring of a few blocks, and waits when all of them are full.  Blocks,
 * the end and a failure come out in the order in which the source gave them.
 *
 * While the thread runs nobody else may touch the source or what stands below
 * it; ahead_stop ends this early.  An ahead belongs to one thread.
 */
#ifndef IO_AHEAD_H
#define IO_AHEAD_H

#include <sys/types.h>

#include "base/err.h"

/*
 * The next block, valid until the next call: its size, 0 at the end, -1 with
 * *e.
 */
typedef ssize_t	 ahead_source(void *ctx, const char **block, struct err *e);

struct ahead;

/* NULL where no thread can be started. */
struct ahead	*ahead_new(ahead_source *, void *ctx);
/* Stops, and throws away what was read. */
void		 ahead_free(struct ahead *);	/* NULL is allowed */
/*
 * As the source's: a block is valid until the next call.  Behind the end or a
 * failure it must not be called again.
 */
ssize_t		 ahead_next(struct ahead *, const char **block, struct err *);
/*
 * The thread ends behind the block it is at.  What it has read is still given
 * out; then the source is called by who asks.
 */
void		 ahead_stop(struct ahead *);

#endif
