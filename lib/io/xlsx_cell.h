/*
 * xlsx_cell - what a cell of a worksheet says, and which styles are dates.
 */
#ifndef IO_XLSX_CELL_H
#define IO_XLSX_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "io/tree.h"

enum xlsx_style { STYLE_PLAIN, STYLE_DATE, STYLE_TIME, STYLE_DATE_TIME };

/* What a format code shows: its letters outside quotes and brackets. */
enum xlsx_style xlsx_style_of_code(const char *code);
/* The styles of cells, by number; in the arena. */
enum xlsx_style *xlsx_styles(const struct node *style_sheet, struct arena *,
		    size_t *n);

/*
 * A serial number as ISO text, rounded to the millisecond; false for what is
 * no number or no day.
 */
bool	xlsx_date(struct slice number, enum xlsx_style, bool epoch1904,
	    struct buf *);
/*
 * The text of a string with the escapes undone by which the format writes
 * characters that XML cannot hold (_x000D_), in the buffer.
 */
struct slice xlsx_unescaped(struct slice, struct buf *);
/* "BC12" gives 54; 0 where it names no column. */
size_t	xlsx_column(const char *reference);
/* Of more than 15 digits: the last ones were lost before it came here. */
bool	xlsx_is_ruined(struct slice number);

#endif
