/*
 * intake - records into an index: what is unchanged is passed over, what has
 * changed is replaced, INTAKE_BATCH records to a transaction.
 *
 * Killed at any moment, the index holds what was committed, and the same
 * command goes on from there.
 */
#ifndef SEARCH_INTAKE_H
#define SEARCH_INTAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "catalogue/catalogue.h"
#include "record/flow.h"
#include "search/corpus.h"
#include "search/roles.h"

#define INTAKE_BATCH	10000

struct intake;

/*
 * All are kept by reference.  identified admits records that were not
 * de-identified.
 */
struct intake	*intake_new(struct corpus *, const struct roles *,
		    bool identified, struct err *);
void		 intake_free(struct intake *);	/* uncommitted work is undone */

/* Names of indicators, so that a selection knows them without a pack. */
bool		 intake_names(struct intake *, const struct catalogue *,
		    struct err *);
/*
 * Stage of an ordered flow, whose shared state is the intake, and its pause:
 * commits.  Set aside with the codes no_id, not_deidentified and
 * identifier_found; skipped as "unchanged".
 */
enum verdict	 intake_record(void *, struct record *, struct job *,
		    struct err *);
bool		 intake_commit(void *, struct err *);
/* The report's member `ask`. */
void		 intake_report(const struct intake *, struct buf *);

#endif
