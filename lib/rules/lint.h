/*
 * lint - faults of rules that loading lets pass: what can never be true, what
 * is said twice, what nobody will understand.
 *
 * A fault is wrong whatever the records are; a warning may be meant.
 */
#ifndef RULES_LINT_H
#define RULES_LINT_H

#include "rules/plan.h"
#include "terms/unit.h"

/* What names mean beside the catalogue; NULL: any name will do. */
struct lint_names {
	const struct index *kinds;	/* of records */
	const struct units *units;
	const struct index *fields;	/* paths of a profile, or NULL */
	const struct index *seen;	/* ... and its kinds, which are known */
};

struct lint_count {
	size_t		 faults, warnings;
};

/*
 * Adds each to the list, "warning: " before what is one.  Values are not
 * looked at: a plan is enough.
 */
struct lint_count lint_rules(const struct plan *, const struct lint_names *,
		    struct table_faults *);

#endif
