/*
 * pattern - regular expressions, through PCRE2.
 *
 * Patterns are Perl's, in UTF-8, with Unicode classes; compiled once (JIT
 * where the machine has it) and then const, so threads may share them.  A
 * subject need not be valid UTF-8: nothing matches across a bad byte.  Each
 * match has a limit on its steps, so that no pattern hangs on a note.
 */
#ifndef BASE_PATTERN_H
#define BASE_PATTERN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"

#define PATTERN_GROUPS	16	/* group 0 is the whole match */

enum {
	PATTERN_CASELESS = 1,
	PATTERN_WHOLE = 2,	/* must match the whole subject */
	PATTERN_LITERAL = 4,	/* no character is special */
	PATTERN_ANCHORED = 8	/* matches begin at `from` */
};

struct pattern;

struct pattern_match {
	size_t		 ngroups;	/* the highest that took part, + 1 */
	size_t		 from[PATTERN_GROUPS], to[PATTERN_GROUPS];
					/* byte offsets; from > to: no part */
};

/* ERR_USAGE; the text names the position (in characters, from 1). */
struct pattern	*pattern_compile(struct slice, unsigned flags, struct err *);
void		 pattern_free(struct pattern *);	/* NULL is allowed */

/* Without it each search costs a pass over the whole subject. */
bool		 pattern_has_jit(const struct pattern *);

/*
 * Looks from offset `from` on; what stands before it is context for
 * look-behind.  m may be NULL.  Returns 1, 0, or -1 with *e (ERR_DATA, code
 * "pattern_limit") where the match was given up.
 */
int		 pattern_search(const struct pattern *, struct slice,
		    size_t from, struct pattern_match *, struct err *);
/* The same as a plain question; a match given up counts as no. */
bool		 pattern_matches(const struct pattern *, struct slice);

/* A group's bytes; NULL where it took no part. */
struct slice	 pattern_group(const struct pattern_match *, struct slice,
		    size_t group);
/* The number of a named group, or -1. */
int		 pattern_name(const struct pattern *, const char *name);

#endif
