/*
 * decide - the decisions about terms and units that one worker has made.
 *
 * Distinct terms are few: each is decided once by (rule, term, unit, specimen,
 * code) and kept with the very bytes that go into a record.  Bounded: when it
 * is full it starts anew.  Terms without a certain code are counted for the
 * review file.  Belongs to one thread.
 */
#ifndef MAPPING_DECIDE_H
#define MAPPING_DECIDE_H

#include "base/arena.h"
#include "base/slice.h"
#include "mapping/map.h"
#include "terms/finder.h"
#include "terms/review.h"
#include "terms/terms.h"
#include "terms/unit.h"

struct decisions;

struct decision {
	enum term_status status;
	const char	*reason;	/* why a person is needed, or NULL */
	bool		 disagrees;	/* the code of the data is another one */
	struct slice	 codes;		/* JSON array; n 0: none */
	struct slice	 trail;		/* `"status":...,"codes":[...]` */
	struct slice	*missing;	/* editions without a code */
	size_t		 nmissing;
};

/* A spelling of a unit, and the way to the unit that is wanted. */
struct unit_decision {
	bool		 known;		/* code is UCUM */
	struct slice	 code;
	const char	*refusal;	/* code of the error, or NULL */
	bool		 converts;	/* to the wanted unit, not the same */
	struct conversion way;
};

struct decisions *decisions_new(const struct terms *,
		    const struct finder_options *, const struct units *,
		    struct review * /* may be NULL */);
void		 decisions_free(struct decisions *);	/* NULL is allowed */
/* Between records: lets go of all where they have become too many. */
void		 decisions_trim(struct decisions *);

/* Both are valid until decisions_trim. */
const struct decision *decide_term(struct decisions *, const struct rule *,
		    struct slice term, struct slice unit,
		    struct slice specimen, struct slice code);
/* wanted: n 0 for none. */
const struct unit_decision *decide_unit(struct decisions *,
		    struct slice spelling, struct slice item,
		    struct slice wanted, struct slice analyte);

#endif
