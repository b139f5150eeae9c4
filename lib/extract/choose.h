/*
 * choose - the answer of the rules to every indicator of a document type.
 */
#ifndef EXTRACT_CHOOSE_H
#define EXTRACT_CHOOSE_H

#include "extract/answer.h"
#include "extract/candidate.h"
#include "extract/evidence.h"

/* Whether anything stands that the document type needs, a number by its word. */
bool		 choose_is_of_type(const struct reading *,
		    const struct candidates *);
/*
 * Adds one answer an indicator (an object of the group each), absent ones
 * too.  There is at least one source.  Where nothing that the document
 * type needs is found, all are absent.
 */
void		 choose(struct answers *, const struct reading *,
		    const struct candidates *, const struct source *,
		    size_t nsources);

#endif
