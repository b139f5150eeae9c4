/*
 * training - a model out of terms whose codes a person has approved, and how
 * right it is by five folds.
 *
 * The fold of a term is a digest of it.  For each fold everything is counted
 * and fitted on the other four; what is asked of the model while it is fitted
 * leaves the term at hand out of all counts.  Terms must be added in an order
 * that does not depend on where they came from; the same terms then give the
 * same bytes.
 */
#ifndef TERMS_TRAINING_H
#define TERMS_TRAINING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/slice.h"
#include "terms/lexicon.h"
#include "terms/model.h"
#include "terms/scores.h"
#include "terms/synonym.h"

#define TRAINING_LEAST	50	/* terms, for a model */

struct training;

/* list may be NULL; whole as in candidate.h. */
struct training	*training_new(const struct lexicon *list, bool whole,
		    const struct synonyms *);
void		 training_free(struct training *);	/* NULL is allowed */
/* A folded term with its codes; a term stands once.  Texts are copied. */
void		 training_add(struct training *, struct slice folded,
		    const struct slice *codes, const struct slice *displays,
		    size_t n);
size_t		 training_terms(const struct training *);
/*
 * The figures of the folds, and the image of a model of this field, system and
 * version, whose weights and cut are set, in the empty buffer.
 */
void		 training_run(struct training *, struct scores *,
		    struct model *, struct buf *);

#endif
