/*
 * answer - the sentences of the records that answer a question, without a
 * model: each is a citation, its span proved by being cut from the record.
 *
 * Where the best passages cover less than `floor` of the question's own
 * weight there is no evidence: the answer is empty, refused says so, and the
 * citations are the nearest passages.  Scores cannot decide that: they grow
 * with the collection.
 */
#ifndef SEARCH_ANSWER_H
#define SEARCH_ANSWER_H

#include "search/hit.h"

#define ANSWER_SENTENCES	3

struct answer {			/* what the log wants to know */
	bool		 refused;
	double		 grounded;
	struct buf	 hits;		/* JSON array of ids */
	struct buf	 text;
};

void		 answer_release(struct answer *);

/*
 * The answer record, or with people set a text for them, with its line feed.
 */
bool		 answer_put(const struct search *, double floor,
		    const struct asked *, bool people, struct buf *,
		    struct answer *, struct err *);

#endif
