/*
 * brace - words written together: "停{,用}{A,B}" stands for 停A, 停B, 停用A and
 * 停用B.
 *
 * Braces do not nest; an alternative may be empty.  A brace without its other
 * one, and one that holds no comma, is a character like others.
 */
#ifndef BASE_BRACE_H
#define BASE_BRACE_H

#include "base/arena.h"
#include "base/slice.h"

#define BRACE_MOST	4096	/* words that one may stand for */

/*
 * The words that s stands for, in order, *n of them, at least one; NULL where
 * they would be more than BRACE_MOST.  A word without braces is s itself.
 */
struct slice	*brace_expand(struct slice s, struct arena *, size_t *n);
/* What word number i of those n has of the first brace; n 0 without one. */
struct slice	 brace_first(struct slice s, size_t i, size_t n);

#endif
