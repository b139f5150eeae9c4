/*
 * What the repair hands out must be one valid object, and must be found again
 * as it stands.
 */
#include <stdint.h>

#include "json/scan.h"
#include "model/repair.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice said = { (const char *)data, n }, object, again;
	struct arena *a = arena_new();

	if (repair_object(said, a, &object)) {
		if (!json_check(object.p, object.n, REPAIR_DEPTH, NULL) ||
		    json_of(object).type != JSON_OBJECT)
			__builtin_trap();
		/* A thought may be spelled inside a string. */
		if (slice_find(object, SLICE("think>")) == NULL &&
		    (!repair_object(object, a, &again) ||
			!slice_eq(object, again)))
			__builtin_trap();
	}
	arena_free(a);
	return 0;
}
