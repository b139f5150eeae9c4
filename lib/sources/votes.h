/*
 * votes - what the columns of a table speak for: the sets of kinds.csv that
 * begin with +.
 *
 * Each column has one vote.  It goes to the kinds that have a column of that
 * name, and is divided where several have it: 疫苗批号 is a whole vote, 报告时间
 * a quarter.  A name is the same in any order and spelling of its words (see
 * thesaurus), and as pinyin initials.  A part of the vote goes by the words of the
 * name (see word_use), and all of it where no kind has the name.
 *
 * Built once, then const and shared.
 */
#ifndef SOURCES_VOTES_H
#define SOURCES_VOTES_H

#include <stddef.h>

#include "base/slice.h"
#include "sources/initials.h"
#include "sources/thesaurus.h"

struct votes;

enum { VOTE = 5040 };	/* points of a vote, divisible by 2 to 10 */

/* Takes the thesaurus over; the initials must outlive it. */
struct votes	*votes_new(struct thesaurus *, const struct initials *);
void		 votes_free(struct votes *);	/* NULL is allowed */
/* A table of that kind may have a column of that name. */
void		 votes_learn(struct votes *, size_t kind, struct slice name);
/* Adds what this column has to say; tally has a place for each kind. */
void		 votes_cast(const struct votes *, struct slice column,
		    unsigned *tally);

#endif
