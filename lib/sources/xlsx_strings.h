/*
 * xlsx_strings - the shared strings of a workbook, by number.
 *
 * Strings are kept end to end.  What outgrows memory goes to temporary files
 * without a name: the text to one, the ends of the strings to another.
 */
#ifndef SOURCES_XLSX_STRINGS_H
#define SOURCES_XLSX_STRINGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct xlsx_strings;

/* most: bytes of text kept in memory. */
struct xlsx_strings *xlsx_strings_new(size_t most, const char *folder);
void		 xlsx_strings_free(struct xlsx_strings *);	/* NULL is allowed */
/* False: a temporary file could not be written (ERR_OUTPUT). */
bool		 xlsx_strings_add(struct xlsx_strings *, struct slice,
		    struct err *);
/*
 * The string with this number, valid until the next call; empty where there is
 * none.  False: it could not be read back.
 */
bool		 xlsx_strings_find(struct xlsx_strings *, uint64_t number,
		    struct slice *, struct err *);

#endif
