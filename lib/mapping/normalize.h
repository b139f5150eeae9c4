/*
 * normalize - a record through the map: columns become fields, in place.
 *
 * Each field is decided by itself and from tables only, so that any split of
 * the input over workers and machines gives the same bytes.  A field that
 * `_mdx.norm` says is done is left alone: a second pass changes nothing.
 */
#ifndef MAPPING_NORMALIZE_H
#define MAPPING_NORMALIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "mapping/map.h"
#include "record/record.h"
#include "terms/finder.h"
#include "terms/review.h"
#include "terms/terms.h"
#include "terms/unit.h"

/* Tables and options, const and shared by all workers. */
struct normalizer {
	const struct map *map;
	const struct terms *terms;
	struct finder_options finder;
	const struct units *units;
	int		 zone;		/* minutes, or DATE_NO_ZONE */
	bool		 review;	/* count unsolved terms */
	bool		 again;		/* take back what an earlier pass did */
};

struct field_count {
	uint64_t	 seen, changed, unmapped;
};

struct normalize_counts {
	struct field_count *fields;	/* by number of the map's field */
	uint64_t	 status[TERM_UNMAPPED + 1];
	uint64_t	 disagree;	/* names whose code in the data is another */
	uint64_t	 untouched;	/* records that no row had work for */
	uint64_t	 dropped;	/* members of declared drops */
};

struct normalize;			/* one worker's state */

struct normalize *normalize_new(const struct normalizer *);
void		 normalize_free(struct normalize *);	/* NULL is allowed */
/*
 * ERR_DATA, code duplicate_member: the record is to be set aside.  ERR_USAGE:
 * a jq expression of the map is wrong, the run cannot go on.
 */
bool		 normalize_record(struct normalize *, struct record *,
		    struct err *);
const struct normalize_counts *normalize_counts(const struct normalize *);
/* NULL unless asked for. */
const struct review *normalize_review(const struct normalize *);

#endif
