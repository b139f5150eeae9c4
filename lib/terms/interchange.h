/*
 * interchange - tables of mappings in the forms of other tools, both ways:
 * SSSOM (TSV), OMOP's SOURCE_TO_CONCEPT_MAP, Usagi, FHIR R4 ConceptMap, and
 * our own CSV.
 *
 * Every form carries everything, in the extra columns or extensions that it
 * allows: what is written comes back the same, a term that was looked at and
 * has no code above all.
 */
#ifndef TERMS_INTERCHANGE_H
#define TERMS_INTERCHANGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"
#include "terms/mapping_rows.h"
#include "terms/systems.h"

struct interchange {
	const struct systems *systems;	/* for addresses of FHIR */
	const char	*field;		/* where the text has none, or NULL */
};

/* Whether a text is one of the five. */
bool		 interchange_is(struct slice);
/* Told by its columns. */
bool		 interchange_read(const struct interchange *, const char *path,
		    struct slice, struct mapping_rows *,
		    struct table_faults *, struct err *);
/* form: sssom stcm usagi conceptmap csv; false: no such. */
bool		 interchange_write(const struct interchange *, const char *form,
		    const struct mapping_rows *, struct buf *);

/* Private to lib/terms. */
bool		 conceptmap_read(const struct interchange *, const char *path,
		    struct slice, struct mapping_rows *,
		    struct table_faults *, struct err *);
void		 conceptmap_write(const struct interchange *,
		    const struct mapping_rows *, struct buf *);

#endif
