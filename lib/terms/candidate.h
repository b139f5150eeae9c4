/*
 * candidate - the codes that a text may mean, each with what speaks for it.
 *
 * They come from the names of the list that are most like the text, whole and
 * by its parts, and from the labels of the approved terms most like it.  With
 * a model the features are filled and p is the regression's; without one p is
 * 0 and they are ordered by cosine.
 *
 * A search belongs to one thread.  The list may be NULL (a system of which
 * nothing was imported); then only what was learned is found.
 */
#ifndef TERMS_CANDIDATE_H
#define TERMS_CANDIDATE_H

#include <stdbool.h>

#include "terms/lexicon.h"
#include "terms/model.h"
#include "terms/synonym.h"

#define CANDIDATE_MOST	512

struct candidate {
	uint32_t	 entry;		/* of the list, or LEXICON_NONE */
	uint32_t	 label;		/* of the model, or LEXICON_NONE */
	uint32_t	 name;		/* of the list: most like the part */
	unsigned	 part, rank;	/* rank 0: not from the list */
	float		 cosine, near, cubes;
	double		 features[FEATURES];
	double		 p;
};

struct candidate_search;

/* whole: a label that the list lacks does not exist. */
struct candidate_search *candidate_new(const struct lexicon *list, bool whole,
		    const struct lexicon *terms, const struct translation *,
		    const struct synonyms *);
void		 candidate_free(struct candidate_search *);
/*
 * Leave one out: an approved term is not to be known, from now until the next
 * call; LEXICON_NONE: all are known.  labels: nor are the others that share a
 * label with it, as if its codes were new to the hospital.
 */
void		 candidate_hide(struct candidate_search *, uint32_t term,
		    bool labels);
/*
 * The candidates of a folded text, in no order; they are the search's and
 * live until its next call.
 */
size_t		 candidate_find(struct candidate_search *, struct slice folded,
		    struct candidate **);
/* p by these weights, or by cosine where they are NULL; best first. */
void		 candidate_rank(struct candidate *, size_t n,
		    const double *weights);

struct slice	 candidate_code(const struct candidate_search *,
		    const struct candidate *);
struct slice	 candidate_display(const struct candidate_search *,
		    const struct candidate *);

#endif
