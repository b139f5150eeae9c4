/*
 * pattern_factor - long lists of alternatives in the order of their first
 * characters.
 *
 * PCRE tries alternatives one by one.  Those that begin with one character each
 * shut one another out, so that a list of them may be sorted, and asked for by
 * halves: (?:(?=[a-f])(?:…)|…) finds what (?:…|…|…) does.  Private to
 * base/pattern_set.
 */
#ifndef BASE_PATTERN_FACTOR_H
#define BASE_PATTERN_FACTOR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"

/* Appends the pattern; false where there is something nobody reads here. */
bool		 factor(struct slice pattern, struct buf *);

#endif
