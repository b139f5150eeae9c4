/*
 * value - single values under the classes mask, year, shift, age and
 * generalise.  Private to lib/deid.
 *
 * Each writes one JSON value, or answers ERR_DATA with the code deid_value or
 * deid_date and never the value.
 */
#ifndef DEID_VALUE_H
#define DEID_VALUE_H

#include "base/arena.h"
#include "base/buf.h"
#include "deid/policy.h"

bool	value_refused(struct err *);	/* deid_value; false */
/* At least a third is hidden, or all of it. */
void	value_mask(const struct deid_rule *, struct slice, struct buf *);
bool	value_shift(struct slice, long days, struct buf *, struct err *);
bool	value_year(struct slice, struct buf *, struct err *);
/* raw is what stays of an age up to 89. */
bool	value_age(struct slice, struct slice raw, struct arena *, struct buf *,
	    struct err *);
bool	value_generalise(const struct deid_rule *, struct slice, struct arena *,
	    struct buf *, struct err *);
/*
 * The first levels (province, city, county) of an address or of a region's
 * digits (GB/T 2260); null where no province or city can be told.
 */
void	value_region(struct slice, unsigned levels, struct buf *);

#endif
