/*
 * pass - the stage of mdx-qc: judges each record, marks it, counts it, and
 * sends it to the output or to the quarantine.
 */
#ifndef RULES_PASS_H
#define RULES_PASS_H

#include "io/writer.h"
#include "record/flow.h"
#include "rules/tally.h"

struct pass {
	const struct plan *plan;
	struct slice	 kind;		/* of records that carry none */
	bool		 annotate;
	bool		 no_output;	/* count, write nothing */
	struct writer	*quarantine;	/* NULL: none */
	enum severity	 quarantine_at;
	bool		 digest;	/* name the shard by its content */
	size_t		 samples, groups;
	uint64_t	 memory;	/* for keys of unique rules */

	struct keys	*keys;
	struct tally	*tally;		/* added up when the run has ended */
	uint64_t	 quarantined;
	struct err	 failure;	/* of adding up */
};

/* Makes tally and keys; what is above them must be set. */
void		 pass_start(struct pass *, struct stage *);
void		 pass_release(struct pass *);

#endif
