/*
 * metric - what a rule over the stream knows of the values in one group, and
 * adds up over groups and shards: an exact sum, how many values are different,
 * the newest date.  Counts by bucket stand beside it (rules/bucket.h).
 */
#ifndef RULES_METRIC_H
#define RULES_METRIC_H

#include "rules/distinct.h"
#include "rules/total.h"

struct metric {
	uint64_t	 values;	/* of the sum */
	struct total	 sum;
	struct distinct	*distinct;	/* NULL: not asked for */
	bool		 dated, day;	/* day: of the newest no more is known */
	int64_t		 newest;	/* seconds since 1970 */
};

/* Memory is the arena's. */
void	metric_join(struct metric *, struct arena *, const struct metric *);
/* The later of two; of one moment the one that is known to the second. */
void	metric_date(struct metric *, int64_t seconds, bool day);

#endif
