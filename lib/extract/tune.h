/*
 * tune - a set for fine-tuning a model: of each reviewed record the prompt
 * that a run would send, redacted, and the answer that it should have had.
 *
 * {"messages":[{"role":"system",...},{"role":"user",...},
 *     {"role":"assistant","content":"{...}"}]}
 *
 * A record is reviewed where `_mdx.extract` has the entry
 * {"path":"*","engine":"hand","status":"ok","by":WHO}.  Others are skipped as
 * `unreviewed`, a text that came before as `twice`, one about which nothing is
 * asked as `no_question`.  Fields whose value is unsettled, or has no quote,
 * are not asked for.
 */
#ifndef EXTRACT_TUNE_H
#define EXTRACT_TUNE_H

#include "extract/foresee.h"

struct tune_split {
	unsigned	 train, validation;	/* shares; 0, 0: no split */
	struct slice	 key;		/* the member that names the patient */
	const char	*folder;	/* train.jsonl and validation.jsonl */
};

struct tune_counts {
	uint64_t	 train, validation;	/* samples */
};

/*
 * asking->words must be there.  Without a split the samples are the run's
 * output.  With one a patient is in one file only, whatever the order, and a
 * record without the key is skipped as `no_key`.
 */
bool		 tune(struct run *, char *const *operands, struct extract *,
		    const struct asking *, const struct tune_split *,
		    struct tune_counts *, struct err *);
/* "90:10" */
bool		 tune_shares(struct slice, struct tune_split *);

#endif
