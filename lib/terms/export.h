/*
 * export - approved mappings in the forms of other tools (terms/interchange).
 */
#ifndef TERMS_EXPORT_H
#define TERMS_EXPORT_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "io/table.h"

struct export_options {
	const char	*share;
	const char	*folder;	/* approved/ of it where no file is given */
	const char	*form;		/* sssom stcm usagi conceptmap csv */
	const char	*field, *system;	/* only these; may be NULL */
};

bool		 export_run(char *const *files, const struct export_options *,
		    struct buf *out, struct table_faults *, struct err *);

#endif
