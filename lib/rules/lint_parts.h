/*
 * lint_parts - between the files of lint.
 */
#ifndef RULES_LINT_PARTS_H
#define RULES_LINT_PARTS_H

#include "rules/lint.h"

struct linter {
	const struct plan *plan;
	const struct lint_names *names;
	struct arena	*arena;
	struct index	*known;		/* members that the catalogue has */
	struct index	*said;		/* a row expands: it is said once */
	struct table_faults *to;
	struct lint_count count;
};

void	lint_fault(struct linter *, const struct rule *, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
void	lint_warn(struct linter *, const struct rule *, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));

/* Names that nobody knows: kinds, fields, units. */
void	lint_words(struct linter *, const struct test *);
/* Conditions that cannot be, and rules that contradict one another. */
void	lint_logic(struct linter *);

#endif
