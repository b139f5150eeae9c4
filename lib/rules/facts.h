/*
 * facts - what is known of the values of one field that nobody has described:
 * how many are missing and why, types, lengths, numbers, dates, patterns, and
 * the values themselves where they are few.
 */
#ifndef RULES_FACTS_H
#define RULES_FACTS_H

#include "rules/bucket.h"
#include "rules/roll.h"
#include "rules/distinct.h"

struct facts {
	uint64_t	 counts[PRESENCE_COUNT];	/* absent: none here */
	uint64_t	 types[JSON_OBJECT + 1];
	uint64_t	 scalars;
	uint64_t	 numbers, integers;	/* also as text */
	uint64_t	 days, times;		/* dates without and with a time */
	struct histogram lengths;		/* code points of texts */
	struct histogram histogram;		/* of numbers, months and flags */
	struct distinct	 distinct;
	struct roll	 values, patterns;	/* of texts and numbers; of texts */
};

/* Counts a value; `presence` is what it was found to be.  scratch: an arena
 * of the record. */
enum presence	 facts_add(struct facts *, struct arena *, struct json,
		    struct arena *scratch);
void		 facts_join(struct facts *, struct arena *,
		    const struct facts *);
void		 facts_release(struct facts *);
/* The values that are there. */
uint64_t	 facts_there(const struct facts *);
/* Whether the values are few and come again and again: words of a set, not
 * names or numbers of people. */
bool		 facts_is_set(const struct facts *);
/* Whether no value seems to come twice, as far as it can be known. */
bool		 facts_is_key(const struct facts *);

/*
 * Digits as 9, letters as A and a, Chinese as 字, other signs as themselves,
 * what else there is as ?; a run of n is followed by {n}.
 */
void		 facts_pattern(struct slice text, struct buf *);

enum facts_end { END_LOW, END_HIGH, END_HIGH_WHOLE };

/*
 * The value of a rank, from 1, as coarsely as at least `least` values share
 * it: cut to three significant digits, or two, or one.  Of what is cut the low
 * end, the high one, or the largest whole number.  False where there is none.
 */
bool		 facts_number(const struct bins *, uint64_t rank,
		    uint64_t least, enum facts_end, struct arena *,
		    struct decimal *);

#endif
