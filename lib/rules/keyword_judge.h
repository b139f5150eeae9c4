/*
 * keyword_judge - schemas over records: what the judge of one worker keeps.
 */
#ifndef RULES_KEYWORD_JUDGE_H
#define RULES_KEYWORD_JUDGE_H

#include "rules/plan.h"

struct keyword_judge {
	const struct plan *plan;
	struct schema_run *run;		/* of --schema */
	struct schema_run **rows;
};

void	keyword_judge_init(struct keyword_judge *, const struct plan *);
void	keyword_judge_release(struct keyword_judge *);
/*
 * What --schema (test NULL), or the schema of a row, says of the record, or of
 * the values of its field.  A value that is not there is not judged; null and
 * blank text are values.
 */
const struct schema_verdicts *keyword_judge_record(struct keyword_judge *,
	    const struct test *, struct record *, const struct cells *);

#endif
