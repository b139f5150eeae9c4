/*
 * explain - rules and verdicts in words.  Of values only their class is said,
 * never what they are.
 */
#ifndef RULES_EXPLAIN_H
#define RULES_EXPLAIN_H

#include "rules/bench.h"

/* What a rule says, where it is from, how it is run and what that costs. */
void	explain_rule(const struct plan *, size_t rule, struct buf *);
/*
 * Why each rule of the plan came to its verdict on the record.  kind: where
 * the record carries none.
 */
bool	explain_record(const struct plan *, struct bench *,
	    struct slice record, struct slice kind, struct buf *,
	    struct err *);

#endif
