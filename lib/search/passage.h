/*
 * passage - a text cut for search: pieces of at most PASSAGE_MAX code points
 * that begin and end with sentences, one sentence shared by neighbours.
 *
 * A sentence that is longer is cut where it must be, its pieces sharing one
 * character: so every pair of characters stands in some passage, on which
 * the exact search relies.  Together the passages hold the whole text.
 */
#ifndef SEARCH_PASSAGE_H
#define SEARCH_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/slice.h"

#define PASSAGE_MAX	500

struct span {
	size_t	 from, to;		/* bytes */
	size_t	 first, behind;		/* the same in code points */
	bool	 cut;			/* no sentence ends here */
};

/* Returns false to stop. */
typedef bool	passage_take(void *ctx, const struct span *);

bool		passage_cut(struct slice text, passage_take *, void *ctx);
/*
 * The next sentence; *s must be zero at first.  False at the end.  What ends
 * it (a stop, a line feed and blanks) belongs to it.
 */
bool		passage_sentence(struct slice text, struct span *s);

#endif
