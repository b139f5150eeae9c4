/*
 * hash - 64-bit digest of bytes for tables in memory, and such a table.
 *
 * The digest is the same on every machine, and stays so: names of shards
 * (rules/tally) rest on it.  It is no guard against somebody who wants two
 * texts to agree.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include "base/slice.h"

uint64_t	hash_bytes(const void *, size_t n);

/*
 * index - names to numbers 0, 1, 2 in the order of adding.  Names are copied.
 * Built once and then const, it may be shared between threads.
 */
struct index;

struct index	*index_new(void);
void		 index_free(struct index *);	/* NULL is allowed */
/* The number of a name, added if it is new (*fresh, may be NULL, says so). */
size_t		 index_add(struct index *, struct slice, bool *fresh);
/* The number of a name, or -1. */
long		 index_find(const struct index *, struct slice);
struct slice	 index_name(const struct index *, size_t number);
size_t		 index_count(const struct index *);

#endif
