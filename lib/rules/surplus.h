/*
 * surplus - the group （其余）, under which the groups beyond --max-groups
 * count.
 *
 * Kept are the groups whose names have the smallest digests, as of samples:
 * a group that is among the smallest of the whole is so in every part, so that
 * neither the order of the records nor the cut into shards shows.  A department
 * may have that name of its own: only what is `folded` speaks of a surplus.
 */
#ifndef RULES_SURPLUS_H
#define RULES_SURPLUS_H

#include "rules/summary.h"

/* The JSON of `by` in which every key says （其余）; in the arena. */
struct slice	 surplus_name(const struct slice *by, size_t nby,
		    struct arena *);
/* <0, 0, >0: the larger of two groups goes first. */
int		 surplus_order(struct slice a, uint64_t digest_a,
		    struct slice b, uint64_t digest_b);
/* The records that count there; 0: all groups are kept. */
uint64_t	 surplus_records(const struct summary *);
/*
 * Puts the groups beyond the summary's ceiling together.  The lines are to be
 * sorted and refreshed then.
 */
void		 surplus_fold(struct summary *);

#endif
