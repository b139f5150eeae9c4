/*
 * unmet - rows of --join and --corrections that no record has taken.
 *
 * Follow-up of which half is under another key looks like a night with little
 * follow-up, so it is counted in the report and said in one line.
 */
#ifndef EXTRACT_UNMET_H
#define EXTRACT_UNMET_H

#include "extract/extract.h"

enum {
	ROW_MET = 1,		/* a record has its key */
	ROW_USED = 2		/* and took its value */
};

void	unmet_init(struct extract_met *, const struct extract *);
void	unmet_release(struct extract_met *);
void	unmet_add(struct extract_met *to, const struct extract *,
	    const struct extract_met *);
/* Members "join" and "corrections", each with a comma behind it. */
void	unmet_report(const struct extract *, struct buf *);
/* The line, where there is anything to say. */
void	unmet_say(const struct extract *, struct run *);

#endif
