/*
 * near - the names of a lexicon that are most like a text: cosine of their
 * grams, weighted by idf.
 *
 * A search belongs to one thread; it keeps one number a name.  Equal cosines
 * stand in the order of the names, so the answer is the same everywhere.
 */
#ifndef TERMS_NEAR_H
#define TERMS_NEAR_H

#include "terms/lexicon.h"

struct near {
	uint32_t	 name;
	float		 cosine;
};

struct near_search;

struct near_search *near_new(const struct lexicon *);
void		 near_free(struct near_search *);	/* NULL is allowed */
/*
 * At most `room` names, best first.  but: a name that is not to be found, or
 * LEXICON_NONE.
 */
size_t		 near_find(struct near_search *, const uint32_t *grams,
		    size_t n, uint32_t but, struct near *, size_t room);

#endif
