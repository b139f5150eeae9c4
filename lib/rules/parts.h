/*
 * parts - a summary cut by one key of --by, the other keys added up: its
 * departments, or its months.
 */
#ifndef RULES_PARTS_H
#define RULES_PARTS_H

#include "rules/summary.h"

struct part {
	struct slice	 by;		/* {"dept":"..."}, JSON */
	struct slice	 value;		/* as JSON has it */
	uint64_t	 records, failing, lost;
};

struct parts {			/* in the order of the groups */
	struct slice	 key;
	struct part	*list;
	size_t		 n;
	struct index	*values;
};

/*
 * The first key that is a date cut to its day, month or year (time), or that
 * is none; n 0 where --by has no such key.
 */
struct slice	parts_key(const struct summary *, bool time);
void		parts_make(const struct summary *, struct slice key,
		    struct arena *, struct parts *);
void		parts_release(struct parts *);
/* The number of a group's part, or -1. */
long		parts_find(const struct parts *, struct slice by,
		    struct arena *);

#endif
