/*
 * mapping_format - the columns and words of a table of mappings, and of a
 * review file, which has some more: mdx-terms(5).  Private to lib/terms.
 */
#ifndef TERMS_MAPPING_FORMAT_H
#define TERMS_MAPPING_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

enum mapping_column {
	MAPPING_FIELD, MAPPING_TERM, MAPPING_UNIT, MAPPING_SPECIMEN,
	MAPPING_CODE, MAPPING_DISPLAY, MAPPING_SYSTEM, MAPPING_VERSION,
	MAPPING_RELATION, MAPPING_STATUS, MAPPING_REVIEWER, MAPPING_DATE,
	MAPPING_P, MAPPING_METHOD, MAPPING_COUNT, MAPPING_NOTE,
	MAPPING_COLUMNS,
	/* of a review file: the choice, and PICK_MOST candidates (pick.h) */
	MAPPING_PICK = MAPPING_COLUMNS, MAPPING_CAND1
};

extern const struct column mapping_columns[];

/* Those who wrote it, in the order of reports. */
enum mapping_status {
	MAPPING_APPROVED, MAPPING_IGNORED, MAPPING_FLAGGED, MAPPING_AUTO_MAPPED,
	MAPPING_UNCHECKED, MAPPING_INVALID_TARGET,
	MAPPING_STATUSES
};

const char	*mapping_status_name(enum mapping_status);
/* Any case or width, and the Chinese words; false where it is none of them. */
bool		 mapping_status_read(struct slice, enum mapping_status *);
/* That of a row, where none is UNCHECKED; false with the fault. */
bool		 mapping_status_of(const struct table *, size_t row,
		    enum mapping_status *, struct table_faults *, struct err *);
/* exact close broad narrow none, or SSSOM's words; n 0: unknown. */
struct slice	 mapping_relation(struct slice);
/* A day that there was, in any spelling, or none at all. */
bool		 mapping_is_day(struct slice);
#define MAPPING_NO_DAY	"'%.*s' is no day such as 2026-11-01"
/* A cell without the guard of spreadsheets (pick.h). */
struct slice	 mapping_cell(const struct table *, size_t row,
		    enum mapping_column);
/* "dir/diagnosis-old.csv" -> diagnosis */
struct slice	 mapping_field_of(const char *path);
/* That of a row, or else of the table's name. */
struct slice	 mapping_field(const struct table *, size_t row);

#endif
