/*
 * growing - a file that grows, line by line, for ever.
 *
 * Whole lines are handed out as they come; an unfinished last one is held
 * back.  The file ends where another one has taken its name and has something
 * in it (the old one is read out first, its unfinished line too), or where it
 * became shorter than what was read.  Belongs to one thread.
 */
#ifndef SOURCES_GROWING_H
#define SOURCES_GROWING_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/err.h"
#include "io/stop.h"

struct growing;

enum growing_end {
	GROWING_ON,		/* it may still grow */
	GROWING_REPLACED,	/* another file has its name now */
	GROWING_CUT		/* shorter than it was: written anew */
};

/*
 * most: bytes of a line that is handed out unfinished.  NULL and ERR_INPUT
 * where it cannot be read; one that is not there yet is waited for.
 */
struct growing	*growing_open(const char *path, size_t most,
		    const struct stop *, struct err *);
void		 growing_free(struct growing *);	/* NULL is allowed */
/*
 * The next lines, valid until the next call: their size, 0 where there are
 * none for now (or no more: growing_ended), -1 with *e.
 */
ssize_t		 growing_next(struct growing *, const char **lines,
		    struct err *);
enum growing_end growing_ended(const struct growing *);
/* Waits for more, or a signal, at most so many ms (-1: for ever). */
void		 growing_wait(struct growing *, int ms);

#endif
