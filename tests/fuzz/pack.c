/*
 * Rows of indicators.csv.  A table or row that is refused says why, with its
 * line; a row that is taken agrees with itself and finds its own codes.
 */
#include <stdint.h>

#include "catalogue/row.h"

static void
must(bool truth)
{
	if (!truth)
		__builtin_trap();
}

static void
use(const struct indicator *d)
{
	must(d->id.n > 0 && d->name_zh.n > 0);
	must(d->level >= 1 && d->level <= 4 && d->type < TYPE_COUNT);
	must(row_same(d, d));
	for (size_t i = 0; i < d->ncodes; i++)
		must(indicator_code(d, d->codes[i].code) != NULL);
	for (size_t i = 0; i < d->nkinds; i++)
		must(indicator_of_kind(d, d->kinds[i]));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct table_faults faults = { 0 };
	struct err e = { 0 };
	struct arena *arena = arena_new();
	struct table *t =
	    table_parse("x.csv", (struct slice){ (const char *)data, n },
		row_columns, 0, &faults, &e);

	must(t != NULL || (e.text[0] != '\0' && faults.n > 0));
	for (size_t i = 0; t != NULL && i < table_rows(t); i++) {
		struct indicator d;
		size_t before = faults.n;

		if (row_read(t, i, arena, &d, &faults, &e))
			use(&d);
		else
			must(faults.n > before &&
			    faults.list[before].line == table_line(t, i));
	}
	table_free(t);
	table_faults_release(&faults);
	arena_free(arena);
	return 0;
}
