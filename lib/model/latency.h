/*
 * latency - how long answers took: a histogram whose steps are a quarter of
 * an octave, so that a percentile is right to a tenth.  A plain value.
 */
#ifndef MODEL_LATENCY_H
#define MODEL_LATENCY_H

#include <stdint.h>

#define LATENCY_STEPS	96

struct latency {
	uint64_t	 steps[LATENCY_STEPS];
	uint64_t	 n;
};

void		 latency_add(struct latency *, unsigned long ms);
/* Milliseconds that so many percent of all did not exceed; 0 where none. */
unsigned long	 latency_percentile(const struct latency *, unsigned percent);

#endif
