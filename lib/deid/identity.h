/*
 * identity - which members of records hold what identifies a person, by their
 * names alone: those that the catalogue says identify, those of
 * SHARE/deid/members.csv, and what hospital systems call them (brxm, SFZH;
 * SHARE/deid/columns.csv).  For who tells of values that nobody has described.
 *
 * Small and capital letters, full width, blanks, `_`, `-` and `.` make no
 * difference: PATIENT_NAME is PatientName.  Const once loaded.
 */
#ifndef DEID_IDENTITY_H
#define DEID_IDENTITY_H

#include <stdbool.h>

#include "base/err.h"
#include "base/slice.h"
#include "catalogue/catalogue.h"
#include "io/table.h"

struct identity;

/* Nothing of the catalogue is kept. */
struct identity	*identity_load(const char *share, const struct catalogue *,
		    struct table_faults *, struct err *);
void		 identity_free(struct identity *);	/* NULL is allowed */
bool		 identity_named(const struct identity *, struct slice name);

#endif
