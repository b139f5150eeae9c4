/*
 * rival - the candidates of an indicator that an answer does not rest on.
 */
#ifndef EXTRACT_RIVAL_H
#define EXTRACT_RIVAL_H

#include "extract/candidate.h"
#include "extract/evidence.h"

/* Gives each answer those of its field, and of its object, in text order. */
void		 rivals_add(struct answers *, const struct reading *,
		    const struct candidates *, const struct source *,
		    size_t nsources);

#endif
