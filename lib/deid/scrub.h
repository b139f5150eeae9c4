/*
 * scrub - a text with what find_all found replaced: by [LABEL], a date by the
 * shifted date in the same form.
 */
#ifndef DEID_SCRUB_H
#define DEID_SCRUB_H

#include "base/buf.h"
#include "deid/find.h"

/* A replacement, in code points of the text before: for spans that move. */
struct move {
	size_t		 from, to;	/* before */
	long		 grows;		/* code points more than before */
};

struct scrub {
	const struct deid_words *words;
	const bool	*labels;	/* LABELS of them, or NULL: all */
	const struct known *known;
	size_t		 nknown;
	long		 offset;	/* days; 0: dates are masked */
	uint64_t	*found;		/* LABELS counts, or NULL */
	struct move	**moves;	/* grown, or NULL */
	size_t		*nmoves, *moves_room;
};

void	scrub_text(const struct scrub *, struct slice, struct arena *,
	    struct buf *);
/* The first "[LABEL]" of a text, n 0 where there is none. */
struct slice scrub_mark(struct slice text);

#endif
