/*
 * tally - numbers that are made of several: the sum of a text's parts, and how
 * many objects of a group it tells of.
 */
#ifndef EXTRACT_TALLY_H
#define EXTRACT_TALLY_H

#include "extract/candidate.h"

#define TALLY_PARTS	16

struct tally {
	struct slice	 value;		/* JSON; n 0: none */
	const struct candidate *parts[TALLY_PARTS];	/* what it rests on */
	size_t		 n;
};

/*
 * Of the candidates that stand; but a stated total (or NULL), or a ratio whose
 * parts are told behind it, is all of them, with what is sent besides (另).
 */
void		 tally_sum(struct tally *, const struct reading *,
		    const struct field *, const struct candidate *first,
		    const struct candidate *stated);
/*
 * The sum of counts that are told of places apart from each other; false where
 * one of them is told of none, or of one that another could lie in.
 */
bool		 tally_places(struct tally *, const struct reading *,
		    const struct field *, const struct candidate *first);
/* Whether a count is told of one place, and not of all. */
bool		 tally_is_placed(const struct reading *,
		    const struct candidate *);
/*
 * Whether the denials among the candidates are of the whole, or of both sides,
 * or of what is left of it.
 */
bool		 tally_denies_all(const struct reading *,
		    const struct candidate *first);
/* How many places what ends the text is of each of: "左右叶各见"; else 1. */
unsigned	 tally_each(struct slice before);
/*
 * How many there are where so many objects are described: a stated total, a
 * number that agrees and is not of one place, a larger one, their own number;
 * or, where the text leaves it open, none.
 */
void		 tally_objects(struct tally *, const struct reading *,
		    const struct field *, const struct candidate *first,
		    unsigned nobjects, bool vague);

#endif
