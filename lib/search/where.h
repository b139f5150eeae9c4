/*
 * where - a selection of records: NAME OP VALUE, all of which must hold.
 *
 * NAME is patient, visit, kind, date, dept, src or an indicator by its id or
 * one of its names; OP one of = != < <= > >= ~ (contains).  A record without
 * the value is never selected.  A date is compared as precisely as it is
 * given: date<=2024-01 holds for the whole of January.
 */
#ifndef SEARCH_WHERE_H
#define SEARCH_WHERE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "search/corpus.h"

enum where_op {
	WHERE_EQ, WHERE_NE, WHERE_LT, WHERE_LE, WHERE_GT, WHERE_GE, WHERE_HAS
};

struct where {
	struct slice	 name, value;	/* parts of the text */
	enum where_op	 op;
};

/* ERR_USAGE says what is missing. */
bool		 where_parse(struct slice, struct where *, struct err *);

/*
 * The passages of the selected records, a bit for each.  Belongs to the
 * caller; const once made.
 */
struct selection {
	uint64_t	*bits;
	size_t		 size;		/* bits there are */
	uint64_t	 passages, records;	/* selected */
};

/*
 * ERR_USAGE for a name that the index does not know.  Every record is of the
 * selection where n is 0.
 */
bool		 selection_make(struct selection *, struct corpus *,
		    const struct where *, size_t n, struct err *);
void		 selection_release(struct selection *);

static inline bool
selection_has(const struct selection *s, uint64_t passage)
{
	return passage < s->size &&
	    (s->bits[passage / 64] >> (passage % 64) & 1) != 0;
}

#endif
