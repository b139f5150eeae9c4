/*
 * cda_text - the text of a clinical document's sections: their narrative, and
 * what is embedded in them.
 */
#ifndef SOURCES_CDA_TEXT_H
#define SOURCES_CDA_TEXT_H

#include "base/buf.h"
#include "io/tree.h"

/*
 * Every character; cells are parted by tabs, rows and blocks by line feeds.
 * Recursion is as deep as io/xml lets a document be.
 */
void	cda_narrative(struct buf *, const struct node *);
/*
 * The members `text`, of text and RTF, or else `media` and `size`, of an
 * element whose characters are another document.
 */
void	cda_put_embedded(struct buf *, const struct node *);

#endif
