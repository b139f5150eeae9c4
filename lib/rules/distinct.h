/*
 * distinct - how many different values there are, in 4 KiB at most.
 *
 * Two forms.  Exact: the first 32 bits of a hash of each value, while there
 * are no more than DISTINCT_EXACT of them; beyond, and always in the rough
 * form, the registers of HyperLogLog (Flajolet and others, 2007; counted by
 * Ertl's estimator, 2017): of the hash the first 12 bits choose one, which holds the largest place of the first 1
 * in the other 20.  Its standard error is 1.6 %.  Few registers, unlike
 * hashes, tell nothing of a value that somebody guesses.
 *
 * Both merge by union and by maximum, so that neither order nor cut shows.
 * The hash stands in summaries and must never change (mdx-summary(5)).  Memory
 * is the arena's.
 */
#ifndef RULES_DISTINCT_H
#define RULES_DISTINCT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"

#define DISTINCT_EXACT		512
#define DISTINCT_REGISTERS	4096

struct distinct {
	bool		 rough;
	uint32_t	*marks;		/* sorted */
	size_t		 n, room;
	uint8_t		*registers;	/* NULL: exact so far */
};

/* { .rough = … } is an empty one. */
void		distinct_add(struct distinct *, struct arena *, struct slice);
/* 1, 1.0 and 1e0 are one value. */
void		distinct_add_number(struct distinct *, struct arena *,
		    const struct decimal *);
void		distinct_join(struct distinct *, struct arena *,
		    const struct distinct *);
uint64_t	distinct_count(const struct distinct *);
/*
 * "=" and 8 hexadecimal digits for each hash; "~" and, for each register that
 * is not 0, its number in 3 hexadecimal digits and its value; "#" and the
 * values of all.  A value v is the character '0' + v.
 */
void		distinct_put(const struct distinct *, struct buf *);
bool		distinct_parse(struct slice, struct arena *,
		    struct distinct *);

#endif
