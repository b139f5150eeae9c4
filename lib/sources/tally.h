/*
 * tally - which kind the votes of a table's columns have chosen.
 *
 * A row whose sets are all met and the name of the file add to the votes.  A
 * kind needs its lead over the second, a larger one where the name speaks for
 * another: a report on operations is no operation.  Its own columns have to be
 * a fair part of all; else only the name can prove it.
 */
#ifndef SOURCES_TALLY_H
#define SOURCES_TALLY_H

#include <stddef.h>

enum { TALLY_NOBODY = -1 };

struct tally {
	unsigned	*votes;		/* in points, of each kind */
	size_t		 nkinds;
	size_t		 ncolumns;
	long		 met;		/* the kind of the sets, or nobody */
	long		 named;		/* the kind of the name, or nobody */
};

enum tally_outcome {
	TALLY_NONE,	/* nobody has enough */
	TALLY_TIE,	/* too little lead; first and second are the two */
	TALLY_COLUMNS,	/* the columns chose `first` */
	TALLY_NAME	/* the name of the file did */
};

struct verdict {
	enum tally_outcome	 outcome;
	long			 first, second;
};

struct verdict	tally_settle(struct tally *);

#endif
