/*
 * flow - the one loop: reads the records of the inputs, gives each to the
 * stage, writes what comes of it in input order, sets aside what fails.
 *
 *	reader -> block of lines -> worker: scan, stage, splice -> output
 *
 * A worker takes a whole block (256 KiB of lines), so that the cost of handing
 * over is shared by some five hundred records.  With one job no thread is
 * started.  Results wait in a bounded ring until those before them are
 * written.  When input pauses, what is finished is flushed at once.
 *
 * Every line ends in exactly one of: passed, taken, skipped, set aside.
 */
#ifndef RECORD_FLOW_H
#define RECORD_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "record/record.h"
#include "record/run.h"

enum verdict {
	RECORD_PASS,		/* written with its changes */
	RECORD_TAKEN,		/* used up; flow_emit may have written lines */
	RECORD_SKIP,		/* declared skip: job->reason says which */
	RECORD_SET_ASIDE,	/* *e says why */
	RECORD_STOP		/* the run cannot go on: *e says why */
};

/* What a stage sees beside the record. */
struct job {
	struct place	 place;		/* uri, line and bytes of the record */
	const char	*reason;	/* set it with RECORD_SKIP */
	struct buf	*out;		/* private: flow_emit */
	uint64_t	*emitted;
};

/* A line (without line feed) into the output, in the record's place. */
void		 flow_emit(struct job *, struct slice line);

struct stage {
	const struct index *names;	/* from record_names */
	void		*shared;	/* handed to open and close; tables */
	bool		 ordered;	/* one worker, records in order */
	/* A line that begins no object is the text of this member, alone. */
	const char	*bare;		/* NULL: it is a fault */
	/*
	 * A worker's own state; NULL with *e set ends the run.  Where open is
	 * NULL, shared is the state of all.
	 */
	void		*(*open)(void *shared, struct err *);
	enum verdict	 (*record)(void *worker, struct record *, struct job *,
			    struct err *);
	/* Input pauses or ended: finish what waits.  May be NULL. */
	bool		 (*pause)(void *worker, struct err *);
	/*
	 * For a stage that acts by the clock (ordered; may be NULL): called
	 * while input pauses, and again after *wait milliseconds (-1: not
	 * before there is more).  Lines it emits stand where input stopped.
	 */
	bool		 (*idle)(void *worker, struct job *, int *wait,
			    struct err *);
	/* Behind the last record, whatever ended the input.  May be NULL. */
	bool		 (*end)(void *worker, struct job *, struct err *);
	/* One worker after the other, in the calling thread: add up counts. */
	void		 (*close)(void *shared, void *worker);
};

/* For who calls a stage without the loop: a worker's state, and its end. */
bool		 stage_open(const struct stage *, void **worker, struct err *);
void		 stage_close(const struct stage *, void *worker);

/*
 * Runs over the operands ("-" or none: standard input).  Failures of inputs
 * are in the run's status already; false only where the run cannot go on (the
 * run knows this too).
 */
bool		 flow_run(struct run *, char *const *operands,
		    const struct stage *, struct err *);

#endif
