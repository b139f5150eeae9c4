/*
 * scheme - operands that name no file: `odbc:DSN`, `https://...`.
 *
 * A scheme's read function does with one operand what job_source does with a
 * file: it opens places and inputs and hands them to job_bytes, or writes the
 * records of a member itself.  What the next run is to know goes to job_keep.
 */
#ifndef SOURCES_SCHEME_H
#define SOURCES_SCHEME_H

#include <stdbool.h>

#include "base/err.h"
#include "sources/job.h"

struct source_scheme {
	const char	*prefix;	/* "odbc:" */
	/* uri: the operand as typed.  False where the run cannot go on. */
	bool		(*read)(struct job *, const char *uri, struct err *);
	/* Whether such a source never ends by itself. */
	bool		 endless;
	/* ERR_USAGE, before anything is read; may be NULL. */
	bool		(*check)(const char *uri, const struct source_options *,
			    struct err *);
};

bool	mllp_read(struct job *, const char *uri, struct err *);

/* NULL for what is the path of a file. */
const struct source_scheme *scheme_of(const char *operand);

#endif
