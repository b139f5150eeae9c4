/*
 * reread - the words and thresholds of a summary's rules, taken from the rules
 * as they are now: what decides no count needs no second scan.
 */
#ifndef RULES_REREAD_H
#define RULES_REREAD_H

#include "rules/tally.h"

/*
 * Severity, max_fail, points and texts.  ERR_USAGE where the counts were made
 * by other rules.  Points: what the failures cost is counted anew; *rough
 * where a record may have lost more than it had, which no count tells.
 */
bool	summary_reread(struct summary *, const char *name,
	    const struct plan *, bool *rough, struct err *);

#endif
