/*
 * Any bytes as a filled review file: no harm, and every row is found by its
 * key.
 */
#include <stdint.h>

#include "extract/filled.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct filled *f = filled_parse("filled.csv",
	    (struct slice){ (const char *)data, n }, NULL, &(struct err){ 0 });

	for (size_t i = 0; f != NULL && i < filled_count(f); i++) {
		long k = filled_find(f, filled_at(f, i)->key);

		while (k >= 0 && (size_t)k != i)
			k = filled_at(f, (size_t)k)->next;
		if (k < 0)
			__builtin_trap();
	}
	filled_free(f);
	return 0;
}
