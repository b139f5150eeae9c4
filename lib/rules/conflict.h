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
#define CONFLICT_MOST 64	/* tests of single fields, in one way */

/*
 * One way in which all of them come true: the tests of single fields, at most
 * CONFLICT_MOST.  False where there is none, or none was found.
 */
bool	conflict_way(const struct plan *, const struct claim *, size_t n,
	    struct claim *to, size_t *nto);
/* Whether the text, as a value of the field, makes its tests come true. */
bool	conflict_allows(const struct claim *, size_t n, size_t field,
	    struct slice text, struct arena *);
/* `[]`, or a member of a repeating group. */
bool	conflict_has_many(const struct field *);
bool	conflict_wants_missing(const struct claim *);
/* The interval that a test asks for, where it asks for one. */
bool	conflict_interval(const struct claim *, struct interval *);
/*
 * The rule's own check as a condition on its field, in the arena; NULL where
 * it cannot be said as one.
 */
const struct cond *conflict_check(const struct plan *, const struct test *,
	    struct arena *);
/* The ways in which two values may stand to one another: bits. */
enum { ORDER_LESS = 1, ORDER_EQUAL = 2, ORDER_MORE = 4 };

/* Those that a comparison's operator lets pass. */
unsigned	 conflict_operator(char op);
/* The same of "field OP field", *other being the second; 0 for other checks. */
unsigned	 conflict_order(const struct test *, size_t *other);

#endif
