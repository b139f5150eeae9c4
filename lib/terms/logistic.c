#include "terms/logistic.h"

#include <math.h>

#include "terms/plain_math.h"

#define ROUGH 7     /* steps on every fourth example */
#define FINE  4     /* on all */
#define FLAT  0.001 /* a slope below bends nothing */

struct system {
	double hessian[LOGISTIC_MOST][LOGISTIC_MOST]; /* lower half */
	double gradient[LOGISTIC_MOST];
	size_t n;
};

static void
add_example(struct system *s, const float *x, bool right, const double *weights)
{
	double sum = 0, p, slope, error;

	for (size_t i = 0; i < s->n; i++)
		sum += weights[i] * (double)x[i];
	p = plain_logistic(sum);
	slope = p * (1 - p);
	error = (right ? 1 : 0) - p;
	for (size_t i = 0; i < s->n; i++)
		s->gradient[i] += error * (double)x[i];
	for (size_t i = 0; slope > FLAT && i < s->n; i++) {
		double scaled = slope * (double)x[i];

		for (size_t k = 0; k <= i; k++)
			s->hessian[i][k] += scaled * (double)x[k];
	}
}

/* Cholesky; the ridge keeps the matrix positive. */
static void
solve(struct system *s, double *step)
{
	double(*a)[LOGISTIC_MOST] = s->hessian;

	for (size_t i = 0; i < s->n; i++)
		for (size_t k = 0; k <= i; k++) {
			double sum = a[i][k];

			for (size_t j = 0; j < k; j++)
				sum -= a[i][j] * a[k][j];
			a[i][k] = i == k ? sqrt(sum) : sum / a[k][k];
		}
	for (size_t i = 0; i < s->n; i++) {
		double sum = s->gradient[i];

		for (size_t k = 0; k < i; k++)
			sum -= a[i][k] * step[k];
		step[i] = sum / a[i][i];
	}
	for (size_t i = s->n; i-- > 0;) {
		double sum = step[i];

		for (size_t k = i + 1; k < s->n; k++)
			sum -= a[k][i] * step[k];
		step[i] = sum / a[i][i];
	}
}

void
logistic_fit(const float *features, const bool *right, size_t n,
    size_t nfeatures, double ridge, double *weights)
{
	for (size_t i = 0; i < nfeatures; i++)
		weights[i] = 0;
	for (int step = 0; step < ROUGH + FINE; step++) {
		size_t stride = step < ROUGH ? 4 : 1;
		struct system s = { .n = nfeatures };
		double by[LOGISTIC_MOST];

		for (size_t i = 0; i < nfeatures; i++) {
			s.hessian[i][i] = ridge;
			s.gradient[i] = -ridge * weights[i];
		}
		for (size_t i = 0; i < n; i += stride)
			add_example(
			    &s, features + i * nfeatures, right[i], weights);
		solve(&s, by);
		for (size_t i = 0; i < nfeatures; i++)
			weights[i] += by[i];
	}
}
