/*
 * rtf_text - the characters of an RTF document.
 *
 * Own reader: common ones garble the form that hospital notes have most,
 * bytes of a Chinese code page written as \'b8\'df.  Code pages come from
 * \ansicpg and from the charsets of the fonts; what is written as \u is taken
 * and its fallback left out.  Cells are parted by tabs, rows and paragraphs
 * by line feeds.  Footnotes follow the body.
 */
#ifndef SOURCES_RTF_TEXT_H
#define SOURCES_RTF_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

#define RTF_DEPTH	512

/*
 * Appends the text; *used is how much of the bytes the document takes, and
 * *encoding the name of its code page.  ERR_DATA, code "rtf_syntax",
 * "limit_depth", "encoding" or, over the buffer's ceiling, "limit_record".
 */
bool	rtf_text(struct slice, struct buf *, size_t *used,
	    const char **encoding, struct err *);

#endif
