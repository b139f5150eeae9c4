/*
 * json_document - documents of JSON as a stream of records: one value or
 * several, an array element by element, a Bundle entry by entry, or what
 * --at names.
 */
#ifndef SOURCES_JSON_DOCUMENT_H
#define SOURCES_JSON_DOCUMENT_H

#include "sources/json_record.h"

/* All documents of the member; bundle: they are FHIR's. */
bool	document_read(struct document *, bool bundle, struct err *);

#endif
