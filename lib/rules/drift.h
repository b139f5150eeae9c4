/*
 * drift - how far a distribution has moved: counts by category or interval,
 * and the population stability index between two of them.
 *
 *	PSI = sum over bins of (a - b) ln(a / b), a and b the shares
 *
 * Each bin gets half a value more, so that an empty one is no infinity.  More
 * than 20 bins that are all numbers are put together to ten intervals first,
 * each with a tenth of the values of before.
 */
#ifndef RULES_DRIFT_H
#define RULES_DRIFT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

#define BINS_MOST UINT64_C(10000000000000)	/* of anything counted */
#define DRIFT_LEAST 100		/* values on each side, to be judged at all */
#define DRIFT_EACH 20		/* ... and so many for each bin: the index of
				   a few is chance */
#define DRIFT_PARTS 10		/* intervals of many numbers */
#define DRIFT_LIMIT 0.2		/* where a rule's arg names none */

enum drift {			/* open: there was nothing to compare with */
	DRIFT_OPEN, DRIFT_FEW, DRIFT_SMALL, DRIFT_LARGE
};

struct bin {
	struct slice	 label;
	uint64_t	 n;
};

struct bins {			/* by label */
	struct bin	*list;
	size_t		 n, room;
};

/* The label is kept by reference; the list grows in the arena. */
void	bins_add(struct bins *, struct arena *, struct slice label, uint64_t n);
/* Adds the second to the first; labels are copied. */
void	bins_join(struct bins *, struct arena *, const struct bins *);
uint64_t bins_count(const struct bins *);
/* False where either side has too few values. */
bool	bins_drift(const struct bins *now, const struct bins *before,
	    double *psi);

#endif
