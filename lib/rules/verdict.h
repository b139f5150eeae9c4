/*
 * verdict - the checks of one value that is there; private to judge.
 */
#ifndef RULES_VERDICT_H
#define RULES_VERDICT_H

#include "rules/plan.h"

/* NOT_APPLICABLE where the value is of a type that the check knows nothing of. */
enum outcome verdict_value(const struct test *, struct datum *,
		    struct scope *, struct err *);
/*
 * The unit that the record states for the value: in `_mdx.extract`, or in
 * FIELD_unit or `unit` beside it; n 0 where it states none.
 */
struct slice verdict_stated_unit(const struct test *, const struct field *,
		    const struct datum *, struct record *, struct arena *);
enum outcome verdict_unit(const struct test *, const struct field *,
		    const struct datum *, struct record *, struct arena *);

#endif
