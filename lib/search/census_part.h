/*
 * census_part - the insides of a census, for census.c and census_page.c.
 */
#ifndef SEARCH_CENSUS_PART_H
#define SEARCH_CENSUS_PART_H

#include <stdint.h>

#include "base/hash.h"
#include "search/census.h"

enum { CENSUS_DAY, CENSUS_DEPT, CENSUS_MODE, CENSUS_REFUSED, CENSUS_DIMS };

struct census_kind {
	const char	*name, *member, *title;
};

extern const struct census_kind census_kinds[];	/* { 0 } at the end */

struct census_dim {
	size_t		 kind;
	struct index	*values;
	uint64_t	*counts;	/* one a value */
	size_t		 room;
};

struct census {
	uint64_t	 n;
	struct census_dim dims[CENSUS_DIMS];
	size_t		 ndims;
};

struct census_cell {
	struct slice	 value;
	uint64_t	 n;
};

/* Days in their order, others by number; the list is the caller's. */
size_t		 census_list(const struct census_dim *,
		    struct census_cell **);

#endif
