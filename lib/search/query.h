/*
 * query - one question to the indexes, its hits as lines.
 */
#ifndef SEARCH_QUERY_H
#define SEARCH_QUERY_H

#include "search/hit.h"

struct query {
	struct search	*search;
	bool		 exact, count;
	uint64_t	 top;		/* 0: all */
	enum hit_form	 form;
};

/*
 * Lines with their line feeds behind what is in the buffer; *lines and *found
 * (hits, before top) are set, and the ids of the hits that were written stand
 * as a JSON array in ids.  Errors are those of question_parse, too.
 */
bool		 query_put(const struct query *, const struct asked *,
		    struct buf *, struct buf *ids, uint64_t *lines,
		    uint64_t *found, struct err *);

/* Opens indexes with one selection over all of them. */
struct search	*search_open(const char *const *paths, size_t n,
		    bool identified, const struct where *, size_t nwhere,
		    struct err *);
void		 search_close(struct search *);	/* NULL is allowed */

#endif
