/*
 * lookup - values that stand in a reference, found by a field of the record.
 */
#ifndef RULES_LOOKUP_H
#define RULES_LOOKUP_H

#include "rules/expr.h"
#include "rules/plan.h"

/*
 * The value of a field that is a look-up: none where the key is missing, a
 * fault where the reference has no row for it, or rows that differ.
 */
void		 lookup_read(struct scope *, const struct plan *, size_t field,
		    struct cells *);

#endif
