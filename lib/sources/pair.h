/*
 * pair - a second thread for who reads rows.
 *
 * Making an object of a row (its text decoded, cut or checked, and written)
 * needs nothing but the row and what is settled before.  The second thread
 * does this for a batch of rows, while the reader frames the next ones and
 * accounts for the ones before; a third reads the bytes ahead.
 */
#ifndef SOURCES_PAIR_H
#define SOURCES_PAIR_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"
#include "sources/member.h"

#define PAIR_WORTH ((uint64_t)256 << 10) /* bytes behind which it pays */

/* What came of a row that was made into an object elsewhere. */
struct made {
	struct slice	 object;
	const char	*encoding;
	const struct err *why;		/* or why it was not, else NULL */
};

/* `make` and `is_row` are called in the second thread, the others are not. */
struct pair_reader {
	void		*ctx;
	/* As framer_next. */
	bool		 (*next)(void *ctx, struct frame *, struct err *);
	bool		 (*is_row)(void *ctx, const struct frame *);
	/*
	 * The row as an object without its closing brace, behind what is in
	 * the buffer; nothing is added where it fails.  JSON_SLACK bytes
	 * behind the row can be read.
	 */
	bool		 (*make)(void *ctx, struct slice row,
			    const char **encoding, struct buf *,
			    struct err *why);
	/* Whatever the frame is: a record, a reject or a skip. */
	bool		 (*take)(void *ctx, const struct frame *,
			    const struct made *, struct err *);
};

/* The row as a record, or set aside: what `take` does with what was made. */
bool	pair_take(struct member *, struct piece *, const struct made *,
	    struct err *);
/*
 * Reads on to the end.  False where the run cannot go on; *started false:
 * there is no second thread, and nothing was read.
 */
bool	pair_read(struct member *, const struct pair_reader *, bool *started,
	    struct err *);

#endif
