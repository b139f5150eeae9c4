/*
 * state - what a run remembers for the next one, in an SQLite file.
 *
 * Small values under a scope and a key.  What is put is staged: it takes
 * effect with state_commit, once the output that it belongs to is safe, and a
 * run that is killed before leaves the state as it was.  A file that appears
 * by a rename cannot be made safe in one step with the state; therefore
 * state_announce writes down which rename is about to come, and the next
 * state_open sees from the temporary file whether it came.
 *
 * One run at a time: the lock is the file's name with `.lock` behind it.  All
 * calls may come from any thread.
 */
#ifndef SOURCES_STATE_H
#define SOURCES_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct state;

/*
 * Opens or makes it, and settles what a killed run announced.  ERR_SERVICE:
 * locked by another run for 10 s, which is named; ERR_INPUT: no state, or of
 * a newer version.  path NULL: one in memory, for this run.
 */
struct state	*state_open(const char *path, struct err *);
/* What was staged and not committed is forgotten.  NULL is allowed. */
void		 state_free(struct state *);

/*
 * The value behind what is in the buffer, as it will be after the commit;
 * *found says whether there is one.
 */
bool		 state_get(struct state *, const char *scope, struct slice key,
		    struct buf *value, bool *found, struct err *);
bool		 state_put(struct state *, const char *scope, struct slice key,
		    struct slice value, struct err *);
bool		 state_drop(struct state *, const char *scope, struct slice key,
		    struct err *);
/*
 * At once and for good, whatever becomes of the output: for what was begun at
 * a server and must not be begun again.
 */
bool		 state_note(struct state *, const char *scope, struct slice key,
		    struct slice value, struct err *);
/* All keys of a scope. */
bool		 state_clear(struct state *, const char *scope, struct err *);
/* Calls visit for each key of a scope in byte order; false stops. */
bool		 state_each(struct state *, const char *scope,
		    bool (*visit)(void *ctx, struct slice key,
			struct slice value, struct err *),
		    void *ctx, struct err *);

/*
 * Forgets, in all scopes, what the pattern matches of the first part of a key
 * (up to a NUL), or of its end behind a slash.  Adds to *n.
 */
bool		 state_forget(struct state *, const char *glob, uint64_t *n,
		    struct err *);
/*
 * The last number of an output's name with %n: no lower than what is there;
 * *n is raised to it.
 */
bool		 state_number(struct state *, const char *pattern,
		    uint64_t *n, struct err *);
bool		 state_set_number(struct state *, const char *pattern,
		    uint64_t n, struct err *);

/* The temporary file is whole on disk and will be renamed to path. */
bool		 state_announce(struct state *, const char *temporary,
		    const char *path, struct err *);
/* What was staged is so from now on. */
bool		 state_commit(struct state *, struct err *);
/* How often that was: what was put before is safe when the number has grown. */
uint64_t	 state_commits(struct state *);

#endif
