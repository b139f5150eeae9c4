/*
 * lint - faults of rules that loading lets pass: what can never be true, what
 * is said twice, what nobody will understand.
 */
#ifndef RULES_LINT_H
#define RULES_LINT_H

#include "rules/plan.h"

/*
 * Adds a fault for each; returns how many.  kinds: the known kinds of records,
 * NULL: any.  Values are not looked at: a plan is enough.
 */
size_t	lint_rules(const struct plan *, const struct index *kinds,
	    struct table_faults *);

#endif
