/*
 * Two numbers, parted by a blank: what is accepted must print as something
 * that reads back as the same value, and a sum taken back must be where it
 * began.
 */
#include <stdint.h>

#include "base/decimal.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice rest = { (const char *)data, n }, part[2] = { { 0 } };
	struct arena *arena = arena_new();
	struct decimal d[2], back;
	struct err e = { 0 };

	for (int i = 0; i < 2; i++) {
		if (!slice_next(&rest, ' ', &part[i]))
			break;
		if (!decimal_parse(part[i], arena, &d[i], &e)) {
			if (e.text[0] == '\0')
				__builtin_trap();
			break;
		}
		if (!decimal_parse(
			decimal_text(&d[i], arena), arena, &back, NULL) ||
		    decimal_cmp(&d[i], &back) != 0)
			__builtin_trap();
		if (i == 1 && decimal_add(&d[0], &d[1], arena, &back, &e) &&
		    decimal_sub(&back, &d[1], arena, &back, &e) &&
		    decimal_cmp(&back, &d[0]) != 0)
			__builtin_trap();
		if (i == 1 && decimal_mul(&d[0], &d[1], arena, &back, &e) &&
		    decimal_sign(&back) !=
			decimal_sign(&d[0]) * decimal_sign(&d[1]))
			__builtin_trap();
		if (i == 1)
			decimal_div(&d[0], &d[1], arena, &back, &e);
	}
	arena_free(arena);
	return 0;
}
