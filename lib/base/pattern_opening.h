/*
 * pattern_opening - what matches of a pattern can begin with.
 *
 * Read from the pattern's text: the pairs of characters that its matches can
 * open with.  A list may hold more than there is, never less.  Characters are
 * told apart as far as ASCII and the Chinese ones go; all others are one.
 * Private to base/pattern_set.
 */
#ifndef BASE_PATTERN_OPENING_H
#define BASE_PATTERN_OPENING_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

#define OPENING_OTHER	0x80	/* any but ASCII and U+3000 to U+9FFF */

static inline uint16_t
opening_key(uint32_t c)
{
	return (uint16_t)((c > 0 && c < 0x80) || (c >= 0x3000 && c < 0xA000)
	    ? c : OPENING_OTHER);
}

/*
 * A class of all ideographs that patterns mean by 一-龥 is one key; it counts as
 * an opening where the pattern tells what stands before it.
 */
#define OPENING_HAN	0x82
#define OPENING_NO_HAN	0x83	/* before: none of them */
#define OPENING_HAN_FROM 0x4E00
#define OPENING_HAN_TO	0x9FA5

/*
 * Openings: what stands before, or 0, << 32 | the first key << 16 | the second,
 * or 0 for whatever may come second.  The caller frees the list; NULL where a
 * match can begin with anything, or nobody can tell.
 */
uint64_t	*opening_read(struct slice pattern, size_t *n);

#endif
