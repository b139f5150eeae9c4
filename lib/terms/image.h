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

/*
 * A source and its image: compiled, where it is not NULL, is the path of the
 * image, which is used if it was made of this very source, else made anew,
 * kept there if that can be written, and used.
 */
struct image_source {
	const char	*compiled;
	const char	*magic;		/* 8 bytes */
	uint8_t		 digest[DIGEST_SIZE];
	/*
	 * Appends the image; false with what is wrong with the source.  An
	 * image of what is right in it is then opened and never kept.
	 */
	bool		 (*make)(void *ctx, struct buf *image, struct err *);
	/* Sees to the sections; may be called again after it refused. */
	bool		 (*open)(void *ctx, const struct image_parts *,
			    struct err *);
	void		*ctx;
};

/* The file is to be closed whatever comes of it; it may be empty. */
bool	image_load(const struct image_source *, struct image_file *,
	    struct err *);

#endif
