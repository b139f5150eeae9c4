/*
 * docx_text - the characters of a part of a document (WordprocessingML).
 *
 * Paragraphs and rows end by line feeds, cells are parted by tabs.  Deleted
 * and moved text is left out, and so is the fallback of what is there twice
 * (mc:AlternateContent) and the reading aid beside a character (ruby).
 */
#ifndef SOURCES_DOCX_TEXT_H
#define SOURCES_DOCX_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

struct docx_text;

/* Parts are appended one after the other. */
struct docx_text *docx_text_new(struct buf *out);
void	docx_text_free(struct docx_text *);	/* NULL is allowed */
/* The next bytes of a part; final: its last.  Errors are io/xml's. */
bool	docx_text_feed(struct docx_text *, const char *, size_t n, bool final,
	    struct err *);
/* Whether one of the parts was a document's own: not a sheet's, say. */
bool	docx_text_has_document(const struct docx_text *);

#endif
