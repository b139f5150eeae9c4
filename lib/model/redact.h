/*
 * redact - a text without what identifies its patient, and the way back.
 *
 * Before a text is sent, names, numbers and addresses (deid/find) become
 * tokens such as `[[name-A]]`, the same value the same token.  Quotes that
 * come back are put back before anybody looks for them in the text.  Dates
 * and ages stay: indicators are made of them.
 */
#ifndef MODEL_REDACT_H
#define MODEL_REDACT_H

#include <stddef.h>

#include "base/arena.h"
#include "base/slice.h"
#include "deid/find.h"

struct redacted {
	struct slice	 text;
	struct slice	*tokens, *values;	/* one a different value */
	size_t		 n;
	struct replaced	*places;		/* in their order */
	size_t		 nplaces;
};

struct replaced {
	size_t		 from, to;	/* bytes of the text that was */
	size_t		 at, end;	/* of the text without them */
};

/* Everything in the arena, but for slices of the text itself. */
void		 redact(const struct deid_words *, struct slice text,
		    const struct known *, size_t nknown, struct arena *,
		    struct redacted *);
/* The quote with its tokens put back: itself where it has none. */
struct slice	 redact_restore(const struct redacted *, struct slice quote,
		    struct arena *);

/* The way there for a quote of the text that was: its values as tokens. */
struct slice	 redact_quote(const struct redacted *, struct slice quote,
		    struct arena *);
/* Where a byte of the text that was is now; within a token: its end. */
size_t		 redact_offset(const struct redacted *, size_t byte);

#endif
