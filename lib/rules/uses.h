/*
 * uses - what a rule reads, one after the other: the tests of its condition
 * and the fields of its expression.
 */
#ifndef RULES_USES_H
#define RULES_USES_H

#include "rules/plan.h"

/* Tests of single fields; one that is turned round (!=) is given as it is. */
void	uses_tests(const struct cond *, void (*each)(void *,
	    const struct cond *), void *ctx);
/* All fields of a condition. */
void	uses_cond_fields(const struct cond *, void (*each)(void *,
	    size_t field), void *ctx);
/* The references whose keys a rule asks for. */
void	uses_keys(const struct test *, void (*each)(void *,
	    size_t reference), void *ctx);
/* Fields of what it checks with, and members; not the rule's own. */
void	uses_fields(const struct test *, void (*each)(void *, size_t field),
	    void *ctx);

#endif
