/*
 * cda_write - a clinical document, or a fragment of one, as a record
 * (mdx-record(5), "CDA"): its head, its sections flat in document order, and
 * every coded value of its entries.
 */
#ifndef SOURCES_CDA_WRITE_H
#define SOURCES_CDA_WRITE_H

#include "base/buf.h"
#include "base/slice.h"
#include "sources/member.h"
#include "io/tree.h"

/*
 * The object without its closing brace; code: what the document is (empty for
 * a fragment without a section of its own), as long as the tree lives.  False
 * where the tree has nothing that a clinical document has.
 */
bool	cda_write(const struct node *root, struct buf *, struct slice *code);
/* How many records --split makes of it: its sections. */
size_t	cda_parts(const struct node *root);
/* A record a section; they share the document's piece. */
bool	cda_write_parts(const struct node *root, struct member *,
	    const struct piece *, struct err *);

#endif
