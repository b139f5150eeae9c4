/*
 * sam_header - the text in front of aligned reads, of BAM and of CRAM.
 */
#ifndef SOURCES_SAM_HEADER_H
#define SOURCES_SAM_HEADER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

/*
 * The members of the record for a header text in UTF-8: `HD` an object, `SQ`,
 * `RG` and `PG` arrays of objects by tag, `CO` an array of texts; `contigs`
 * and `samples` as a VCF header has them, `reference`.  contigs: JSON to
 * stand for those of the @SQ lines, or none.  ERR_DATA, sam_syntax.
 */
bool	sam_header_put(struct slice text, const char *fileformat,
	    const struct buf *contigs, struct buf *, struct err *);

#endif
