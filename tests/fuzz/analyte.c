/*
 * A table of analytes: it is refused with a reason, or the names in it can be
 * looked up.
 */
#include <stdint.h>

#include "terms/analyte.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n };
	struct arena *arena = arena_new();
	struct err e = { 0 };
	struct analytes *a = analytes_parse("a.csv", text, NULL, &e);

	if (a == NULL && e.text[0] == '\0')
		__builtin_trap();
	if (a != NULL)
		analytes_find(a, text, arena);
	analytes_free(a);
	arena_free(arena);
	return 0;
}
