/*
 * help - a table of options as text: for people, in groups where the table has
 * them, and for the scripts that make completions and check the manuals.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/opt.h"

/*
 * Prints to standard output, in the language of the locale.  opts: all of the
 * tool, NULL at the end; topic: a group, "all", or whatever else (or NULL) for
 * the first screen.
 */
void	help_print(const struct tool *, const struct opt *const *opts,
	    const char *topic);
/* NAME TAB LETTER TAB ARG TAB HELP, verbs as NAME TAB verb. */
void	help_table(const struct tool *, const struct opt *const *opts);

#endif
