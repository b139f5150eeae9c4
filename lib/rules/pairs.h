/*
 * pairs - the tables of check `map`: which values of a member may stand beside
 * a value that begins with a key.  The longest key counts.
 *
 *	key,value
 *	O80,2
 *
 * Const once made.
 */
#ifndef RULES_PAIRS_H
#define RULES_PAIRS_H

#include "base/hash.h"
#include "io/table.h"

struct pairs {
	struct index	*keys;
	struct index	**allowed;	/* of each key */
	size_t		 room, longest;
};

/* All faults are in the list; NULL and ERR_USAGE, also for an empty table. */
struct pairs	*pairs_load(const char *path, struct table_faults *,
		    struct err *);
struct pairs	*pairs_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
void		 pairs_free(struct pairs *);	/* NULL is allowed */
/* The values that go with the text, or NULL where no key is its beginning. */
const struct index *pairs_find(const struct pairs *, struct slice text);

#endif
