/*
 * pattern_branch - the alternatives of a pattern that is nothing but these.
 *
 * Of (?|a|b) each numbers its groups from 1, and those of a|b that have no
 * groups with numbers have none to tell apart: each is a pattern of its own.
 * Private to base/pattern_set.
 */
#ifndef BASE_PATTERN_BRANCH_H
#define BASE_PATTERN_BRANCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

/*
 * The alternatives in their order, at most so many; 1, and the pattern itself,
 * where it has no such form, more of them, or what nobody reads here.  Where
 * they are numbered those of a|b may have groups with numbers, and are none of
 * their own.
 */
size_t		 branch_read(struct slice pattern, bool numbered,
		    struct slice *list, size_t most);

/* Behind the class that begins at the byte; the end where it is not closed. */
size_t		 branch_behind_class(struct slice pattern, size_t at);

#endif
