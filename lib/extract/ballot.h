/*
 * ballot - several votes on one record become one answer an indicator: the
 * strict majority of what was proved, else a conflict, never a silent pick.
 *
 * Silence is a vote too (for nothing), and so is a claim without proof.
 */
#ifndef EXTRACT_BALLOT_H
#define EXTRACT_BALLOT_H

#include "extract/answer.h"

#define BALLOT_VOTES	15	/* at most */

/*
 * The outcome for one indicator; votes[i] is NULL where a vote is silent.
 * Where it is not unanimous its `why` says "votes 2/3".
 */
void	ballot(const struct answer *const *votes, unsigned n, struct arena *,
	    struct answer *out);

#endif
