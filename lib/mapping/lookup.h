/*
 * lookup - the verb `lookup`: terms, one a line or in records, gain their
 * codes and the best candidates.
 */
#ifndef MAPPING_LOOKUP_H
#define MAPPING_LOOKUP_H

#include <stdbool.h>

#include "mapping/tables.h"
#include "record/flow.h"
#include "terms/finder.h"

#define LOOKUP_BARE	"term"	/* the member that a bare line is */

struct lookup {
	const struct tables *tables;
	struct finder_options finder;
	struct slice	 field;		/* whose mappings: diagnosis */
	struct slice	*systems;
	size_t		 nsystems;
	bool		 code;		/* the terms are codes */
};

/* The lookup must outlive them. */
struct stage	 lookup_stage(struct lookup *);

/* The same by hand: one that belongs to a thread, and a record. */
struct lookup_worker;

struct lookup_worker *lookup_worker_new(const struct lookup *);
void		 lookup_worker_free(struct lookup_worker *);	/* NULL: ok */
struct slice	 lookup_term(struct record *);	/* trimmed; n 0: none */
/*
 * The record gains what was found, which is in its arena, too.  ERR_DATA where
 * it has no term.
 */
bool		 lookup_record(struct lookup_worker *, struct record *,
		    struct term_answer *, struct err *);

#endif
