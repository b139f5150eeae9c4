/*
 * translation - which characters of labels stand beside which grams of terms:
 * Ca beside the characters of 恶性肿瘤, counted from approved mappings.
 *
 * For each gram of the lexicon of approved terms, the characters that the
 * displays of its terms' labels have, with the number of terms; rare ones are
 * left out.  Flat, as the sections of an image:
 *
 *	starts  how many pairs before, one a gram and one more
 *	pairs   character, count
 */
#ifndef TERMS_TRANSLATION_H
#define TERMS_TRANSLATION_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "terms/lexicon.h"

struct translated {
	uint16_t	 character, count;
};

struct translation {
	const uint32_t	*starts;
	const struct translated *pairs;
};

/* Of each entry its display, folded, in words of one sense; in the arena. */
const struct slice *translation_plains(const struct lexicon *terms,
	    const struct synonyms *, struct arena *);
void	translation_make(const struct lexicon *terms,
	    const struct slice *plains, struct buf *starts, struct buf *pairs);
/* ERR_INPUT where it does not fit the terms. */
bool	translation_open(struct translation *, const struct lexicon *terms,
	    struct slice starts, struct slice pairs, struct err *);

#endif
