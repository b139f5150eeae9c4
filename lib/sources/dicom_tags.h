/*
 * dicom_tags - data elements that the user names: keywords of PS3.6, or tags
 * as eight hexadecimal digits.
 *
 * Built once and then const.
 */
#ifndef SOURCES_DICOM_TAGS_H
#define SOURCES_DICOM_TAGS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct dicom_tags;

/* Names with commas between them.  ERR_USAGE for one that is not known. */
struct dicom_tags *dicom_tags_parse(struct slice names, struct err *);
void		 dicom_tags_free(struct dicom_tags *);	/* NULL is allowed */
bool		 dicom_tags_has(const struct dicom_tags *, uint32_t tag);

#endif
