/*
 * xlsx_book - the file of a spreadsheet and what its sheets share.
 */
#ifndef SOURCES_XLSX_BOOK_H
#define SOURCES_XLSX_BOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/archive.h"
#include "sources/kept.h"
#include "sources/member.h"
#include "io/xlsx_cell.h"
#include "sources/xlsx_strings.h"

struct xlsx_book {
	struct member *m; /* of the file */
	struct kept *file;
	struct arena *arena;
	struct node *workbook, *relations;
	enum xlsx_style *styles;
	size_t nstyles;
	struct xlsx_strings *strings;
	const char *folder; /* of the workbook's part, "xl/" */
	bool epoch1904;
};

/*
 * Copies the member into a temporary file.  False: the run cannot go on.  A
 * failed input is left to its member.
 */
bool	xlsx_keep(struct xlsx_book *, struct err *);
/* Workbook, styles and strings; ERR_DATA where they make no spreadsheet. */
bool	xlsx_load(struct xlsx_book *, struct err *);
/* The archive at this part, or NULL (*e empty: no such). */
struct unpack *xlsx_open_part(struct xlsx_book *, const char *name,
	    struct err *);
/*
 * The part that the workbook is related to by an id, or with id NULL by a type
 * that ends so ("/styles"); NULL where there is none.  *type: of that relation.
 */
const char *xlsx_part(struct xlsx_book *, const char *id, const char **type);
void	xlsx_release(struct xlsx_book *);

#endif
