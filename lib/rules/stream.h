/*
 * stream - rules over the stream (row_count, rate, distinct, mean, quantile,
 * fresh): their arguments, and how a summary stands against them.
 *
 *	[100,]		row_count, distinct
 *	[95%,]		rate; also [0.95,]
 *	[3.9,6.1]	mean
 *	50% [3.9,6.1]	quantile
 *	2d		fresh: at most so long before now
 *
 * With --by each group is judged, and a rule stands as the worst of them;
 * `overall` behind the argument judges all groups together.
 */
#ifndef RULES_STREAM_H
#define RULES_STREAM_H

#include "rules/expr.h"
#include "rules/summary.h"

struct stream_arg {
	struct interval	 interval;
	bool		 percent;	/* of a rate: as 95, not 0.95 */
	struct decimal	 share;		/* of a quantile, 0 to 1 */
	long long	 age;		/* seconds */
	bool		 overall;
};

/* Whether the check is one of them. */
bool	stream_is(enum check);
/* Whether its argument decides no count, but how the counts stand. */
bool	stream_is_threshold(enum check);
/* ERR_USAGE. */
bool	stream_parse(enum check, struct slice, struct resolver *,
	    struct stream_arg *, struct err *);
/*
 * Judges the lines of these rules and the rules by them; all that make or
 * change a summary end with it, behind summary_sort.
 */
void	stream_judge(struct summary *);
/* The rule by its lines, once some of them were accepted. */
void	stream_conclude(struct summary *, struct rule_lines *);

#endif
