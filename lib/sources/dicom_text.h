/*
 * dicom_text - characters of DICOM values, by the data set's Specific
 * Character Set (PS3.5, chapter 6.1 and annexes H to K): one encoding, or code
 * extensions by ISO 2022 escapes.
 */
#ifndef SOURCES_DICOM_TEXT_H
#define SOURCES_DICOM_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct encoding;

struct dicom_text {
	struct encoding	*single;	/* of value 1; NULL: ASCII */
	struct encoding	*cache[8];	/* opened for escapes */
	const char	*cached[8];
	bool		 extended;	/* more than one value, or ISO 2022 */
	char		 name[64];	/* as declared, "\\" between values */
	uint64_t	 guessed;	/* values with bytes no set declares */
};

void	dicom_text_init(struct dicom_text *);
void	dicom_text_release(struct dicom_text *);
/* The value of (0008,0005); an unknown term leaves what follows to guess. */
void	dicom_text_set(struct dicom_text *, struct slice declared);
/*
 * The UTF-8 of a value behind what is in the buffer.  Bytes that the set does
 * not allow are read as UTF-8 or GB18030 where they are that, and counted.
 * ERR_DATA, encoding.
 */
bool	dicom_text_decode(struct dicom_text *, struct slice, struct buf *,
	    struct err *);

#endif
