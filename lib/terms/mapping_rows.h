/*
 * mapping_rows - tables of mappings as rows of text: what `import`, `export`
 * and `learn` read, change and write.
 *
 * Nothing is decided here (terms/mapping does that for the filter): a row is
 * its cells, in the columns of mdx-terms(5).
 */
#ifndef TERMS_MAPPING_ROWS_H
#define TERMS_MAPPING_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"
#include "terms/mapping_format.h"

struct mapping_row {
	struct slice	 cell[MAPPING_COLUMNS];
	const char	*path;		/* where it was read, or NULL */
	uint64_t	 line;
};

struct mapping_rows {
	struct arena	*arena;
	struct mapping_row *list;
	size_t		 n, room;
};

void		 mapping_rows_init(struct mapping_rows *);
void		 mapping_rows_release(struct mapping_rows *);
/* An empty row with this field. */
struct mapping_row *mapping_rows_add(struct mapping_rows *, struct slice field);
/*
 * All rows, whatever their status.  The field is in the rows, or in the name
 * FIELD[-anything].csv; quotes before formulas are taken off, statuses and
 * relations become the words of the format.
 */
bool		 mapping_rows_read(struct mapping_rows *, const char *path,
		    struct slice text, struct table_faults *, struct err *);
/* By field, term, unit, specimen and the rest; equal ones become one. */
void		 mapping_rows_sort(struct mapping_rows *);
/* Those of one field (n 0: all), with the header. */
void		 mapping_rows_text(const struct mapping_rows *,
		    struct slice field, struct buf *);

bool		 mapping_is_approved(const struct mapping_row *);

#endif
