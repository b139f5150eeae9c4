/*
 * recall - the latest short values that a worker has converted.
 *
 * What a date or a code of a value set becomes depends on the rule and its
 * bytes alone, and the same few come again and again.  A table of fixed size
 * without chains: a newer value takes the place of an older one.  Belongs to
 * one thread.
 */
#ifndef MAPPING_RECALL_H
#define MAPPING_RECALL_H

#include <stdbool.h>

#include "base/slice.h"
#include "mapping/map.h"

struct recall;

struct recall	*recall_new(void);
void		 recall_free(struct recall *);	/* NULL is allowed */
/* Whether this rule's outcomes may be kept at all. */
bool		 recall_serves(const struct rule *, struct slice value);
/* json p NULL: it stays; else a copy in the arena. */
bool		 recall_find(const struct recall *, const struct rule *,
		    struct slice value, struct arena *, struct slice *json,
		    const char **unmapped);
void		 recall_keep(struct recall *, const struct rule *,
		    struct slice value, struct slice json,
		    const char *unmapped);

#endif
