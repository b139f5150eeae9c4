/*
 * xlsx_sheet - the rows of one worksheet, as its XML comes by.
 *
 * A row lives in an arena until it is accounted for; what its cells come to is
 * bounded by --max-record, however often one shared string stands in it.
 */
#ifndef SOURCES_XLSX_SHEET_H
#define SOURCES_XLSX_SHEET_H

#include <stdbool.h>

#include "base/err.h"
#include "sources/member.h"
#include "sources/xlsx_book.h"

/*
 * Reads the member, whose input is the part of the sheet, to its end.  False
 * where the run cannot go on, or --inspect has seen enough.
 */
bool	xlsx_sheet_read(struct xlsx_book *, struct member *, struct err *);

#endif
