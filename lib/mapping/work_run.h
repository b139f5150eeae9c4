/*
 * work_run - mdx-normalize without a verb: records through the map and the
 * policy, and what is written beside them when all have passed.
 */
#ifndef MAPPING_WORK_RUN_H
#define MAPPING_WORK_RUN_H

#include "deid/deid.h"
#include "mapping/limit.h"
#include "mapping/second_reader.h"
#include "mapping/tables.h"
#include "record/run.h"
#include "terms/finder.h"

struct work_options {
	const struct tables *tables;
	struct run_options *run;	/* a policy seals its rejects */
	struct finder_options finder;
	int		 zone;		/* minutes, or DATE_NO_ZONE */
	bool		 again;
	struct deid_options deid;	/* policy NULL: none; but for the
					   catalogue, which the tables have */
	const char	*review, *crosswalk;	/* files, or NULL */
	struct model_settings *model;	/* NULL: none */
	struct limit	 limit;
};

/* The exit status. */
int		 work_run(const struct work_options *, char **operands,
		    struct err *);

#endif
