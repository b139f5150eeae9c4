/*
 * scale - the functions of UCUM's special units: degrees with an offset,
 * logarithms, the tangent, the square root.
 *
 * A special unit holds its measure as f(m/u), u being an ordinary unit: pH is
 * -lg of m/(mol/l).  Offsets are exact; curves are worked out in long double
 * and rounded once, to the 15 digits that all conversions have.
 */
#ifndef TERMS_SCALE_H
#define TERMS_SCALE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/slice.h"

struct scale {
	enum { SCALE_OFFSET, SCALE_LOG, SCALE_TAN, SCALE_ROOT } shape;
	struct decimal	 offset;	/* m/u = value + offset */
	long double	 base, factor;	/* value = factor log_base(m/u), or
					   factor tan(m/u) */
};

/*
 * From the cell `function` of ucum.csv: "+273.15", lg, 2lg, ln, ld, -lg,
 * -log100 (any base), 100tan, sqrt.
 */
bool	scale_parse(struct slice, struct arena *, struct scale *);
/*
 * Along a curve (not an offset): the value of m/u = num/den, and m/u of a
 * value.  ERR_DATA where the curve has no such point.
 */
bool	scale_value(const struct scale *, const struct decimal *num,
	    const struct decimal *den, struct arena *, struct decimal *,
	    struct err *);
bool	scale_measure(const struct scale *, const struct decimal *num,
	    const struct decimal *den, struct arena *, struct decimal *,
	    struct err *);

#endif
