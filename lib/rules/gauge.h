/*
 * gauge - what a rule over the stream counts of the values of one group while
 * records pass, by its check: the sum (mean), how many are different
 * (distinct), the newest date (fresh), counts by bucket (quantile, drift).
 */
#ifndef RULES_GAUGE_H
#define RULES_GAUGE_H

#include "rules/bucket.h"
#include "rules/metric.h"
#include "rules/plan.h"
#include "rules/summary.h"

struct gauge {
	struct metric	 metric;
	struct histogram histogram;
};

/* Whether a value that is there can be measured; FAULT: *e says why not. */
enum outcome	 gauge_takes(enum check, struct datum *, struct scope *,
		    struct err *);
/* Counts a value, if it can be.  Memory is the arena's. */
void		 gauge_add(struct gauge *, struct arena *, const struct test *,
		    struct datum *, struct scope *);
void		 gauge_join(struct gauge *, struct arena *,
		    const struct gauge *);
/* Into the line of a summary whose arena it is; from NULL: nothing came. */
void		 gauge_fill(const struct gauge *from, const struct test *,
		    struct arena *, struct count_line *);
/* Adds what the line of a group measured to that over all. */
void		 gauge_total(struct count_line *total, struct arena *,
		    const struct count_line *);

#endif
