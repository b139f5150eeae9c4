/*
 * helper - formats that another program reads, by lib/share/helpers.csv.
 *
 * None is ever used unasked, so that a result does not depend on what happens
 * to be installed: --helper allows one by its name, with another command where
 * the user says so.  A command is words between blanks; no shell reads it.
 * Loaded once, then const and shared.
 */
#ifndef SOURCES_HELPER_H
#define SOURCES_HELPER_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct helpers;

struct helper {
	const char	*name, *suffixes, *format, *encoding;
	struct slice	 magic;		/* n 0: told by its suffix */
	char		**argv;		/* NULL at the end */
	bool		 allowed;
};

/*
 * allowed: NAME or NAME=COMMAND, NULL at the end; may be NULL.  ERR_USAGE: a
 * bad row, a name that is not in the table, a program that is not installed.
 */
struct helpers	*helpers_load(const char *path, const char *const *allowed,
		    struct err *);
void		 helpers_free(struct helpers *);	/* NULL is allowed */
/*
 * Who reads what begins so and is called so, allowed or not, or NULL.  marked:
 * by the first bytes; else by the name alone.
 */
const struct helper *helpers_find(const struct helpers *, struct slice head,
		    const char *name, bool marked);
/* The table of --list helpers: one JSON object a line. */
void		 helpers_print(const struct helpers *, struct buf *);

#endif
