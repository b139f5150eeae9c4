/*
 * dicom_text - characters of DICOM values, by the data set's Specific
 * Character Set (PS3.5, chapter 6.1 and annexes H to K): one encoding, or code
 * extensions by ISO 2022 escapes.
 *
 * Bytes that the set does not allow are read as UTF-8 or GB18030 where they
 * strictly are that, and counted.  With `repair` this is asked first where the
 * set is one of single bytes, which allows anything: then the text must hold a
 * Chinese character.
 */
#ifndef SOURCES_DICOM_TEXT_H
#define SOURCES_DICOM_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "sources/encodings.h"

/* Read by ourselves: iconv has JIS X 0201 only within other encodings. */
#define DICOM_HALFWIDTH	"JIS X 0201"

struct dicom_charset {
	const char	*single;	/* encoding of value 1; NULL: ASCII */
	const char	*other;		/* of a later value: upper half; NULL */
	bool		 extended;	/* more than one value, or ISO 2022 */
	char		 name[128];	/* as declared, "\\" between values */
};

struct dicom_text {
	struct encodings *encodings;	/* of the worker */
	struct dicom_charset set;	/* of the data set or item at hand */
	bool		 repair;
	uint64_t	 guessed;	/* values read as what no set declares */
	const char	*guessed_as;	/* the last of them: utf-8, gb18030 */
};

void	dicom_text_init(struct dicom_text *, struct encodings *);
/* The value of (0008,0005); an unknown term leaves what follows to guess. */
void	dicom_text_set(struct dicom_text *, struct slice declared);
/*
 * What holds where nothing is declared: terms as in (0008,0005), or a name
 * that iconv knows.  ERR_USAGE for another.
 */
bool	dicom_text_default(struct dicom_text *, const char *charset,
	    struct err *);
bool	dicom_text_knows(const char *charset, struct err *);
/*
 * The UTF-8 of a value of this value representation, behind what is in the
 * buffer.  ERR_DATA, encoding.
 */
bool	dicom_text_decode(struct dicom_text *, struct slice, const char *vr,
	    struct buf *, struct err *);
/* For src.encoding: as declared, or "DECLARED as READ"; NULL for neither. */
const char *dicom_text_name(const struct dicom_text *, char room[192]);

#endif
