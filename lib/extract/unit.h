/*
 * unit - the units that reports write, their dimension and exact conversion.
 *
 * The table is fixed and const.  UCUM spellings and the usual Chinese and
 * Latin ones are in it; ASCII case is ignored except where it tells two units
 * apart.
 */
#ifndef EXTRACT_UNIT_H
#define EXTRACT_UNIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/slice.h"

enum dimension {
	DIM_NONE, DIM_LENGTH, DIM_AREA, DIM_VOLUME, DIM_TIME, DIM_POWER,
	DIM_FREQUENCY, DIM_ENERGY, DIM_MASS, DIM_PRESSURE, DIM_SHARE,
	DIM_TEMPERATURE, DIM_RATE, DIM_MOLES, DIM_DENSITY, DIM_CELLS,
	DIM_HOUNSFIELD, DIM_WATER, DIM_COUNT
};

struct unit {
	const char	*spelling;
	const char	*usual;		/* as a table for people writes it */
	enum dimension	 dimension;
	const char	*factor;	/* to the first of its dimension */
};

/* A unit by its whole spelling, or NULL. */
const struct unit *unit_find(struct slice);
/* The longest spelling that the text begins with, *n bytes; or NULL. */
const struct unit *unit_at(struct slice text, size_t *n);
/* The unit that a mistyped one may mean, whatever its case; or NULL. */
const char	*unit_suggest(struct slice);
/* Exact where the result is finite; false beyond decimal's limits. */
bool		 unit_convert(const struct decimal *, const struct unit *from,
		    const struct unit *to, struct arena *, struct decimal *);

#endif
