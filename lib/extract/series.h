/*
 * series - L1 on a gathered record: one value out of the records of a kind.
 *
 *	KIND[FIELD=VALUE].MEMBER:FUNCTION	lab[test=GLU].value:last
 *
 * The condition is optional; it is met by FIELD, or by a code or display in
 * FIELD_codes.  VALUE may be @NAME, a value set: the row is then one indicator
 * an entry, the entry's code in place of @NAME in the id.
 *
 * FUNCTION is one of first last min max mean count sum, in the order that the
 * records stand in (extract/gather), or days: how many calendar days the
 * records cover, each from its start (or time) to its end.
 *
 * All rows of the packs make one plan, so that a record that is gathered is
 * looked at once, however many rows there are.  Made once, then const; threads
 * may share it.
 */
#ifndef EXTRACT_SERIES_H
#define EXTRACT_SERIES_H

#include <stdbool.h>

#include "base/err.h"
#include "extract/answer.h"
#include "extract/settings.h"
#include "json/scan.h"

struct series_plan;

struct series_plan *series_plan_new(void);
void		 series_plan_free(struct series_plan *);	/* NULL is allowed */

/* Whether an L1 row's source speaks of gathered records. */
bool		 series_is(struct slice source);
/* The name of the value set that the source needs, or n 0. */
struct slice	 series_set(struct slice source);
/*
 * Adds a row.  set: the value set that its source names, or NULL; it and the
 * row must outlive the plan.  ERR_USAGE, without a place.
 */
bool		 series_plan_add(struct series_plan *,
		    const struct indicator *, const struct lexicon *set,
		    struct err *);
/*
 * Adds an answer for each indicator that the member `gathered` has records of.
 * A number in another unit is converted; where it cannot be, the answer has
 * failed (why: unit).  wanted: as in extract.h.
 */
void		 series_plan_find(const struct series_plan *,
		    struct json gathered, const bool *wanted,
		    struct answers *, struct arena *);

#endif
