/*
 * measure_among - counts that are told in words as ratios: "17枚中3枚转移",
 * "共27枚，转移4枚", "5枚，均未见转移".
 */
#ifndef EXTRACT_MEASURE_AMONG_H
#define EXTRACT_MEASURE_AMONG_H

#include "extract/measure.h"

/* Makes the number of the whole a ratio; the number of the part is past. */
void		 measure_among(struct slice view, struct measure *, size_t n);

#endif
