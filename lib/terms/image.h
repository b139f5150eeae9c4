/*
 * image - a file that is its own form in memory: sections of fixed records,
 * found by offsets, read by mmap.
 *
 *	magic 8 | order mark 4 | sections 4 | size 8 | digest 32 |
 *	sections x { offset 8, bytes 8 } | the sections, each at a multiple of 8
 *
 * Numbers are little-endian; on another machine the mark does not fit and the
 * file is made anew.  An image that is cut or made up is refused before its
 * sections are touched; what stands in a section its owner must check.  The
 * digest says of which source the image was made.
 */
#ifndef TERMS_IMAGE_H
#define TERMS_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"

#define IMAGE_SECTIONS	24

struct image_parts {
	struct slice	 parts[IMAGE_SECTIONS];
	size_t		 n;
};

/* The image behind what is in the buffer, which must be empty. */
void	image_write(const struct image_parts *, const char magic[8],
	    const uint8_t digest[DIGEST_SIZE], struct buf *);
/* Parts point into the bytes.  ERR_INPUT where it is no whole image. */
bool	image_parse(struct slice bytes, const char magic[8],
	    struct image_parts *, uint8_t digest[DIGEST_SIZE], struct err *);

/* A file in memory, to be read only. */
struct image_file {
	struct slice	 bytes;
	bool		 mapped;
};

/* False with ERR_INPUT where it is missing, empty or no file. */
bool	image_open(const char *path, struct image_file *, struct err *);
/* Takes the bytes over, which came from a buffer. */
void	image_hold(struct image_file *, struct buf *);
void	image_close(struct image_file *);

#endif
