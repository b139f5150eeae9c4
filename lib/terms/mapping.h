/*
 * mapping - terms that a person has mapped to codes, from reviewed tables.
 *
 * Several rows of one term are its several codes.  A row with a unit or a
 * specimen holds for these only and beats the one without; in brackets they
 * are only what is usual, and the row is one without.  Only APPROVED rows are
 * truth; relation `none` says "looked at, has no code".  Later tables win.
 * Private to lib/terms; the format is mdx-terms(5).
 */
#ifndef TERMS_MAPPING_H
#define TERMS_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

struct mappings;

struct mapping_code {
	struct slice	 code, display, system, version;
	const char	*path;
	uint64_t	 line;
	bool		 exact;		/* the term means neither more nor less */
};

struct mapping {
	struct slice	 term;		/* as written */
	struct mapping_code *codes;	/* none: has no code */
	size_t		 ncodes, room;
	struct slice	 reviewer, date;	/* of the first of its rows */
	const char	*path;
	uint64_t	 line;
	struct slice	 usual;		/* specimen of a row without, folded;
					   n 0: not said */
	bool		 offered;	/* by us, not by the hospital */
	bool		 refuted;	/* never found: set by mappings_each */
};

/* An answer whose code the list of its system has lost (INVALID_TARGET). */
struct stale_mapping {
	struct slice	 field, term, unit, specimen;
	struct mapping_code was;
};

struct mappings	*mappings_new(void);
void		 mappings_free(struct mappings *);	/* NULL is allowed */
/*
 * The field is in the rows, or in the name FIELD[-anything].csv.  offered: the
 * rows are no hospital's own.
 */
bool		 mappings_add(struct mappings *, const char *path,
		    struct slice text, bool offered, struct table_faults *,
		    struct err *);
/*
 * All but field are folded.  units and specimens are spellings of the one unit
 * and the one specimen, the most telling first and empty ones last; a specimen
 * tells more than a unit.
 */
#define MAPPING_SPELLINGS 3

const struct mapping *mappings_find(const struct mappings *,
		    struct slice field, struct slice term,
		    const struct slice units[MAPPING_SPELLINGS],
		    const struct slice specimens[MAPPING_SPELLINGS]);
size_t		 mappings_count(const struct mappings *);
const struct mapping *mappings_at(const struct mappings *, size_t);
bool		 mappings_each(struct mappings *,
		    bool (*)(void *, struct mapping *,
		    struct table_faults *, struct err *), void *,
		    struct table_faults *, struct err *);

size_t		 mappings_stale(const struct mappings *,
		    const struct stale_mapping **list);

#endif
