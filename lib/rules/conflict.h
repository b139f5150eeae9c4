/*
 * conflict - whether conditions can all be true of one record.
 *
 * What is found is certain; what is not found may still be there: conditions
 * on one field are held against one another, relations between fields are not
 * known, and a field of several values is judged by presence alone.
 */
#ifndef RULES_CONFLICT_H
#define RULES_CONFLICT_H

#include "rules/plan.h"

/* One of the conditions, or that it is false. */
struct claim {
	const struct cond *cond;
	bool		 holds;
};

/* No record makes all of them come true. */
bool	conflict_between(const struct plan *, const struct claim *, size_t n);
/*
 * The rule's own check as a condition on its field, in the arena; NULL where
 * it cannot be said as one.
 */
const struct cond *conflict_check(const struct plan *, const struct test *,
	    struct arena *);
/* The ways in which two values may stand, of "field OP field": bits of
 * ORDER_*; 0 for other checks.  *other is the second field. */
enum { ORDER_LESS = 1, ORDER_EQUAL = 2, ORDER_MORE = 4 };
unsigned	 conflict_order(const struct test *, size_t *other);

#endif
