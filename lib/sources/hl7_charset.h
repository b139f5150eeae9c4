/*
 * hl7_charset - character sets of HL7 v2: those that MSH-18 names (table 0211)
 * and those that an escape switches to within a field.
 */
#ifndef SOURCES_HL7_CHARSET_H
#define SOURCES_HL7_CHARSET_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "sources/encodings.h"

/*
 * What iconv calls the set that MSH-18 of these bytes names; NULL for none and
 * for those that the bytes themselves tell (ASCII, UTF-8, GB 18030).
 */
const char *hl7_charset(struct slice message);
/*
 * A field with escapes \\Cxxyy\\ and \\Mxxyyzz\\, which stand for the escape
 * sequences of ISO 2022, becomes its text; it stays as it is where that is none.
 */
void	hl7_switched(struct encodings *, struct buf *field, char escape);

#endif
