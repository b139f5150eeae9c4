/*
 * evidence - the search of candidate.h from inside: the text at hand, and the
 * features that it gives each candidate.  Private to candidate.c and
 * evidence.c.
 */
#ifndef TERMS_EVIDENCE_H
#define TERMS_EVIDENCE_H

#include "base/arena.h"
#include "base/buf.h"
#include "terms/candidate.h"
#include "terms/gram.h"
#include "terms/near.h"
#include "terms/part.h"

#define CHARACTERS	65536

/* A part of the text, in words of one sense; the first is the whole. */
struct part {
	struct slice	 plain;
	size_t		 ngrams, ncharacters;
	uint32_t	 grams[GRAM_MOST];
	uint16_t	 characters[GRAM_CHARACTERS];
};

/* What the text gives a label by its grams. */
struct label_evidence {
	float		 best[5];	/* P(label | gram), descending */
	uint32_t	 now;		/* terms with the gram at hand */
};

struct candidate_search {
	const struct lexicon *list, *terms;	/* either may be NULL */
	bool		 whole;
	const struct translation *translation;
	const struct synonyms *synonyms;
	struct near_search *near_list, *near_terms;
	uint32_t	*entry_of, *label_of;	/* label to entry and back */
	const struct slice *plains;	/* displays of labels, see translation */
	uint32_t	*place;		/* by entry, then label: found at + 1 */
	struct candidate found[CANDIDATE_MOST];
	size_t		 nfound;
	struct part	 parts[1 + PART_MOST];
	size_t		 nparts;
	struct arena	*tables, *arena;	/* for good; of one text */
	struct buf	 scratch;
	/* by character */
	float		*idf, *share;	/* share: P that the text means it */
	uint32_t	*stamp;
	uint32_t	 turn;
	bool		*hidden;	/* by term: not to be known */
	uint32_t	 but;		/* the one that is left out */
	uint16_t	 touched[CHARACTERS];
	size_t		 ntouched;
	struct label_evidence *labels;
};

void	evidence_fill(struct candidate_search *, uint32_t but);

#endif
