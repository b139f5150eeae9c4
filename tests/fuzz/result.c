/*
 * What a laboratory wrote: a number that is read must be a number of JSON.
 */
#include <stdint.h>

#include "json/scan.h"
#include "mapping/result.h"

static void
check(struct slice json)
{
	struct err e = { 0 };
	char padded[512] = { 0 };

	if (json.p == NULL || json.n > 256)
		return;
	memcpy(padded, json.p, json.n);
	if (!json_check(padded, json.n, 0, &e))
		__builtin_trap();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice text = { (const char *)data, n }, low, high;
	struct arena *arena = arena_new();
	struct result r;

	result_parse(text, arena, &r);
	check(r.number);
	check(r.low);
	check(r.high);
	if (result_quantity(text, arena, &low, &high)) {
		check(low);
		if (high.n == 0)
			__builtin_trap();
	}
	if (result_range(text, arena, &low, &high)) {
		check(low);
		check(high);
	}
	arena_free(arena);
	return 0;
}
