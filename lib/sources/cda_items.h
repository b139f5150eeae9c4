/*
 * cda_items - every coded value of a clinical document's entries.
 */
#ifndef SOURCES_CDA_ITEMS_H
#define SOURCES_CDA_ITEMS_H

#include "base/buf.h"
#include "io/tree.h"

/* The member with the value of the attribute, if there is one. */
void	cda_put_attribute(struct buf *, const char *key, const struct node *,
	    const char *attribute);
/* The member with the element's characters, runs of blanks made one. */
void	cda_put_words(struct buf *, const char *key, const struct node *);
/* The code of an element, or of its first translation; NULL for none. */
const struct node *cda_code(const struct node *);
/*
 * `items`: of the whole tree, or with `own` of that section without those in
 * it.
 */
void	cda_put_items(struct buf *, const struct node *root,
	    const struct node *own);

#endif
