/*
 * measure - the one lexer of quantities, for extraction and for verification.
 *
 * It reads a view (extract/view) from left to right once and lists what is
 * quantified in it: numbers with units, dimensions joined by a sign of
 * multiplication or by named diameters, ranges and open ends, durations in
 * minutes and seconds, times in Chinese numerals, ratios, dates.  It has no
 * opinion on what they mean.
 */
#ifndef EXTRACT_MEASURE_H
#define EXTRACT_MEASURE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/slice.h"
#include "extract/unit.h"
#include "extract/view.h"

#define MEASURE_VALUES	4

enum measure_kind {
	MEASURE_NUMBER,		/* one value */
	MEASURE_DIMS,		/* two to four */
	MEASURE_RANGE,		/* value 0 to value 1; one may be missing */
	MEASURE_RATIO,		/* n/N; of ranges the high ends behind */
	MEASURE_DATE
};

struct measure {
	enum measure_kind kind;
	uint32_t	 from, to;	/* bytes of the view */
	uint32_t	 lead;		/* from, with the 约, 为, 达 before it */
	struct decimal	 value[MEASURE_VALUES];
	size_t		 n;
	bool		 has[2];	/* ends of a range */
	const struct unit *unit;	/* of all values, or NULL */
	const struct unit *told;	/* where it has none: one in brackets */
	bool		 named;		/* a diameter by its name */
	bool		 part;		/* one of named diameters, also joined */
	bool		 glued;		/* to the Latin letters before it */
	bool		 reference;	/* the interval behind a value */
	bool		 past;		/* gave way to the one behind it */
};

/* All of the view in their order; in the arena.  Linear in n. */
struct measure	*measure_scan(const struct view *, struct arena *, size_t *n);
/* Whether the comma at a byte of the view parts thousands: 1,204. */
bool		 measure_parts_thousands(const struct view *, size_t at);
/* "38,4℃", "36。5℃": the length of a sign in the place of a point, or 0. */
size_t		 measure_misreads_point(struct slice view, size_t at);
/* The values in another unit of the same dimension; false where it is not. */
bool		 measure_convert(const struct measure *, const struct unit *to,
		    struct arena *, struct decimal out[MEASURE_VALUES]);

#endif
