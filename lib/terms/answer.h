/*
 * answer - a decided term as JSON: the codes for a record, the trail behind
 * them, and candidates.
 */
#ifndef TERMS_ANSWER_H
#define TERMS_ANSWER_H

#include "base/buf.h"
#include "terms/terms.h"

#define ANSWER_P	16
/* What `note` says of a code in the data that the name does not have. */
#define ANSWER_DISAGREES "code_name_disagree"

/* Four places, cut and not rounded: what is below a cut stays below it. */
void	answer_p(double p, char to[ANSWER_P]);
/* "code|display|p", as a review file has it; without p where there is none. */
struct slice answer_cell(struct arena *, const struct term_code *);
/* The array F_codes; found: with p and method. */
void	answer_put_codes(struct buf *, const struct term_answer *, bool found);
/* Members of norm.F, without braces: status, reason, note, codes, alts. */
void	answer_put_trail(struct buf *, const struct term_answer *);
/* Objects of code, display and p, with commas between. */
void	answer_put_candidates(struct buf *, const struct term_code *,
	    size_t n);

#endif
