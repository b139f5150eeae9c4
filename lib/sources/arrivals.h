/*
 * arrivals - the files of watched folders, each when it is ready.
 *
 * A file is ready when its size, times and inode were still for the settling
 * time, or it was renamed in, or, where a suffix for that is given, its twin
 * with the suffix exists.  It is looked at again behind its reading: one that
 * changed is taken again when it is ready again.  Events wake us; a look at
 * everything now and then finds what sends none.  Names that begin with a dot
 * are not taken.  In memory is a row for each file that is there.
 */
#ifndef SOURCES_ARRIVALS_H
#define SOURCES_ARRIVALS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "io/stop.h"
#include "sources/walk.h"

struct arrivals;

/* operands: folders, NULL at the end; all is kept by reference. */
struct arrivals	*arrivals_new(char *const *operands, int64_t settle_ms,
		    const char *done);
void		 arrivals_free(struct arrivals *);	/* NULL is allowed */
/*
 * The next file that is ready; false: none for now.  *again: it was read a
 * moment after its last change and is looked at once more.
 */
bool		 arrivals_next(struct arrivals *, struct arena *,
		    struct walked *, bool *again);
/* It was read; fresh: so shortly after a change that one may hide. */
void		 arrivals_done(struct arrivals *, bool fresh);
/* Waits until there may be one, or a signal, at most so many ms (-1: any). */
void		 arrivals_wait(struct arrivals *, const struct stop *, int ms);

#endif
