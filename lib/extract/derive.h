/*
 * derive - L3: indicators computed from others by a jq expression.
 *
 * The ids that an expression names are found by reading it; they give the
 * order of computing, and a cycle is refused.  Where one of them is null the
 * result is null, unless the expression begins with "any:".
 */
#ifndef EXTRACT_DERIVE_H
#define EXTRACT_DERIVE_H

#include "base/err.h"
#include "catalogue/catalogue.h"
#include "extract/answer.h"
#include "record/record.h"

struct derive;
struct deriver;		/* a worker's compiled expressions */

/*
 * ERR_USAGE: a cycle, with the lines of both rows, or an expression that reads
 * what is not in the record.  Nothing is compiled before it is needed.
 */
struct derive	*derive_new(const struct catalogue *, struct err *);
/* Whether all expressions compile; takes some 20 ms each. */
bool		 derive_check(const struct derive *, struct err *);
void		 derive_free(struct derive *);	/* NULL is allowed */
/* Marks what the marked L3 indicators are computed from. */
void		 derive_needs(const struct derive *, bool *wanted);

struct deriver	*deriver_new(const struct derive *);
void		 deriver_free(struct deriver *);	/* NULL is allowed */
/*
 * Adds an answer for each L3 indicator of the kind of which an operand is
 * known: from the answers, from the record's `indicators`, or, for an L1 row
 * without source, from the member of its own name.  wanted: as in extract.h.
 * False where an expression does not compile (ERR_USAGE).
 */
bool		 derive(struct deriver *, struct record *,
		    struct json indicators, struct slice kind,
		    const bool *wanted, struct answers *, struct err *);

#endif
