/*
 * An extract.json that is refused says why.
 */
#include <stdint.h>

#include "extract/settings.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct settings s;
	struct err e = { 0 };

	if (!settings_parse(
		&s, "extract.json", (const char *)data, n, a, NULL, &e) &&
	    e.text[0] == '\0')
		__builtin_trap();
	arena_free(a);
	return 0;
}
