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
	bool		 part;		/* of a total, and no value itself */
	bool		 everywhere;	/* denied of the whole */
	const struct measure *measure;	/* of numeric types, or NULL */
	struct slice	 value;		/* JSON */
	bool		 outside;	/* of the plausible range */
};

#define CANDIDATE_OUT                                                    \
	(1u << CUE_HISTORY | 1u << CUE_OUTSIDE | 1u << CUE_PLANNED |     \
	    1u << CUE_ELSEWHERE | 1u << CUE_INSTRUCTS)

/* Whether the candidate could be the answer, by what its context says. */
static inline bool
candidate_stands(const struct field *f, const struct candidate *c)
{
	if ((c->context & (CANDIDATE_OUT | 1u << CUE_UNCERTAIN)) != 0)
		return false;
	return f->d->type == TYPE_BOOL ||
	    (c->context & 1u << CUE_NEGATED) == 0;
}

/* Why it is not the answer, where it is not. */
const char	*candidate_lost(const struct candidate *);

struct candidates {
	struct candidate **first, **last;	/* one a field */
	uint16_t	*count;
	bool		*too_many;
};

void		 candidates_find(struct candidates *, const struct reading *);
/*
 * One more, kept in text order, with the context and the objects of its place
 * and no value yet; NULL where the field has too many.  Private to the finders.
 */
struct candidate *candidate_add(struct candidates *, const struct reading *,
		    uint32_t field, uint32_t from, uint32_t to, int score);
/* The JSON value of a measure for a field, or n 0 where it has none. */
struct slice	 candidate_value(const struct field *, const struct measure *,
		    struct arena *, bool *outside);
/* Whether the field's values are made of measures. */
bool		 candidate_is_measured(const struct field *);
/* Whether type and unit of the field could take the measure at all. */
bool		 candidate_fits(const struct field *, const struct measure *);
/* The largest number of a measure, in the field's unit, for comparing. */
double		 candidate_extent(const struct field *, const struct measure *);
/* Whether the measure lacks the unit that the field has. */
bool		 candidate_lacks_unit(const struct field *,
		    const struct measure *);

#endif
