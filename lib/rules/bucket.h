/*
 * bucket - what of a value may stand in a summary, as a number: a member of the
 * field's value set; a number cut to three significant digits; the month of a
 * date; true, false; of any other text one of ten buckets, which tells nothing
 * of it.
 *
 * Numbers are in the order of their buckets.  A histogram counts by bucket.
 */
#ifndef RULES_BUCKET_H
#define RULES_BUCKET_H

#include "rules/drift.h"
#include "rules/field.h"

enum bucket_kind {
	BUCKET_NUMBER, BUCKET_MONTH, BUCKET_MEMBER, BUCKET_TEXT
};

/* Of a scalar that is there; set: the field's, or NULL. */
int32_t		 bucket_of(struct datum *, const struct index *set,
		    struct arena *);
enum bucket_kind bucket_kind(int32_t);
/* "5.61", "2024-01", the member, "true", "#7". */
void		 bucket_put(int32_t, const struct index *set, struct buf *);
/* The number that a label is; false for other labels. */
bool		 bucket_number(struct slice label, struct arena *,
		    struct decimal *);

struct histogram {		/* an open table; { 0 } is an empty one */
	struct histogram_cell {
		int32_t	 bucket;
		uint64_t n;	/* 0: nothing stands here */
	}		*cells;
	size_t		 n, room;
};

/* Memory is the arena's. */
void	histogram_add(struct histogram *, struct arena *, int32_t bucket,
	    uint64_t n);
void	histogram_join(struct histogram *, struct arena *,
	    const struct histogram *);
/* Adds those of a kind by their labels. */
void	histogram_label(const struct histogram *, const struct index *set,
	    unsigned kinds, struct arena *, struct bins *);

#endif
