/*
 * never - the check `never` on one record: of a table, once for each row of
 * the references that it reads.
 */
#ifndef RULES_NEVER_H
#define RULES_NEVER_H

#include "rules/join.h"
#include "rules/judge.h"

/*
 * Sets applied, fails and fault of the verdict, and *why with a fault.  Where
 * the condition of the rule reads no reference, it is true already.
 */
void	never_judge(const struct test *, struct joins *, struct scope *,
	    struct verdict_of *, struct err *why);

#endif
