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

struct dicom_header {
	struct input *in; /* of the data set: inflated where it is deflated */
	size_t at;        /* in the window of in */
	size_t limit;
	bool explicit, big, cut, signed_pixels;
	struct dicom_text text;
	struct buf value; /* a text value decoded */
	struct buf record, *out;
	char syntax[65], modality[17];
	uint64_t bulk;
};

struct dicom_value {
	uint32_t tag, length;
	char vr[3];
	bool unknown; /* written as UN, whatever vr says */
};

/* n bytes at h->at, or NULL (cut is set) where the input has fewer. */
const uint8_t	*dicom_need(struct dicom_header *, size_t n);
/* A whole number of n bytes (at most 4) in the header's byte order. */
uint32_t	 dicom_number(const struct dicom_header *, const uint8_t *,
		    size_t n);
bool		 dicom_is_vr(const char *);
/* The meta group, explicit little endian; sets syntax. */
bool		 dicom_read_meta(struct dicom_header *, struct err *);
/* The data set up to the pixels or the end. */
bool		 dicom_read_data(struct dicom_header *, struct err *);
/*
 * The value of an element that is text or number, n bytes, as JSON.
 * ERR_DATA, encoding.
 */
bool		 dicom_put_value(struct dicom_header *, const struct dicom_value *,
		    const uint8_t *, struct err *);
/* Text or number: what has a place in a record. */
bool		 dicom_has_value(const char *vr);
/* Without the padding behind it and, where both is set, before it. */
struct slice	 dicom_unpadded(struct slice, bool both);

#endif
