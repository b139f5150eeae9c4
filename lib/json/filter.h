/*
 * filter - a jq expression typed by a user, over one record at a time.
 *
 * The only door to libjq.  Compiling costs some 20 ms, once.  The record is
 * projected to the members that the expression names, where it can be seen
 * which; integers beyond 2^53 reach it as strings, and an expression that
 * compares them as numbers fails with a clear message.  `input`, `inputs`,
 * `debug`, `env`, `$ENV`, `now`, `input_filename`, `import`, `include` and
 * modules are refused.  libjq 1.6 is not safe under threads: every filter of
 * the process takes one lock while it runs.
 */
#ifndef JSON_FILTER_H
#define JSON_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct filter;

/* Variables ($name) that each run sets, NULL at the end; may itself be NULL. */
struct filter	*filter_new(const char *expression,
		    const char *const *variables, struct err *);
void		 filter_free(struct filter *);	/* NULL is allowed */

/*
 * The first result, as JSON, into the buffer (emptied first); false with *e
 * for an error that the expression raised (ERR_DATA, code jq_error), and for
 * no result at all (code jq_empty).  values: one JSON text a variable.
 */
bool		 filter_run(struct filter *, struct slice record,
		    const struct slice *values, struct buf *, struct err *);
/* True where the first result is neither false nor null. */
bool		 filter_test(struct filter *, struct slice record, bool *truth,
		    struct err *);
/* The top-level members it names, NULL-ended; NULL where it may read any. */
const char *const *filter_fields(const struct filter *);

#endif
