/*
 * scores - how right ranked answers are, on terms whose codes are known.
 *
 * Precision, recall and F1 are of codes: those with p of at least the cut, and
 * always the best one.  Coverage goes from the surest first answer down.
 * Terms with equal p count in the order they came in.
 */
#ifndef TERMS_SCORES_H
#define TERMS_SCORES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

struct scores;

struct scored {
	double		 p;
	bool		 right;
};

struct scores	*scores_new(void);
void		 scores_free(struct scores *);	/* NULL is allowed */
/* A term with so many right codes, and its answers, best first. */
void		 scores_add(struct scores *, size_t right,
		    const struct scored *, size_t n);
size_t		 scores_terms(const struct scores *);
/* The cut with the best F1, in hundredths. */
double		 scores_cut(const struct scores *);
/* Of answers with p of 0.9 and more: how many, and how many are right. */
void		 scores_sure(const struct scores *, size_t *n, size_t *right);
/* Members "terms" to "accept_f1" of mdx-normalize(1), without braces. */
void		 scores_put(const struct scores *, double cut, struct buf *);

#endif
