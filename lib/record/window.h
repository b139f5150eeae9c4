/*
 * window - the loop for a stage whose records wait for a service: many are
 * open at once, and leave in the order in which they came.
 *
 * One thread.  Input is read only while there is room, so memory is bounded by
 * the number of open records and their bytes.  Accounting, rejects and
 * flushing are those of record/flow, and so are verdicts and jobs; what is done
 * leaves before the loop waits, and not once an answer.
 */
#ifndef RECORD_WINDOW_H
#define RECORD_WINDOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "record/flow.h"
#include "record/record.h"
#include "record/run.h"

struct window_stage {
	const struct index *names;	/* from record_names */
	void		*shared;	/* handed to all of these */
	size_t		 most;		/* open records */
	const char	*bare;		/* as of struct stage */
	/*
	 * Begins a record.  Where it must wait, *waits is set to something of
	 * the record's arena and the verdict means nothing yet.
	 */
	enum verdict	 (*begin)(void *shared, struct record *, struct job *,
			    void **waits, struct err *);
	/* Lets the service work for up to so long; false ends the run. */
	bool		 (*work)(void *shared, unsigned ms, struct err *);
	bool		 (*is_done)(const void *waits);
	enum verdict	 (*finish)(void *shared, struct record *, struct job *,
			    void *waits, struct err *);
	/*
	 * Whether what waits will keep the service busy: no record is begun
	 * before it has worked.  The fewer are open, the more of them the
	 * processor's cache holds.  NULL: as many as may be.
	 */
	bool		 (*is_busy)(const void *shared);
	/* A signal came: begin nothing new with the service. */
	void		 (*hold)(void *shared);
};

/* As flow_run. */
bool		 window_run(struct run *, char *const *operands,
		    const struct window_stage *, struct err *);

#endif
