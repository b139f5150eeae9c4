/*
 * intake_part - the insides of an intake, for intake.c and intake_put.c.
 */
#ifndef SEARCH_INTAKE_PART_H
#define SEARCH_INTAKE_PART_H

#include "search/intake.h"

/* Its statements; their texts are in intake.c. */
enum {
	FIND,
	REMOVE,
	CLEAR_PASSAGES,
	CLEAR_VALUES,
	OLD,
	UNWORD,
	PUT,
	PUT_PASSAGE,
	PUT_WORDS,
	PUT_VALUE,
	NEXT,
	COUNT,
	TOTAL,
	STATEMENTS
};

struct intake {
	struct corpus *corpus;
	const struct roles *roles;
	bool identified, open; /* open: a transaction is */
	struct statement *st[STATEMENTS];
	uint64_t waiting;             /* records not yet committed */
	int64_t next;                 /* number of the next passage */
	int64_t passages, characters; /* added, not yet in the totals */
	uint64_t indexed, replaced, unchanged, no_text, total;
};

/* A record into the open transaction, with passages, words and values. */
bool		 intake_put(struct intake *, struct record *, struct slice id,
		    const uint8_t *digest, struct err *);
/* All of the record with this number out of it. */
bool		 intake_remove(struct intake *, int64_t n, struct arena *,
		    struct err *);

#endif
