/*
 * The bytes before the first line feed are an L1 row's source, the rest what a
 * course has gathered: no harm, whatever they are.
 */
#include <stdint.h>

#include "extract/series.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const char *text = (const char *)data;
	const char *end = memchr(text, '\n', n);
	size_t split = end == NULL ? n : (size_t)(end - text);
	struct arena *a = arena_new();
	struct indicator d = { .id = SLICE("x"), .unit = SLICE("mmol/L") };
	struct answers out = { 0 };
	struct series_plan *plan = series_plan_new();
	struct slice gathered;

	d.source = (struct slice){ text, split };
	d.type = n % 2 == 0 ? TYPE_NUMBER : TYPE_TEXT;
	gathered = json_pad((struct slice){ text + split, n - split }, a);
	if (series_is(d.source) &&
	    series_plan_add(plan, &d, NULL, &(struct err){ 0 }) &&
	    json_check(gathered.p, gathered.n, 0, &(struct err){ 0 })) {
		series_plan_find(plan, json_of(gathered), NULL, &out, a);
		if (out.n > 1 || (out.n == 1 && out.list[0].d != &d))
			__builtin_trap();
	}
	series_plan_free(plan);
	arena_free(a);
	return 0;
}
