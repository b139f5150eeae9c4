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
/* False for other text. */
bool		 bucket_find(struct datum *, const struct index *set,
		    struct arena *, int32_t *);
/* Of a whole number, such as a length. */
int32_t		 bucket_of_count(uint64_t);
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

struct spots {			/* of bins: the labels that are numbers */
	struct spot {
		struct decimal number;
		struct slice label;
		uint64_t n;
	}		*list;		/* in the order of the numbers */
	size_t		 n;
	uint64_t	 count;
};

/* In the arena; labels are those of the bins. */
struct spots	 bins_spots(const struct bins *, struct arena *);
/* That of the value of a rank, from 1; of fewer the last.  n must not be 0. */
const struct spot *spots_at(const struct spots *, uint64_t rank);

#endif
