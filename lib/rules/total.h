/*
 * total - an exact sum of decimal numbers, whatever the order of adding.
 *
 * Nine decimal digits a limb, of 10^-18, 10^-9, 1, 10^9 and 10^18; a limb may
 * be larger, or of another sign than its neighbour, until it is read.
 */
#ifndef RULES_TOTAL_H
#define RULES_TOTAL_H

#include <stdint.h>

#include "base/decimal.h"

#define TOTAL_LIMBS	5
#define TOTAL_PLACES	18	/* before the point, and behind it */

struct total {
	int64_t		 limbs[TOTAL_LIMBS];
};

/* Whether a number has no digit further from the point than TOTAL_PLACES. */
bool		total_fits(const struct decimal *);
/* It must fit. */
void		total_add(struct total *, const struct decimal *);
void		total_join(struct total *, const struct total *);
/* Without needless zeros; digits in the arena. */
struct decimal	total_decimal(const struct total *, struct arena *);
/* A sum as total_decimal spells it. */
bool		total_parse(struct slice, struct total *);

#endif
