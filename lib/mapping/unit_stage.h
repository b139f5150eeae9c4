/*
 * unit_stage - the verb `unit`: records with `unit`, and perhaps `value`, `to`
 * and `analyte`, gain what the unit means and the converted value.
 *
 * Distinct questions are few: each worker keeps its answers, all but the
 * number, by (unit, analyte, to).
 */
#ifndef MAPPING_UNIT_STAGE_H
#define MAPPING_UNIT_STAGE_H

#include "base/hash.h"
#include "mapping/tables.h"
#include "record/flow.h"
#include "terms/unit.h"

/* Set the first four; to and analyte stand in where a record has none. */
struct unit_work {
	const struct units *units;
	struct index	*names;		/* from record_names */
	const char	*to, *analyte;	/* may be NULL */
	size_t		 asked[4], given[6];	/* private: numbers of names */
};

struct stage	 unit_stage(struct unit_work *);
/* The verb to its exit status. */
int		 unit_run(const struct tables *, const struct run_options *,
		    const char *to, const char *analyte, char **operands,
		    struct err *);

#endif
