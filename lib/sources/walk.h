/*
 * walk - the files behind the operands: a folder is walked in the byte order
 * of names, links are not followed.  One folder's names are in memory at a
 * time and level.
 */
#ifndef SOURCES_WALK_H
#define SOURCES_WALK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"

struct walk;

enum walked_kind {
	WALKED_FILE,
	WALKED_LINK,
	WALKED_SPECIAL,
	WALKED_EMPTY,		/* an operand that is a folder of nothing */
	WALKED_FAILED
};

struct walked {
	enum walked_kind kind;
	const char	*uri;		/* the operand, or operand/rest */
	const char	*rest;		/* below the operand, or NULL */
	struct err	 why;		/* WALKED_FAILED */
};

/* operands: NULL at the end; kept by reference. */
struct walk	*walk_new(char *const *operands);
void		 walk_free(struct walk *);	/* NULL is allowed */
/*
 * For who watches: enter hears of each folder (its path ends in a slash), and
 * names that begin with a dot are passed over.
 */
void		 walk_watch(struct walk *,
		    void (*enter)(void *ctx, const char *path), void *ctx);
/* The next file, its strings in the arena; false at the end. */
bool		 walk_next(struct walk *, struct arena *, struct walked *);
/* Whether more than one source may come. */
bool		 walk_is_many(char *const *operands);

#endif
