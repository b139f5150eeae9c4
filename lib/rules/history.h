/*
 * history - the runs of the past in a SQLite file: trends are drawn from it,
 * and drift is judged against it (mdx-summary(5)).
 *
 * A run costs the same however many there were: everything is found by its
 * key, and no more than the last HISTORY_RUNS are looked at.
 */
#ifndef RULES_HISTORY_H
#define RULES_HISTORY_H

#include "rules/summary.h"

#define HISTORY_RUNS 30

struct trend_point {
	struct slice	 run;		/* its name */
	uint64_t	 records, failing;
	unsigned	 score;		/* hundredths; of records > 0 */
	uint64_t	 rules[4];	/* by standing */
};

struct past {			/* of a rule, in the run before */
	bool		 known;
	uint64_t	 applicable, fail;
};

struct trend {
	struct arena	*arena;
	struct trend_point *points;	/* oldest first, this run last */
	size_t		 n;
	struct past	*past;		/* one for each rule of the summary */
};

/*
 * Adds the run, or replaces the one of its name in its place, and judges the
 * drift rules of the summary against the runs before it.  ERR_SERVICE where
 * the file is locked for ten seconds, ERR_INPUT where it is damaged, another
 * program's or of a newer version, ERR_OUTPUT where it cannot be written:
 * nothing of the run is in it then.
 */
struct trend	*history_add(const char *path, const char *run,
		    struct summary *, struct err *);
void		 trend_free(struct trend *);	/* NULL is allowed */

#endif
