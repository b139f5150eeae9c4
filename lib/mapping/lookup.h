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

struct lookup {
	const struct tables *tables;
	struct finder_options finder;
	struct slice	 field;		/* diagnosis */
	struct slice	*systems;
	size_t		 nsystems;
	bool		 code;		/* the terms are codes */
};

/*
 * The field `diagnosis` where none is given, the systems that the map has for
 * the field where none are: "a,b" or NULL.  In the arena.  ERR_USAGE where a
 * field has none.
 */
bool		 lookup_systems(const struct map *, const char *field,
		    const char *systems, struct arena *, struct lookup *,
		    struct err *);
/* The lookup must outlive it. */
struct stage	 lookup_stage(struct lookup *);

#endif
