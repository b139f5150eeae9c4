/*
 * view - a text as the rules read it, with the way back to every character.
 *
 * Full width becomes half width, the signs of multiplication, ranges and
 * primes become one each, blanks and line breaks inside a word or a number
 * are dropped (a `gap` is left where one was).  For each byte of the view the
 * maps say where its character begins in the original, in bytes and in code
 * points.  Everything lives in the arena; the original is kept by reference.
 */
#ifndef EXTRACT_VIEW_H
#define EXTRACT_VIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct view {
	struct slice	 original;
	struct slice	 text;		/* UTF-8 */
	uint32_t	*byte, *code;	/* text.n + 1 entries each */
	uint8_t		*gap;		/* blanks stood before this byte */
	size_t		 gaps;		/* how many there are, at the most */
	bool		 noisy;		/* blanks within words, as OCR leaves */
	bool		 spaced;	/* blanks everywhere: they end nothing */
};

/* Half open, in code points of the original. */
struct span {
	uint32_t	 from, to;
};

void		 view_make(struct view *, struct slice text, struct arena *);
/* The bytes [from,to) of the view, as they stand in the original. */
struct slice	 view_quote(const struct view *, size_t from, size_t to);
/* The same without the blanks that the view has dropped; in the arena. */
struct slice	 view_words(const struct view *, size_t from, size_t to,
		    struct arena *);
struct span	 view_span(const struct view *, size_t from, size_t to);

#endif
