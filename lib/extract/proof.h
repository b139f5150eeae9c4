/*
 * proof - what of a model's claims holds (extract/verify): the claims of one
 * vote, out of all of its pieces, as answers.
 *
 * Pieces overlap where a text or a list was split; where two of them prove
 * different values the answer is a conflict that shows both.
 */
#ifndef EXTRACT_PROOF_H
#define EXTRACT_PROOF_H

#include "extract/inquiry.h"
#include "extract/verify.h"

struct proof {			/* all belongs to the caller */
	const struct inquiry *inquiry;
	const struct candidates *found;
	struct answers	*answers;	/* of the rules; objects are added */
	const struct source *sources;
	size_t		 nsources;
	struct slice	 model;
};

/* Adds the rows of group objects that only this vote tells of. */
void		 prove_vote(const struct proof *, unsigned vote,
		    struct answers *out);

bool		 answer_has_value(const struct answer *);
/* "[one,other]", null for what is none; in the arena. */
struct slice	 answer_both(struct slice one, struct slice other,
		    struct arena *);

#endif
