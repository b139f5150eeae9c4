/*
 * sketch - what a summary tells of the values of a field beside how many are
 * missing: counts by bucket (rules/bucket.h), of which smallest, largest and
 * quantiles follow, and how many are different.
 *
 * A tally has a sketch, in numbers; a summary has a shape, in labels.  No value
 * stands in either but a member of the field's value set.
 */
#ifndef RULES_SKETCH_H
#define RULES_SKETCH_H

#include "json/value.h"
#include "rules/bucket.h"
#include "rules/distinct.h"

struct sketch {			/* { .distinct.rough = true } is empty */
	struct histogram histogram;
	struct distinct	 distinct;	/* of all but members of the set */
	uint64_t	 texts;		/* that are nothing else */
};

struct shape {
	struct bins	 numbers, months, members;
	struct distinct	 distinct;
	uint64_t	 texts;
};

/* A scalar that is there; scratch: the record's arena. */
void	sketch_add(struct sketch *, struct arena *, struct datum *,
	    const struct index *set, struct arena *scratch);
void	sketch_join(struct sketch *, struct arena *, const struct sketch *);
/* In the arena. */
struct shape *sketch_shape(const struct sketch *, const struct index *set,
	    struct arena *);
void	shape_join(struct shape *, struct arena *, const struct shape *);
/* How many values are different. */
uint64_t shape_distinct(const struct shape *);
/* ,"distinct":4,"min":... */
void	shape_put(const struct shape *, struct buf *);
/* The member `key`, labels to counts; numbers: the labels are spelled as such.
 * False where it is something else. */
bool	bins_parse(const struct value *, const char *key, bool numbers,
	    struct arena *, struct bins *);
/* NULL where the line has none; *ok false where what it has is none. */
struct shape *shape_parse(const struct value *, struct arena *, bool *ok);

#endif
