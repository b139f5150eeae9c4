/*
 * mapping_compile - a table of mappings, proved row by row and laid out as the
 * image of mapping_image.h.
 */
#ifndef TERMS_MAPPING_COMPILE_H
#define TERMS_MAPPING_COMPILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

/*
 * The field is in the rows, or in the name FIELD[-anything].csv of path.  The
 * image goes into the empty buffer and bears the digest.  ERR_USAGE with the
 * faults, and the image has the other rows, if there is any image.
 */
bool	mapping_compile(const char *path, struct slice text,
	    const uint8_t digest[DIGEST_SIZE], struct buf *image,
	    struct table_faults *, struct err *);

#endif
