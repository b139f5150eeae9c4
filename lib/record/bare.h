/*
 * bare - a line of plain text, taken for a record of one member.
 */
#ifndef RECORD_BARE_H
#define RECORD_BARE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * A line that begins no object becomes the text of the member; it lives in the
 * buffer, with JSON_SLACK behind it.  name NULL: every line stays as it is.
 * ERR_DATA where it is no UTF-8.
 */
bool		 bare_line(const char *name, struct slice *line, struct buf *,
		    struct err *);

#endif
