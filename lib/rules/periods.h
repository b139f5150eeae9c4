/*
 * periods - for each key the moments that some period has covered, so that a
 * new one can be asked whether it overlaps.  In memory alone.
 */
#ifndef RULES_PERIODS_H
#define RULES_PERIODS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct periods;

struct periods	*periods_new(uint64_t memory);
void		 periods_free(struct periods *);	/* NULL is allowed */
/*
 * Whether [from, to) has a moment in common with one added before, or, where it
 * is none, whether `from` lies within one; adds it.
 * 1, 0, or -1 with ERR_OUTPUT: more than the memory.
 */
int		 periods_add(struct periods *, struct slice key, int64_t from,
		    int64_t to, struct err *);

#endif
