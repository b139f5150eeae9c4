/*
 * import - official spreadsheets, code maps, mappings and the UCUM essence
 * into the terms folder.
 *
 * All files are read and proved first; then they take their places together,
 * so that a run leaves the old state or the new one.
 */
#ifndef TERMS_IMPORT_H
#define TERMS_IMPORT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "io/table.h"

/* Texts may be NULL where they are not given. */
struct import_options {
	const char	*share;		/* of the shipped tables */
	const char	*folder;	/* --terms */
	const char	*as;		/* vocabulary map approved units auto */
	const char	*system, *version;
	const char	*from, *to;	/* "icd10-gl@2.0" */
	const char	*field, *columns, *sheet;
};

/* One JSON object a line for each list, map or table; faults are gathered. */
bool		 import_run(char *const *files, const struct import_options *,
		    struct buf *out, struct table_faults *, struct err *);

#endif
