/*
 * matcher - all words of a document type found in one pass over a text.
 *
 * Words are UTF-8; ASCII letters match in any case, and a word that begins or
 * ends with one never matches inside a longer Latin word.  Built once, then
 * const: threads may share it.  Time is that of the text and its hits; at a
 * byte where no word begins, of how far the text goes on like one.
 */
#ifndef EXTRACT_MATCHER_H
#define EXTRACT_MATCHER_H

#include <stdint.h>

#include "base/arena.h"
#include "base/slice.h"

struct matcher;

struct hit {
	uint32_t	 from, to;	/* bytes of the text */
	uint32_t	 word;		/* number that it was added with */
};

struct matcher	*matcher_new(void);
void		 matcher_free(struct matcher *);	/* NULL is allowed */
/* The same word may be added with several numbers. */
void		 matcher_add(struct matcher *, struct slice word,
		    uint32_t number);
void		 matcher_build(struct matcher *);
/* In order of from, the longest first; in the arena. */
struct hit	*matcher_scan(const struct matcher *, struct slice text,
		    struct arena *, size_t *n);

#endif
