/*
 * hit - a hit as it is written: a line of NDJSON, or a few for people.
 */
#ifndef SEARCH_HIT_H
#define SEARCH_HIT_H

#include "base/buf.h"
#include "search/rank.h"

/* A question as it came in: qid n 0 where it has none. */
struct asked {
	struct slice	 qid, text;
	bool		 exact;
};

enum hit_form { HIT_NDJSON, HIT_TEXT, HIT_RECORD };

/* Rank counts from 1; q may be NULL where the question is exact. */
bool		 hit_put(struct corpus *, const struct hit *, size_t rank,
		    const struct asked *, const struct question *q,
		    enum hit_form, struct buf *, struct err *);
/* {"qid","query", for the first members of a line. */
void		 asked_put(const struct asked *, const char *name,
		    struct buf *);
/* The stored line, valid until the corpus' record statement is reset. */
bool		 hit_line(struct corpus *, int64_t record, struct slice *line,
		    struct err *);

#endif
