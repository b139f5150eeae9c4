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
 * Made once, then const; threads may share it.
 */
#ifndef EXTRACT_SERIES_H
#define EXTRACT_SERIES_H

#include <stdbool.h>

#include "base/err.h"
#include "extract/answer.h"
#include "extract/settings.h"
#include "json/scan.h"

enum series_function {
	SERIES_FIRST, SERIES_LAST, SERIES_MIN, SERIES_MAX, SERIES_MEAN,
	SERIES_COUNT, SERIES_SUM, SERIES_DAYS
};

struct series {
	struct slice	 kind, field, member;	/* field n 0: no condition */
	struct slice	 value;
	enum series_function function;
	struct index	*wanted;	/* spellings, or NULL: every record */
	size_t		*entry;		/* of each spelling */
	const struct indicator **entries; /* the row, or one an entry of the set */
	size_t		 n;
};

/* Whether an L1 row's source speaks of gathered records. */
bool		 series_is(struct slice source);
/* The name of the value set that the source needs, or n 0. */
struct slice	 series_set(struct slice source);
/* set: the value set of that name, or NULL.  ERR_USAGE, without a place. */
bool		 series_parse(struct series *, const struct indicator *,
		    const struct lexicon *set, struct arena *, struct err *);
void		 series_release(struct series *);
/*
 * Adds an answer for each entry that the member `gathered` has records of.
 * A number in another unit is converted; where it cannot be, the answer has
 * failed (why: unit).
 */
void		 series_find(const struct series *, struct json gathered,
		    struct answers *, struct arena *);

#endif
