/*
 * table_names - the columns of a table as keys that are written ready for use.
 *
 * Every column has a name of its own: an empty one is column_N, a repeated one
 * gets _2, _3, and the one reserved name an underscore.
 */
#ifndef SOURCES_TABLE_NAMES_H
#define SOURCES_TABLE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"
#include "sources/member.h"

struct table_names {
	struct buf	 keys;		/* `","name":"` one after the other, the
					   first begins with a brace */
	size_t		*ends;		/* of each in keys */
	size_t		 n, room;
	struct slice	 null_text;	/* p NULL: none */
};

/* Also tells the member its kind by them, its columns and its notes. */
void	table_names_set(struct table_names *, struct member *,
	    const struct slice *, size_t n);
/* column_1 to column_n. */
void	table_names_number(struct table_names *, struct member *, size_t n);
/*
 * The names where no row has them: those of --header NAME,... (asked before
 * the first row, with n = 0), or column_1 to column_n for --header no (asked
 * with the first row).  False where the row at hand is the header.
 */
bool	table_names_given(struct table_names *, struct member *, size_t n);
void	table_names_release(struct table_names *);
/*
 * A row as an object without its closing brace, behind what is in the buffer:
 * columns that the row lacks are left out, those beyond are column_N.  A cell
 * without bytes (p is NULL) or of the option's null text is null.
 */
void	table_names_row(const struct table_names *, const struct slice *cells,
	    size_t n, struct buf *);
/*
 * The same for cells none of which needs an escape; they lie in one text, which
 * may be read up to limit.
 */
void	table_names_plain(const struct table_names *, const struct slice *cells,
	    size_t n, const char *limit, struct buf *);

#endif
