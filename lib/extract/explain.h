/*
 * explain - every candidate of the wanted indicators, and why it won or lost.
 */
#ifndef EXTRACT_EXPLAIN_H
#define EXTRACT_EXPLAIN_H

#include "extract/candidate.h"
#include "extract/extract.h"

/* Emits one line of tab-separated values a candidate. */
void		 explain(const struct extract *, const struct reading *,
		    const struct candidates *, const struct answers *,
		    struct job *);

#endif
