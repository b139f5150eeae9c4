/*
 * join - the rows of references that belong to a record, as a database joins
 * them: a rule of a table (missing=null) is judged once for each.
 *
 * Part of a judge, which belongs to one worker.
 */
#ifndef RULES_JOIN_H
#define RULES_JOIN_H

#include "rules/expr.h"
#include "rules/plan.h"

struct joins;

struct joins	*joins_new(const struct plan *);
void		 joins_free(struct joins *);	/* NULL is allowed */
/* Another record. */
void		 joins_start(struct joins *);
/* How many rows belong to the record; false: what was spilled is gone. */
bool		 joins_find(struct joins *, size_t join, struct scope *,
		    uint32_t *n);
/* The row that look-ups read from now on, from 0. */
void		 joins_choose(struct joins *, size_t join, uint32_t row);
uint32_t	 joins_chosen(const struct joins *, size_t join);
/* The value of a field that is a look-up, in the row chosen. */
void		 joins_read(struct joins *, size_t field, struct scope *,
		    struct cells *);
/* Whether the value is a key of the reference. */
bool		 joins_has_key(struct joins *, size_t reference,
		    struct datum *, struct arena *);

#endif
