/*
 * rating - the things of a lexicon that a text rates: the drugs that an
 * organism resists.
 *
 * A rating stands behind its names (头孢他啶 ≥64 R, 对A、B均耐药), before them
 * as the head of a list (耐药:A、B), or in a column for each object.  The names
 * that have the ratings of the field's `as` are its text.
 */
#ifndef EXTRACT_RATING_H
#define EXTRACT_RATING_H

#include "extract/finder.h"

/* Candidates of all fields that are rated. */
void		 rating_find(struct finder *);

#endif
