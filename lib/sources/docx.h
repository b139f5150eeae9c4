/*
 * docx - what the reader of spreadsheets asks of a file that is none.
 */
#ifndef SOURCES_DOCX_H
#define SOURCES_DOCX_H

#include <stdbool.h>

#include "base/err.h"
#include "sources/xlsx_book.h"

/* Whether the kept file is a document; then its record, or a reject. */
bool	docx_is_kept(struct xlsx_book *);
bool	docx_take(struct xlsx_book *, struct err *);

#endif
