/*
 * evaluate - how right the present tables and models are, on signed mappings
 * that are read as questions.
 */
#ifndef MAPPING_EVALUATE_H
#define MAPPING_EVALUATE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "io/table.h"
#include "mapping/tables.h"
#include "terms/finder.h"

struct evaluate_options {
	const struct tables *tables;
	struct finder_options finder;	/* best: at the cut that learn found */
	char		*const *gold;	/* tables of mappings, NULL at the end */
	const char	*field, *system;	/* only these, or NULL */
};

/* One line of figures for each field and system of the gold. */
bool	evaluate(const struct evaluate_options *, struct table_faults *,
	    struct buf *, struct err *);

#endif
