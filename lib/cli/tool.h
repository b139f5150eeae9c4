/*
 * tool - the start and the end of a program: signals, progress, the folder of
 * shipped data, the last line, the exit status.
 */
#ifndef CLI_TOOL_H
#define CLI_TOOL_H

#include "base/err.h"
#include "cli/opt.h"
#include "io/stop.h"

/*
 * Handlers for SIGINT and SIGTERM, SIGPIPE left to the writer; fills the parts
 * of opt_common.run that are not options (stop, say, progress).  Call it once,
 * behind opt_parse.
 */
void		 tool_start(const struct tool *);
const struct stop *tool_stop(void);

/*
 * Where the shipped data is: $MDX_SHARE, else ../share/mdx beside the program,
 * else lib/share of the source tree that it was built in.
 */
const char	*tool_share(void);

/* A line to standard error behind the tool's name. */
void		 tool_say(const char *line);
/* Prints the reason where there is one and gives the status back. */
int		 tool_fail(const struct err *);
/*
 * The end of main: prints the reason where there is one; a signal that
 * stopped the run is given back to the system for 128 + SIGPIPE.
 */
int		 tool_end(int status, const struct err *);

#endif
