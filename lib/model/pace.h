/*
 * pace - so much a minute and no more: for a service's limits on requests
 * and tokens.
 *
 * What is spent moves the time of the next request on; a pause saves up one
 * second's worth.  A plain value; times are milliseconds of one clock.
 */
#ifndef MODEL_PACE_H
#define MODEL_PACE_H

#include <stdbool.h>
#include <stdint.h>

struct pace {
	uint64_t	 a_minute;	/* 0: no limit */
	int64_t		 next_us;	/* when more may be spent */
};

bool	pace_allows(const struct pace *, long now_ms);
/* Negative where more was noted than it came to. */
void	pace_spend(struct pace *, int64_t amount, long now_ms);

#endif
