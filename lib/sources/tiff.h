/*
 * tiff - directories of TIFF and of Exif, which has the same form.
 *
 * Bytes may be cut anywhere; what lies beyond them is not there.  Big TIFF,
 * with numbers of eight bytes, is read too.
 */
#ifndef SOURCES_TIFF_H
#define SOURCES_TIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/slice.h"

struct tiff {
	struct slice	 bytes;		/* what can be seen */
	uint64_t	 base;		/* place of its first byte in the TIFF */
	bool		 big_endian, wide;
	uint64_t	 first;		/* place of the first directory */
};

struct tiff_picture {
	uint64_t	 width, height, bits;	/* bits of a pixel; 0: not said */
	struct slice	 taken;		/* "2024:01:31 10:22:33", or n 0 */
	struct slice	 changed;	/* of the file: less than taken */
	struct slice	 zone;		/* "+08:00", or n 0 */
	uint64_t	 exif;		/* place of the directory below, or 0 */
};

/* The eight or sixteen bytes that a TIFF begins with. */
bool	tiff_begin(struct tiff *, struct slice head);
/* Bytes from `place` on that the directory there needs; 0: not to be seen. */
uint64_t tiff_directory_size(const struct tiff *, uint64_t place);
/* What the directory there says; false where it is none. */
bool	tiff_read(const struct tiff *, uint64_t place, struct tiff_picture *);

#endif
