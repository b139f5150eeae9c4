/*
 * rank - the passages that answer a question best, over one or more indexes.
 *
 *	rarest words -> postings -> best candidates by their words
 *	             -> BM25 over the stored text -> best
 *
 * The first stage reads at most `effort` postings; the second reads the texts
 * of at most RANK_CANDIDATES passages and scores single characters, words and,
 * at half weight, pairs.  Frequencies are summed over all indexes first, so a
 * score means the same in each.  A small selection is scored as a whole.
 */
#ifndef SEARCH_RANK_H
#define SEARCH_RANK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "search/corpus.h"
#include "search/question.h"
#include "search/where.h"

#define RANK_CANDIDATES	500
#define RANK_EFFORT	30000

struct search {			/* what is searched */
	struct corpus	**corpora;
	struct selection *selections;	/* one a corpus, or NULL: all */
	size_t		 ncorpora;
	uint64_t	 effort;
	bool		 all;		/* no limit of effort or candidates */
	bool		 passages;	/* all of a record, not its best */
};

struct hit {
	size_t		 corpus;
	int64_t		 record;
	struct slice	 id, path;
	double		 score;
	double		 cover;		/* share of the question's weight */
	uint64_t	 begin, behind;	/* code points of the member */
	struct slice	 text;
};

struct hits {
	struct arena	*arena;		/* owns what the hits point to */
	struct hit	*list;
	size_t		 n, room;
};

/* Best first; equal ones by id, then by place.  Fills the terms' idf. */
bool		 rank_question(const struct search *, struct question *,
		    struct hits *, struct err *);
void		 rank_release(struct hits *);
/* Sorts, drops a record's lesser passages and a second copy of a record. */
void		 rank_settle(struct hits *, bool passages);

/*
 * Score of a text, and the share of the question's weight that it covers; mean
 * is the length of an average passage.
 */
double		 rank_score(const struct question *, struct slice text,
		    double mean, double *cover);

/* Where a text shows the question's words: spans of bytes, none touching. */
struct mark {
	size_t		 from, to;
};
size_t		 rank_marks(const struct question *, struct slice text,
		    struct arena *, struct mark **);

#endif
