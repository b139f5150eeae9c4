/*
 * cache - answers already paid for, in SQLite.
 *
 * The key is the SHA-256 of the first request body of a question and of the
 * version of the parser of answers, not of the URL: moving the server costs
 * nothing.  The value is what the model said and its usage, never the request,
 * never a failure.  Several processes may share one; a cache belongs to one
 * thread.
 */
#ifndef MODEL_CACHE_H
#define MODEL_CACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"

#define CACHE_BATCH	64	/* answers at most that kill -9 can lose */
#define CACHE_DELAY_MS	200	/* how long they may wait */

struct cache;

/* The file is made with mode 0600 where it is missing. */
struct cache	*cache_open(const char *path, struct err *);
/* What waits is lost: flush before.  NULL is allowed. */
void		 cache_close(struct cache *);
void		 cache_key(struct slice body, uint8_t key[DIGEST_SIZE]);

struct cached {
	struct slice	 said;
	bool		 reasoned;
};

/* 1: found, in the arena; 0: not there; -1 with *e. */
int		 cache_find(struct cache *, const uint8_t key[DIGEST_SIZE],
		    struct arena *, struct cached *, struct err *);
/* Kept in memory and written with CACHE_BATCH others. */
bool		 cache_put(struct cache *, const uint8_t key[DIGEST_SIZE],
		    const struct cached *, struct err *);
/* Writes what has waited CACHE_DELAY_MS. */
bool		 cache_tick(struct cache *, struct err *);
bool		 cache_flush(struct cache *, struct err *);

#endif
