/*
 * measure_relate - what one measure is to the next: its reference interval
 * (59% ≥50, 39(<40)), or what became of it (由8.0cm缩短至4.5cm).
 *
 * Private to measure.c.
 */
#ifndef EXTRACT_MEASURE_RELATE_H
#define EXTRACT_MEASURE_RELATE_H

#include "extract/measure.h"

/* Sets `reference` and `past` of the list, which is in order; linear. */
void		 measure_relate(struct slice view, struct measure *, size_t n);

#endif
