/*
 * edge - values at the edges of what a rule lets pass: one just within, one
 * just without.  What they say of good and bad follows from the rule's
 * spelling; whoever uses them asks the judge.
 */
#ifndef RULES_EDGE_H
#define RULES_EDGE_H

#include "rules/plan.h"

#define EDGE_PUTS 48

/* JSON at a field, or at a path from the record on (field NULL). */
struct edge_put {
	const struct field *field;
	struct slice	 path, json;
};

struct edge {
	bool		 good;
	const char	*what;
	struct edge_put puts[EDGE_PUTS];
	size_t		 n;
	bool		 twice;		/* the same record stands before it */
};

/*
 * Calls back for each; nothing for a check whose values do not follow from
 * its spelling.
 */
void	edge_values(const struct plan *, const struct test *, struct arena *,
	    void (*take)(void *, const struct edge *), void *ctx);

#endif
