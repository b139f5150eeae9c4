/*
 * own - the files that the run itself writes, which are no sources: a folder
 * that is read may hold the output, and a run that took it in would feed on
 * what it writes.
 */
#ifndef SOURCES_OWN_H
#define SOURCES_OWN_H

#include <stdbool.h>

#include "base/err.h"
#include "record/run.h"
#include "sources/source.h"

/*
 * Whether a walked file is one: an output under its name, its temporary name
 * or an earlier number, the state with what stands beside it, or the file that
 * standard output or standard error goes to.
 */
bool	own_is(const struct run_options *, const struct source_options *,
	    const char *path);
/* ERR_USAGE where a file that is named as a source is an output too. */
bool	own_check(char *const *operands, const struct run_options *,
	    const struct source_options *, struct err *);

#endif
