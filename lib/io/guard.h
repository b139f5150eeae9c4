/*
 * guard - cells of a CSV file that a person opens in a spreadsheet: a quote in
 * front keeps it from taking a cell for a formula, or a text of digits for a
 * number or a date.  Reading takes off exactly what writing put there: a text
 * that looks guarded already gets one more.
 */
#ifndef IO_GUARD_H
#define IO_GUARD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

/* The cell without its guard. */
struct slice	 guard_off(struct slice cell);
/*
 * Cells with commas between, quoted and guarded where they need it; bits of
 * texts: these cells are no numbers though they may look like it.
 */
void		 guard_put_cells(struct buf *, const struct slice *, size_t n,
		    unsigned texts);
/* The same for tables of any width, and the line's end. */
void		 guard_put_row(struct buf *, const struct slice *, size_t n,
		    const bool *texts);

#endif
