/*
 * schema - the JSON Schema (draft 2020-12) of a model's answer, out of the
 * catalogue's rows.
 *
 * {"id":{"v":VALUE,"q":QUOTE,"s":"present|absent|uncertain"},"group":[{…}]}
 */
#ifndef EXTRACT_SCHEMA_H
#define EXTRACT_SCHEMA_H

#include "base/buf.h"
#include "extract/guide.h"

/*
 * For these fields of the document type (one truth a field); NULL: all.
 */
void		 schema_put(struct buf *, const struct doctype *,
		    const bool *asked);

#endif
