/*
 * series_sum - what a function makes of the values of a series, one by one.
 * Private to extract/series.
 */
#ifndef EXTRACT_SERIES_SUM_H
#define EXTRACT_SERIES_SUM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/slice.h"

enum series_function {
	SERIES_FIRST, SERIES_LAST, SERIES_MIN, SERIES_MAX, SERIES_MEAN,
	SERIES_COUNT, SERIES_SUM, SERIES_DAYS
};

struct days;

/* All zero at first; the list of days is freed by series_sum_release. */
struct series_sum {
	size_t		 count;		/* records that met the condition */
	size_t		 numbers;
	bool		 unfit;		/* a unit that cannot be converted */
	struct slice	 value;		/* JSON of first or last */
	struct decimal	 number;	/* the least, greatest, or their sum */
	size_t		 place;		/* of the record that it stands in */
	struct days	*days;
	size_t		 ndays, room;
};

void		 series_sum_release(struct series_sum *);
void		 series_sum_number(struct series_sum *, enum series_function,
		    const struct decimal *, size_t place, struct arena *);
/* Days since 1970, from the first to the last of them. */
void		 series_sum_days(struct series_sum *, long from, long to);
/* As JSON; n 0: of nothing. */
struct slice	 series_sum_result(const struct series_sum *,
		    enum series_function, struct arena *);

#endif
