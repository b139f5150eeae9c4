/*
 * pattern_opening - what matches of a pattern can begin with.
 *
 * Read from the pattern's text: the pairs of characters that its matches can
 * open with.  A list may hold more than there is, never less.  Characters are
 * told apart as far as ASCII and the Chinese ones go; all others are one.
 * Beside them: characters of which each match has one, and those that may stand
 * before the first of these.  Private to base/pattern_set.
 */
#ifndef BASE_PATTERN_OPENING_H
#define BASE_PATTERN_OPENING_H

#include <stdbool.h>
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
 * Keys of several characters: a class of all ideographs, which patterns spell
 * 一-龥, and a run of digits, whose second key is that of what follows the run.
 */
#define OPENING_HAN	0x82
#define OPENING_RUN	0x83
#define OPENING_HAN_FROM 0x4E00
#define OPENING_HAN_TO	0x9FA5

static inline bool
opening_is_han(uint32_t c)
{
	return c >= OPENING_HAN_FROM && c <= OPENING_HAN_TO;
}

/* What stands before a match: ASCII, 0 the text's begin; others are two. */
#define BEFORE_HAN	0x80
#define BEFORE_OTHER	0x81
#define BEFORE_KINDS	0x82

static inline unsigned
opening_before(uint32_t key)
{
	return key < 0x80	   ? key
	    : opening_is_han(key) ? BEFORE_HAN
				  : BEFORE_OTHER;
}

/*
 * A set of characters, by cells of their keys: ASCII and the signs from U+3000 on
 * have their own, others share one.
 */
#define SIGNS_PLAIN	0x100
#define SIGNS_SHARED	0x140
#define SIGNS		4096

struct signs {
	uint64_t	 bits[SIGNS / 64];
};

static inline unsigned
signs_cell(uint32_t key)
{
	return key < SIGNS_PLAIN ? key
	    : key < 0x3040 ? SIGNS_PLAIN + (key & 0x3F)
			   : SIGNS_SHARED + key % (SIGNS - SIGNS_SHARED);
}

/* What the matches of a pattern hold. */
struct hold {
	struct signs	 all;
	struct signs	 must;		/* one of these, if there are any; */
	struct signs	 before;	/* and what may stand before it */
	size_t		 musts;
};

struct opening {
	uint16_t	 first;		/* key */
	uint16_t	 second;	/* key; 0: whatever may come second */
	uint32_t	 before;	/* number of a set + 1; 0: whatever */
};

struct before {
	bool		 has[BEFORE_KINDS];
};

#define OPENING_BEFORES	8

struct openings {
	struct opening	*list;
	size_t		 n;
	struct before	 sets[OPENING_BEFORES];
	struct hold	 hold;
};

/* The caller releases it; false where a match can begin with anything, or nobody can tell. */
bool		 opening_read(struct slice pattern, struct openings *);
void		 openings_release(struct openings *);

#endif
