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
};

/* Everything in the arena, but for slices of the text itself. */
void		 redact(const struct deid_words *, struct slice text,
		    const struct known *, size_t nknown, struct arena *,
		    struct redacted *);
/* The quote with its tokens put back: itself where it has none. */
struct slice	 redact_restore(const struct redacted *, struct slice quote,
		    struct arena *);

#endif
