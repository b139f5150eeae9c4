/*
 * pattern_start - where matches of a pattern can begin at all.
 *
 * PCRE tries a pattern at every character whose first byte fits, and Chinese
 * characters share six first bytes.  Read from the pattern are the pairs of
 * characters that a match can begin with; a look at two characters of the text
 * then spares the trial at most places.  What is kept is a sieve: it may let a
 * place through where nothing matches, and never holds one back where
 * something would.  Made once, then const.  Private to base/pattern.
 */
#ifndef BASE_PATTERN_START_H
#define BASE_PATTERN_START_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

struct pattern_start;

/* NULL where a match can begin with anything, or nobody can tell. */
struct pattern_start *pattern_start_new(struct slice pattern, bool caseless);
void		 pattern_start_free(struct pattern_start *);	/* NULL is allowed */
/* The first such place from a byte on; s.n where there is none. */
size_t		 pattern_start_next(const struct pattern_start *, struct slice,
		    size_t from);

#endif
