/*
 * xml_write - any element as JSON (mdx-record(5), "XML"): attributes as @name,
 * characters as #text, children by name, an array where one repeats.
 */
#ifndef SOURCES_XML_WRITE_H
#define SOURCES_XML_WRITE_H

#include "base/arena.h"
#include "base/buf.h"
#include "io/tree.h"

void	xml_put_element(struct buf *, const struct node *, struct arena *);

#endif
