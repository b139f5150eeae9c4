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
 * At most `room` names, best first.  hidden: by name, those that are not to be
 * found; may be NULL.
 */
size_t		 near_find(struct near_search *, const uint32_t *grams,
		    size_t n, const bool *hidden, struct near *, size_t room);

#endif
