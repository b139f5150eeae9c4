/*
 * waiver - exceptions that somebody has accepted, until a day: a CSV of
 * rule, by, until, who and why (mdx-rules(5)).
 *
 * A waiver changes no count.  The failures it covers are counted apart and
 * enter no threshold; when its day is over they do again, and that is said.
 */
#ifndef RULES_WAIVER_H
#define RULES_WAIVER_H

#include "base/date.h"
#include "io/table.h"
#include "rules/summary.h"

struct waiver {
	struct slice	 rule, by, until, who, why;	/* by n 0: everywhere */
	uint64_t	 line;
	bool		 over;		/* its day is past */
	bool		 known;		/* the summary has the rule */
	bool		 used;		/* it changes what some rule stands at */
	uint64_t	 covers;	/* failures, less those covered before */
};

struct waivers {
	struct arena	*arena;
	const char	*path;
	struct waiver	*list;
	size_t		 n;
};

/* ERR_USAGE; all that is wrong is in faults. */
struct waivers	*waivers_load(const char *path, const struct date *now,
		    struct table_faults *, struct err *);
void		 waivers_free(struct waivers *);	/* NULL is allowed */
/*
 * Sets `waived` in the summary.  say hears of those whose day is over, whose
 * rule is not there, or that cover no failure.  ERR_USAGE where one names a key that is not in --by.
 */
bool		 waivers_apply(struct waivers *, struct summary *,
		    void (*say)(const char *line), struct table_faults *,
		    struct err *);

#endif
