/*
 * finder - a term decided by all stages: those of terms.h, then candidates by
 * likeness and by what was learned from the hospital's approved mappings.
 *
 * A learned code is written where its probability is at least `accept`; what
 * is less sure is for a person, who sees the best candidates.  Without a model
 * nothing is written, and the p of a candidate is only how like it is.  A
 * finder belongs to one thread; the terms are shared.
 */
#ifndef TERMS_FINDER_H
#define TERMS_FINDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "terms/terms.h"

#define FINDER_TOP	5
#define FINDER_MOST	50	/* of top */

struct finder_options {
	double		 accept;
	bool		 best;	/* accept is the cut that learn found best, and
				   the best candidate is always written */
	size_t		 top;	/* candidates kept */
};

/*
 * accept: a probability, "f1" for the cut that learn found best, or NULL for
 * 0.9; top: from 1 to FINDER_MOST.  ERR_USAGE names the one that is not.
 */
bool		 finder_options_parse(const char *accept, uint64_t top,
		    struct finder_options *, struct err *);

struct finder;

/* The options are copied. */
struct finder	*finder_new(const struct terms *,
		    const struct finder_options *);
void		 finder_free(struct finder *);	/* NULL is allowed */

/*
 * all: candidates whatever the status, else only where a person is needed.
 * The answer's arrays and new texts live in the arena.
 */
void		 finder_find(struct finder *, const struct term_query *,
		    bool all, struct arena *, struct term_answer *);

#endif
