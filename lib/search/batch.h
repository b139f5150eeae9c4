/*
 * batch - questions from a file: one to a line, as JSON objects with `query`
 * or `question` (and `qid`), or as plain lines.
 */
#ifndef SEARCH_BATCH_H
#define SEARCH_BATCH_H

#include "record/run.h"
#include "search/hit.h"

/* False: the run must end, *e says why; ERR_DATA: the line is set aside. */
typedef bool	batch_ask(void *ctx, const struct asked *, struct err *);

/* Counts, sets aside and reports the input; blank lines are skipped. */
bool		 batch_run(struct run *, const char *path, batch_ask *,
		    void *ctx, struct err *);
/* One question from the command line, under the same rules. */
bool		 batch_one(struct run *, const char *question, batch_ask *,
		    void *ctx, struct err *);

#endif
