/*
 * roll - how often each of a few texts occurs.
 *
 * Where there are more than ROLL_MOST of them, or one is longer than
 * ROLL_LONGEST, it gives up for good: so what it says hangs neither on the
 * order of the texts nor on the cut, and its size is bounded.
 */
#ifndef RULES_ROLL_H
#define RULES_ROLL_H

#include <stdbool.h>

#include "base/hash.h"

#define ROLL_MOST	256
#define ROLL_LONGEST	60	/* bytes: twenty Chinese characters */

struct roll {			/* { 0 } is empty */
	struct index	*names;
	uint64_t	*counts;
	size_t		 room;
	bool		 many;
};

void	roll_add(struct roll *, struct slice, uint64_t n);
void	roll_join(struct roll *, const struct roll *);
size_t	roll_count(const struct roll *);
void	roll_release(struct roll *);

#endif
