/*
 * filter - a jq expression typed by a user, over one record at a time.
 *
 * The only door to libjq.  Compiling costs some 20 ms, once.  The record is
 * projected to the members that the expression names, where it can be seen
 * which.
 *
 * libjq 1.6 knows doubles only.  An integer beyond 2^53 reaches it as a string
 * and may be compared with one; an expression that orders or computes with it
 * fails with a clear message, and one that holds such an integer is refused.
 *
 * What does not follow from the record alone is refused: input, inputs,
 * input_filename, input_line_number, debug, stderr, env, $ENV, now, localtime,
 * strflocaltime, halt, halt_error, import, include, modulemeta and the get_*
 * of libjq's paths.  An expression is halted after FILTER_SECONDS of CPU
 * time, between two of its steps.
 *
 * libjq 1.6 is not safe under threads: every filter of the process takes one
 * lock while it runs.  A filter itself belongs to one thread at a time.
 */
#ifndef JSON_FILTER_H
#define JSON_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

#define FILTER_SECONDS	1

struct filter;

/*
 * Variables ($name) that each run sets, NULL at the end; may itself be NULL.
 * ERR_USAGE, in one line, for what does not compile or is refused.
 */
struct filter	*filter_new(const char *expression,
		    const char *const *variables, struct err *);
/* Whether it names nothing that is refused; cheap: nothing is compiled. */
bool		 filter_allows(const char *expression, struct err *);
void		 filter_free(struct filter *);	/* NULL is allowed */

/*
 * The first result, as JSON, into the buffer (emptied first); false with *e
 * for an error that the expression raised (ERR_DATA, code jq_error), for one
 * that was halted (jq_time), and for no result at all (jq_empty).  values: one JSON text a variable; NULL
 * leaves them null, as filter_test does.
 */
bool		 filter_run(struct filter *, struct slice record,
		    const struct slice *values, struct buf *, struct err *);
/* Whether there is a result, and the first is neither false nor null. */
bool		 filter_test(struct filter *, struct slice record, bool *truth,
		    struct err *);
/* The top-level members it names, NULL-ended; NULL where it may read any. */
const char *const *filter_fields(const struct filter *);

#endif
