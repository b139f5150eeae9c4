/*
 * dicom_element - the dictionary of standard data elements.
 */
#ifndef SOURCES_DICOM_ELEMENT_H
#define SOURCES_DICOM_ELEMENT_H

#include <stddef.h>
#include <stdint.h>

struct dicom_element {
	uint32_t	 tag;
	char		 vr[3];
	const char	*keyword;
};

extern const struct dicom_element dicom_elements[];
extern const size_t dicom_element_count;

/* NULL for private and unknown ones; repeating groups are found by any. */
const struct dicom_element *dicom_element_find(uint32_t tag);

#endif
