/*
 * undo - a record as it was before an earlier pass, for --again.
 *
 * `_mdx.norm` says of each field from which column it came and what stood
 * there.  Fields get both back, what was derived from them goes, and so do
 * their entries; fields that the map does not know stay as they are.  What a
 * pass dropped is gone, and a kind that it set stays.
 */
#ifndef MAPPING_UNDO_H
#define MAPPING_UNDO_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "mapping/map.h"
#include "record/record.h"

/*
 * norm is the record's own.  Where something is taken back the record is read
 * anew from the buffer, which must live as long as it is used: *undone.
 */
bool	undo_record(struct record *, const struct map *, struct json norm,
	    struct buf *line, bool *undone, struct err *);

#endif
