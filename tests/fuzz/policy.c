/*
 * A policy: refused with a reason, or it never keeps what it does not name.
 */
#include <stdint.h>

#include "deid/policy.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e = { 0 };
	struct policy *p = policy_parse("policy.csv",
	    (struct slice){ (const char *)data, n }, NULL, NULL, &e);
	const struct deid_rule *r;

	if (p == NULL && e.text[0] == '\0')
		__builtin_trap();
	r = p == NULL ? NULL : policy_rule(p, SLICE("\x01 no such member"));
	if (r != NULL && r->class != DEID_DROP)
		__builtin_trap();
	policy_free(p);
	return 0;
}
