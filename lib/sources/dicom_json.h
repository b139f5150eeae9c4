/*
 * dicom_json - an object of the DICOM JSON model (PS3.18, annex F) in the
 * shape that the reader of headers gives: keywords of PS3.6 as names.
 */
#ifndef SOURCES_DICOM_JSON_H
#define SOURCES_DICOM_JSON_H

#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "json/scan.h"

/*
 * The members of the object behind what is in the buffer, without the braces.
 * *bulk counts values that are left out.  ERR_DATA, dicom_syntax.
 */
bool	dicom_json_put(struct json object, struct buf *, struct arena *,
	    uint64_t *bulk, struct err *);
/* The first value of an attribute, such as 00080060; n 0: none. */
struct slice dicom_json_first(struct json object, const char *tag,
	    struct arena *);

#endif
