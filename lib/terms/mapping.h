/*
 * mapping - terms that a person has mapped to codes, from reviewed tables.
 *
 * Several rows of one term are its several codes.  A row with a unit or a
 * specimen holds for these only and beats the one without; in brackets they
 * are only what is usual, and the row is one without.  Only APPROVED rows are
 * truth; relation `none` says "looked at, has no code".  Of the tables that
 * know a term the last one answers.  Texts belong to the mappings.  Private to
 * lib/terms; the format is mdx-terms(5).
 */
#ifndef TERMS_MAPPING_H
#define TERMS_MAPPING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

struct mappings;

struct mapping {
	size_t		 table, number;	/* its place */
	struct slice	 term;		/* as written */
	struct slice	 usual;		/* specimen of a row without, folded;
					   n 0: not said */
	size_t		 ncodes;	/* 0: has no code */
	bool		 offered;	/* by us, not by the hospital */
	bool		 refuted;	/* never found */
};

struct mapping_code {
	struct slice	 code, display, system, version;
	const char	*path;
	uint64_t	 line;
	bool		 exact;		/* the term means neither more nor less */
};

/* An answer whose code the list of its system has lost (INVALID_TARGET). */
struct stale_mapping {
	struct slice	 field, term, unit, specimen;
	struct mapping_code was;
};

struct mappings	*mappings_new(void);
void		 mappings_free(struct mappings *);	/* NULL is allowed */

/*
 * The text of a table and its path; the field is in the rows, or in the name
 * FIELD[-anything].csv.  compiled as in image.h.
 */
struct mapping_source {
	const char	*path;
	struct slice	 text;
	const uint8_t	*digest;	/* SHA-256 of the text */
	bool		 offered;	/* the rows are no hospital's own */
	const char	*compiled;	/* or NULL */
};

/* Where rows have faults the others are added. */
bool		 mappings_add(struct mappings *, const struct mapping_source *,
		    struct table_faults *, struct err *);
/*
 * All but field are folded.  units and specimens are spellings of the one unit
 * and the one specimen, the most telling first and empty ones last; a specimen
 * tells more than a unit.
 */
#define MAPPING_SPELLINGS 3

bool		 mappings_find(const struct mappings *, struct slice field,
		    struct slice term,
		    const struct slice units[MAPPING_SPELLINGS],
		    const struct slice specimens[MAPPING_SPELLINGS],
		    struct mapping *);
struct mapping_code mapping_code(const struct mappings *,
		    const struct mapping *, size_t);
/* The next one of those that answer; the first behind one of all zeros. */
bool		 mappings_next(const struct mappings *, struct mapping *);
/* This one is not found from now on. */
void		 mappings_refute(struct mappings *, const struct mapping *);

size_t		 mappings_stale(const struct mappings *,
		    const struct stale_mapping **list);

#endif
