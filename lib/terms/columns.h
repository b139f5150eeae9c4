/*
 * columns - which column of an official file is what, and where the header is.
 *
 * Titles and merged rows stand above a header, so it is looked for by its names
 * in the first rows of a sheet.  Private to lib/terms.
 */
#ifndef TERMS_COLUMNS_H
#define TERMS_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "io/grid.h"
#include "terms/systems.h"

#define COLUMNS_SAME	8	/* of one role */

struct columns {
	size_t		 at[HEADER_ROLES][COLUMNS_SAME];
	size_t		 n[HEADER_ROLES];
	uint64_t	 of;		/* the systems that all headers can be of */
	size_t		 row;		/* of the header in the sheet */
	/* Levels of chapters and categories: code and name side by side. */
	size_t		 level_code[COLUMNS_SAME], level_name[COLUMNS_SAME];
	size_t		 nlevels;
};

/*
 * The first row that has one and the other role; false where none of the first
 * 20 has.  given: "code=主要编码,name=疾病名称" beats the table; may be NULL.
 */
bool		 columns_find(const struct systems *, const struct grid_sheet *,
		    const char *given, enum header_role one,
		    enum header_role other, struct columns *);
/* The cell of the first column of a role, or an empty text. */
struct slice	 columns_text(const struct columns *, const struct grid_row *,
		    enum header_role);

#endif
