/*
 * keys - the names of one object's members, where the source may repeat one:
 * the second becomes NAME_2, so that no value hides another.
 */
#ifndef SOURCES_KEYS_H
#define SOURCES_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/slice.h"

#define KEYS_FEW	24	/* are compared one by one */

/* Zero at first; names are kept by reference while they are few. */
struct keys {
	struct slice	 few[KEYS_FEW];
	size_t		 n;
	struct index	*many;		/* NULL while they are few and differ */
	uint64_t	*seen;		/* how often, by number */
	size_t		 room;
	struct buf	 name;
};

/* The name to write, valid until the next call. */
struct slice	keys_name(struct keys *, struct slice name);
/* Writes the key with its comma and colon. */
void		keys_put(struct keys *, struct slice name, struct buf *);
/* Another object begins. */
void		keys_reset(struct keys *);
void		keys_release(struct keys *);

#endif
