/*
 * cache - answers already paid for, in SQLite.
 *
 * The key is the SHA-256 of the first request body of a question and of the
 * version of the parser of answers, not of the URL: moving the server costs
 * nothing.  The value is what the model said and its usage, never the request,
 * never a failure; an empty one says that the question is too long and is
 * asked in parts.  Several processes may share one; a cache belongs to one
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
#include "model/chat.h"

#define CACHE_BATCH	64	/* answers at most that kill -9 can lose */
#define CACHE_DELAY_MS	200	/* how long they may wait */

struct cache;

/*
 * The file is made with mode 0600 where it is missing.  ttl_s: older answers
 * are not found; 0: they do not age.
 */
struct cache	*cache_open(const char *path, uint64_t ttl_s, struct err *);
/* What waits is lost: flush before.  NULL is allowed. */
void		 cache_close(struct cache *);
void		 cache_key(struct slice body, uint8_t key[DIGEST_SIZE]);
/* The same in two steps, for bodies that begin alike; begun: digest_free. */
struct digest	*cache_key_begin(struct slice head);
void		 cache_key_end(const struct digest *begun, struct slice rest,
		    uint8_t key[DIGEST_SIZE]);

struct cached {
	struct slice	 said;
	bool		 reasoned;
	struct chat_usage usage;	/* what it cost; not read back */
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

/*
 * Looks after an existing file: `stat` is one line of JSON, `export` one an
 * answer, `prune` takes away what is older than ttl_s and gives its room back.
 * output: a path, or NULL.
 */
bool		 cache_look_after(const char *verb, const char *path,
		    uint64_t ttl_s, const char *output, struct err *);
/* "90d", "12h", "30m", "45s" in seconds. */
bool		 cache_age(struct slice text, uint64_t *seconds);

/* Private: the file, of the newest version. */
struct store	*cache_store(const char *path, struct err *);

#endif
