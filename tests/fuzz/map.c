/*
 * A map.csv: refused with a reason, or every plan can be asked.
 */
#include <stdint.h>

#include "mapping/map.h"
#include "record/record.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct index *names = record_names();
	struct map *m = map_new(names, NULL, "/nonexistent");
	struct err e = { 0 };

	if (map_add(m, "map.csv", "map.csv",
		(struct slice){ (const char *)data, n }, NULL, &e)) {
		map_compile(m);
		map_plan(m, SLICE("lab"));
		map_plan(m, SLICE(""));
	} else if (e.text[0] == '\0') {
		__builtin_trap();
	}
	map_free(m);
	index_free(names);
	return 0;
}
