/*
 * pick - the cells of a review file: what a reviewer chose, and candidates.
 */
#ifndef TERMS_PICK_H
#define TERMS_PICK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

#define PICK_MOST	5	/* cand1 to cand5 */

struct pick {
	struct slice	 code, display;
};

/* "code|display|p"; code.n 0 where the cell is empty. */
struct pick	 pick_of(struct slice candidate);
/*
 * "1", "1+3" or "0": those candidates, each once; false where a number has
 * none.
 */
bool		 pick_read(struct slice, const struct slice cands[PICK_MOST],
		    struct pick list[PICK_MOST], size_t *n);

#endif
