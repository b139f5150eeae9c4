/*
 * lookup_run - the verb `lookup` to its end; with a model, a term that needs a
 * person gains `proposed`: what the second reader takes it for.
 */
#ifndef MAPPING_LOOKUP_RUN_H
#define MAPPING_LOOKUP_RUN_H

#include <stdbool.h>

#include "deid/find.h"
#include "mapping/tables.h"
#include "model/settings.h"
#include "record/run.h"
#include "terms/finder.h"

struct lookup_options {
	const struct tables *tables;
	const struct run_options *run;
	struct finder_options finder;
	const char	*field;		/* NULL: diagnosis */
	const char	*systems;	/* "a,b"; NULL: what the map has for it */
	bool		 code;		/* the terms are codes */
	struct model_settings *model;	/* NULL: none */
	const char	*share;		/* for the scrub of what a model sees */
};

/*
 * The exit status.  ERR_USAGE where no row of the map says the field's system;
 * ERR_SERVICE where the model refused for good: every line has left, those
 * that it did not see without a proposal.
 */
int		 lookup_run(const struct lookup_options *, char **operands,
		    struct err *);

#endif
