/*
 * dicom_directory - the tree of a DICOMDIR.
 *
 * Its records stand in a row and name one another by their places in the
 * file: the next of the same parent, the first below.
 */
#ifndef SOURCES_DICOM_DIRECTORY_H
#define SOURCES_DICOM_DIRECTORY_H

#include "sources/dicom_header.h"

/*
 * The sequence of directory records, written as "Patients":[{…"Studies":[…
 * A record that no other leads to stands under the nearest before it that may
 * be its parent, and is counted as unlinked.
 */
bool	dicom_directory_read(struct dicom_header *, const struct dicom_value *,
	    struct err *);

#endif
