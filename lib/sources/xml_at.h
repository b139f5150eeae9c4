/*
 * xml_at - the elements that --at names, one record each, of a document that
 * may have any size: one element is held at a time.
 */
#ifndef SOURCES_XML_AT_H
#define SOURCES_XML_AT_H

#include "sources/member.h"

/* The input is UTF-8 by now. */
bool	xml_at_read(struct member *, struct err *);

#endif
