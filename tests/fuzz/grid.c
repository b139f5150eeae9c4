/* Any bytes as a spreadsheet or a table of values: cells, or why not. */
#include <stdint.h>

#include "io/grid.h"
#include "terms/damage.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct err e = { 0 };
	struct grid *g =
	    grid_parse("fuzz", (struct slice){ (const char *)data, n }, &e);
	struct code_form form = { 0 };
	struct arena *a = arena_new();

	if (g == NULL && e.text[0] == '\0')
		__builtin_trap();
	for (size_t s = 0; g != NULL && s < g->nsheets; s++)
		for (size_t r = 0; r < g->sheets[s].nrows; r++) {
			const struct grid_row *row = &g->sheets[s].rows[r];

			for (size_t c = 0; c < row->n; c++) {
				code_form_count(&form, row->cells[c].text);
				code_damage(&form, &row->cells[c], a);
				grid_place(&g->sheets[s], row, c, a);
			}
			arena_reset(a);
		}
	arena_free(a);
	grid_free(g);
	return 0;
}
