/*
 * since - the values of a column that says what is new: numbers, or times in
 * whatever spelling of fixed width.
 *
 * Texts that are neither are compared by their bytes.
 */
#ifndef SOURCES_SINCE_H
#define SOURCES_SINCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/* --overlap: so many seconds, or a number where the unit is left out. */
struct since_overlap {
	bool		 given, is_time;
	int64_t		 seconds;
	struct slice	 number;	/* of the option's text */
};

/* "1d", "12h", "30m", "90s", "500"; NULL: none.  ERR_USAGE. */
bool	since_overlap(const char *, struct since_overlap *, struct err *);
/* <0, 0, >0. */
int	since_cmp(struct slice, struct slice);
/*
 * The value less the overlap, in the same spelling, behind the buffer.
 * ERR_USAGE where there is no such thing.
 */
bool	since_less(struct slice, const struct since_overlap *, struct buf *,
	    struct err *);

#endif
