/*
 * quasi - k of k-anonymity over the members that @quasi names: how many
 * patients, at least, share what one of them shows.
 *
 * Only digests are held, one for a patient and a combination.  One worker fills
 * one; they are merged afterwards.
 */
#ifndef DEID_QUASI_H
#define DEID_QUASI_H

#include <stdint.h>

#include "base/slice.h"

struct quasi;

struct quasi_result {
	uint64_t	 k;		/* 0: nobody was seen */
	uint64_t	 classes;	/* distinct combinations */
	uint64_t	 people;	/* a patient counts once in each */
	uint64_t	 below_5;	/* of those, in classes of fewer than 5 */
};

struct quasi	*quasi_new(void);
void		 quasi_free(struct quasi *);	/* NULL is allowed */
void		 quasi_add(struct quasi *, struct slice combination,
		    struct slice patient);
void		 quasi_merge(struct quasi *to, const struct quasi *from);
void		 quasi_result(const struct quasi *, struct quasi_result *);

#endif
