/*
 * dicom_header - the data elements of a header, written as they are read.
 *
 * The bytes stay in the window of the input; `at` walks through it.
 */
#ifndef SOURCES_DICOM_HEADER_H
#define SOURCES_DICOM_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "sources/dicom_element.h"
#include "sources/dicom_text.h"
#include "sources/input.h"

#define DICOM_UNDEFINED	0xFFFFFFFFu	/* a length that a delimiter ends */
#define DICOM_ITEM	0xFFFEE000u
#define DICOM_ITEM_END	0xFFFEE00Du
#define DICOM_LIST_END	0xFFFEE0DDu
#define DICOM_DIRECTORY	0x00041220u	/* DirectoryRecordSequence */

struct dicom_tags;

/* What binds the records of a DICOMDIR: places of others, and the kind. */
struct dicom_links {
	uint32_t	 first, next, lower;
	char		 type[17];
};

struct dicom_header {
	struct input	*in;	/* of the data set: inflated if it is deflated */
	size_t		 at;	/* in the window of in */
	size_t		 limit;
	bool		 explicit, big, cut, signed_pixels;
	const struct dicom_tags *tags;	/* what is written; NULL: all */
	bool		 private_too;	/* private ones are written */
	unsigned	 level;	/* the depth at which tags chooses */
	uint32_t	 top;	/* the element of that depth at hand */
	struct dicom_text text;
	struct buf	 value;	/* a text value decoded */
	struct buf	 record, *out;
	char		 syntax[65], modality[17], study[65], series[65];
	struct dicom_links links;
	bool		 directory;	/* it is a DICOMDIR */
	uint64_t	 bulk, unlinked;
};

struct dicom_value {
	uint32_t tag, length;
	char vr[3];
	bool unknown;	/* written as UN, whatever vr says */
};

/* n bytes at h->at, or NULL (cut is set) where the input has fewer. */
const uint8_t	*dicom_need(struct dicom_header *, size_t n);
/* A whole number of n bytes (at most 4) in the header's byte order. */
uint32_t	 dicom_number(const struct dicom_header *, const uint8_t *,
		    size_t n);
bool		 dicom_is_vr(const char *);
/* The tag, VR and length at h->at, which moves behind them; false at a cut. */
bool		 dicom_read_element(struct dicom_header *, struct dicom_value *);
/*
 * Elements up to `end`, or to the delimiter of their item; at depth 0 up to
 * the pixels or the end.
 */
bool		 dicom_read_elements(struct dicom_header *, size_t end,
		    unsigned depth, struct err *);
/* Where an item or a sequence ends: SIZE_MAX if a delimiter says so. */
size_t		 dicom_item_end(const struct dicom_header *,
		    const struct dicom_value *);
/* The meta group, explicit little endian; sets syntax. */
bool		 dicom_read_meta(struct dicom_header *, struct err *);
/*
 * The value of an element that is text or number, n bytes, as JSON.
 * ERR_DATA, encoding.
 */
bool		 dicom_put_value(struct dicom_header *, const struct dicom_value *,
		    const uint8_t *, struct err *);
/* Text or number: what has a place in a record. */
bool		 dicom_has_value(const char *vr);
bool		 dicom_is_text(const char *vr);
/* Without the padding behind it and, where both is set, before it. */
struct slice	 dicom_unpadded(struct slice, bool both);

#endif
