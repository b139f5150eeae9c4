/*
 * ecma - regular expressions of ECMA-262 (with its flag u), as base/pattern
 * reads them.
 *
 * What both write alike and mean differently is written anew: $ is the very
 * end, . is no line end (LF, CR, U+2028, U+2029), \d \w \b are ASCII, \s is
 * ECMA's list of blanks, [] is nothing and [^] everything.  What has no exact
 * counterpart is refused: back references, properties that PCRE2 does not
 * know, and all that ECMA itself refuses.  One thing more is read than ECMA
 * reads: a punctuation sign may be escaped wherever it stands (\- \_ \").
 */
#ifndef BASE_ECMA_H
#define BASE_ECMA_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/* Behind what is in the buffer.  ERR_USAGE names the character, from 1. */
bool	ecma_pattern(struct slice, struct buf *to, struct err *);

#endif
