/*
 * candidate - every place of a text that could be an indicator's value.
 *
 * The rules find candidates and score them; extract/choose picks among them.
 */
#ifndef EXTRACT_CANDIDATE_H
#define EXTRACT_CANDIDATE_H

#include "extract/reading.h"

#define CANDIDATE_MAX	256	/* of one field, then too_many */

struct candidate {
	struct candidate *next;		/* of the same field, in text order */
	uint32_t	 field;
	uint32_t	 from, to;	/* bytes of the view */
	int		 score;
	unsigned	 context;	/* mask of cue kinds */
	uint32_t	 objects;	/* mask; 0: all */
	uint32_t	 last;		/* objects spoken of last */
	uint32_t	 rule;		/* anchor from 1; 0: bare, code */
	uint32_t	 code;		/* number, where it is spelled */
	bool		 total;
	bool		 everywhere;	/* denied of the whole */
	const struct measure *measure;	/* of numeric types, or NULL */
	struct slice	 value;		/* JSON */
	bool		 outside;	/* of the plausible range */
};

struct candidates {
	struct candidate **first, **last;	/* one a field */
	uint16_t	*count;
	bool		*too_many;
};

void		 candidates_find(struct candidates *, const struct reading *);
/* The JSON value of a measure for a field, or n 0 where it has none. */
struct slice	 candidate_value(const struct field *, const struct measure *,
		    struct arena *, bool *outside);
/* Whether type and unit of the field could take the measure at all. */
bool		 candidate_fits(const struct field *, const struct measure *);
/* The largest number of a measure, in the field's unit, for comparing. */
double		 candidate_extent(const struct field *, const struct measure *);
/* Whether the measure lacks the unit that the field has. */
bool		 candidate_lacks_unit(const struct field *,
		    const struct measure *);

#endif
