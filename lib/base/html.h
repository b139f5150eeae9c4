/*
 * html - text into a page.
 */
#ifndef BASE_HTML_H
#define BASE_HTML_H

#include "base/buf.h"
#include "base/slice.h"

/*
 * Text as content or as an attribute's value between double or single quotes:
 * & < > " ' become references, control characters but LF and TAB go.
 */
void	html_put(struct buf *, struct slice);

#endif
