/*
 * analyte - what is known of a substance that lets its units meet: the molar
 * mass, the amount that one international unit stands for, and the line
 * between two conventions of one test (HbA1c in % and in mmol/mol).
 *
 * SHARE/terms/analytes.csv, see mdx-terms(5).  Built once, then const.
 */
#ifndef TERMS_ANALYTE_H
#define TERMS_ANALYTE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

/* y = slope x + offset; y and x are codes of units. */
struct analyte_line {
	struct slice	 y, x;		/* y.n 0: there is none */
	struct decimal	 slope, offset;
};

struct analyte {
	struct decimal	 mass;		/* g/mol; n 0: not known */
	struct decimal	 activity;	/* mol of one [iU]; n 0: not known */
	struct analyte_line line;
};

struct analytes;

struct analytes	*analytes_load(const char *path, struct table_faults *,
		    struct err *);
struct analytes	*analytes_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
void		 analytes_free(struct analytes *);	/* NULL is allowed */
/* By a name or alias, with or without an addition in brackets; or NULL. */
const struct analyte *analytes_find(const struct analytes *,
		    struct slice name, struct arena *);

/*
 * The forms under which a name of a test is looked up: folded, folded without
 * its brackets, and what stands in them: 谷丙转氨酶(ALT).
 */
#define NAME_FORMS	3
size_t		 name_forms(struct slice name, struct arena *,
		    struct slice forms[NAME_FORMS]);

#endif
