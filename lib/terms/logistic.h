/*
 * logistic - logistic regression by Newton's method.
 *
 * A fixed number of steps from zero, the first of them on every fourth
 * example, sums in the order of the examples: the same examples give the same
 * weights to the last bit, on every machine.  Examples that are all but
 * certain are left out of the second derivative, which only steers.
 */
#ifndef TERMS_LOGISTIC_H
#define TERMS_LOGISTIC_H

#include <stdbool.h>
#include <stddef.h>

#define LOGISTIC_MOST	32	/* features */

/* Half the ridge times the squared weights is added to the loss. */
void	logistic_fit(const float *features, const bool *right, size_t n,
	    size_t nfeatures, double ridge, double *weights);

#endif
