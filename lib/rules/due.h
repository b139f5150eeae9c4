/*
 * due - what is to happen at some time, the earliest first: a heap.  Times of
 * one instant come in the order of `series`, then of `test`.
 */
#ifndef RULES_DUE_H
#define RULES_DUE_H

#include <stddef.h>
#include <stdint.h>

struct due {
	int64_t		 at;
	uint64_t	 series;	/* its number, never used twice */
	uint32_t	 slot;		/* where it is found */
	uint32_t	 test;
};

struct dues {
	struct due	*list;
	size_t		 n, room;
};

void		 dues_push(struct dues *, struct due);
/* The earliest, or NULL; valid until the next push. */
const struct due *dues_first(const struct dues *);
struct due	 dues_pop(struct dues *);
void		 dues_release(struct dues *);

#endif
