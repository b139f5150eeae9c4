/*
 * pattern_set - several patterns that are looked for in the same text.
 *
 * PCRE tries a pattern at every character whose first byte fits, and Chinese
 * characters share six first bytes.  Here one pass over the text notes where
 * which pattern, and which branch of (?|a|b), could begin, told by two characters,
 * the one before, and one that each match must come to (癌, of a name of a
 * tumour) over nothing but what may stand before it; at all other places none is
 * tried.  What is found is what a search of the text would find.  Where PCRE has
 * no JIT each try would cost all of the text: there it is searched.
 *
 * Built once, then const: threads may share it.
 */
#ifndef BASE_PATTERN_SET_H
#define BASE_PATTERN_SET_H

#include <stdint.h>

#include "base/arena.h"
#include "base/pattern.h"

struct pattern_set;

struct pattern_place {
	size_t		 at;		/* byte of the text */
	uint64_t	 branches;	/* mask of what may begin there */
};

struct pattern_places {			/* of one text */
	struct pattern_place *list;
	size_t		 n;
};

struct pattern_set *pattern_set_new(void);
void		 pattern_set_free(struct pattern_set *);	/* NULL is allowed */
/* The number of the pattern, from 0; -1 with *e where it is none. */
long		 pattern_set_add(struct pattern_set *, struct slice,
		    struct err *);
/* In the arena. */
struct pattern_places pattern_set_survey(const struct pattern_set *,
		    struct slice text, struct arena *);
/* As pattern_search, for one of the set; places: of the same text. */
int		 pattern_set_search(const struct pattern_set *, long number,
		    const struct pattern_places *, struct slice, size_t from,
		    struct pattern_match *, struct err *);

#endif
