/*
 * once - a verb that reads tables and answers with one text, whole or not at
 * all: how its faults are said, where the text goes, the exit status.
 */
#ifndef MAPPING_ONCE_H
#define MAPPING_ONCE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "io/table.h"
#include "mapping/tables.h"
#include "record/run.h"

/* Of all zeros but for say; the verb fills the text and the faults. */
struct once {
	void		(*say)(const char *line);	/* may be NULL */
	struct buf	 text;
	struct table_faults faults;
};

/* Both take what the verb came to, release the rest and give the status. */
int		 once_write(struct once *, bool ok, const char *output,
		    struct err *);
/* The same as a run with these tables in its report. */
int		 once_run(struct once *, bool ok, const struct tables *,
		    const struct run_options *, struct err *);

#endif
