/*
 * foresee - what a run would ask a model, without asking it: the loop behind
 * `prompt`, `--dry-run`, `batch emit` and `tune`.
 */
#ifndef EXTRACT_FORESEE_H
#define EXTRACT_FORESEE_H

#include "extract/extract.h"
#include "extract/inquiry.h"

struct foresight {
	const struct asking *asking;
	/*
	 * A record behind the rules, and what would be asked about it: NULL
	 * where nothing is open.  As struct stage's record.
	 */
	enum verdict	(*take)(void *ctx, struct record *,
			    const struct extract_work *, struct inquiry *,
			    struct job *, struct err *);
	void		*ctx;
};

/* As flow_run, in order and in one thread; opens no socket. */
bool		 foresee(struct run *, char *const *operands, struct extract *,
		    const struct foresight *, struct err *);
/* Emits the body of the request for the first record that has a question. */
bool		 foresee_prompt(struct run *, char *const *operands,
		    struct extract *, const struct asking *, struct err *);

#endif
