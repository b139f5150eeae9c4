/*
 * unit - units as hospitals write them, and exact conversion between them.
 *
 * Local spellings become UCUM codes by a table, the one of the item first
 * (G/L is 10*9/L in a blood count, though UCUM reads gauss).  Mole and mass
 * meet only through the molar mass of the analyte.  Tables: mdx-terms(5).
 * Built once and then const.
 */
#ifndef TERMS_UNIT_H
#define TERMS_UNIT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"
#include "terms/ucum.h"

struct units;

/*
 * SHARE/terms/{ucum,units,analytes}.csv; missing tables are ERR_USAGE.  folder
 * (or NULL) may have a list of units that was imported, ucum@VERSION.csv: the
 * latest is asked before the shipped one.
 */
struct units	*units_load(const char *share, const char *folder,
		    struct table_faults *, struct err *);
void		 units_free(struct units *);	/* NULL is allowed */

/*
 * The UCUM code meant by a spelling, in the arena; item (may be empty) is the
 * name of the test.  False: not understood.
 */
bool		 units_code(const struct units *, struct slice spelling,
		    struct slice item, struct arena *, struct slice *code);
/* As written it is UCUM; "" is, too. */
bool		 units_valid(const struct units *, struct slice code,
		    struct arena *);
bool		 units_parse(const struct units *, struct slice code,
		    struct arena *, struct unit *, struct err *);
/* The code in words; false where it is none. */
bool		 units_display(const struct units *, struct slice code,
		    struct arena *, struct buf *);

/*
 * x = value * times, along the curve `from` of x/per if there is one; then
 * ((x + add) * mul - sub) / div, along the curve `to` of that, / times_to *
 * per_to.  One rounding at the end.
 */
struct conversion {
	bool		 same;		/* one unit in two spellings */
	bool		 shifts;	/* there is more than mul and div */
	struct decimal	 times, add, mul, sub, div;
	const struct scale *from, *to;	/* curves, or NULL */
	struct decimal	 per, times_to, per_to;	/* of the curves */
};

/*
 * Between two UCUM codes; ERR_DATA with the code not_ucum, dimensions_differ,
 * needs_analyte or arbitrary_unit.
 */
bool		 units_between(const struct units *, struct slice from,
		    struct slice to, struct slice analyte, struct arena *,
		    struct conversion *, struct err *);
bool		 conversion_apply(const struct conversion *,
		    const struct decimal *, struct arena *, struct decimal *,
		    struct err *);

#endif
