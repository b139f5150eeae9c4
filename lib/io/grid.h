/*
 * grid - the cells of a spreadsheet (.xlsx) or of separated values, whole in
 * memory, each with what it is: a number in a column of codes is a loss that
 * only the cell's kind tells.
 *
 * For tables that a person publishes, bounded in size; streams of records are
 * read by sources/.  Built once, then const.
 */
#ifndef IO_GRID_H
#define IO_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

enum grid_kind {
	GRID_TEXT,
	GRID_NUMBER,		/* digits as the file has them */
	GRID_DATE,		/* shown as a date; text is ISO */
	GRID_BOOL,
	GRID_ERROR,		/* #REF! */
	GRID_UNCOMPUTED		/* a formula without its result */
};

struct grid_cell {
	struct slice	 text;		/* trimmed */
	enum grid_kind	 kind;
	bool		 blanks;	/* stood around it */
};

struct grid_row {
	uint64_t	 line;		/* from 1, as a spreadsheet shows it */
	struct grid_cell *cells;
	size_t		 n;
};

struct grid_sheet {
	const char	*name;		/* NULL: separated values */
	struct grid_row	*rows;		/* those with anything in them */
	size_t		 nrows, room;
};

struct grid {
	struct arena	*arena;
	const char	*path;
	struct grid_sheet *sheets;	/* visible ones, in their order */
	size_t		 nsheets, room;
};

/*
 * The text is told by its first bytes.  ERR_USAGE for an old .xls (with how to
 * convert it), another kind of file, or one too large; ERR_DATA becomes
 * ERR_INPUT where a spreadsheet is broken or cut off.
 */
struct grid	*grid_load(const char *path, struct err *);
struct grid	*grid_parse(const char *path, struct slice, struct err *);
void		 grid_free(struct grid *);	/* NULL is allowed */

/* Empty where the row is shorter. */
struct slice	 grid_text(const struct grid_row *, size_t column);
/* "sheet 'A', cell B12" or "line 12, column 2"; column from 0. */
const char	*grid_place(const struct grid_sheet *, const struct grid_row *,
		    size_t column, struct arena *);

/* Private to lib/io: the two halves of grid_parse, and how a row grows. */
bool		 grid_read_xlsx(struct grid *, struct slice, struct err *);
struct grid_sheet *grid_add_sheet(struct grid *, const char *name);
bool		 grid_set(struct grid *, struct grid_row *, size_t column,
		    struct slice text, enum grid_kind, size_t *cells,
		    struct err *);
void		 grid_add_row(struct grid_sheet *, const struct grid_row *);

#endif
