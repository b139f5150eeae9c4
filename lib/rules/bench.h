/*
 * bench - a judge for single records apart from any stream: for cases, and for
 * explaining a verdict.
 */
#ifndef RULES_BENCH_H
#define RULES_BENCH_H

#include "rules/judge.h"

struct bench;

/* For keys of rules that compare records: memory, and a folder beyond it. */
struct bench	*bench_new(const struct plan *, uint64_t memory,
		    const char *spill);
void		 bench_free(struct bench *);	/* NULL is allowed */
/* Forgets the records that were judged before. */
void		 bench_clear(struct bench *);
/*
 * kind: where the record carries none.  The judgement is valid until the next
 * record.  ERR_USAGE where the text is no record.
 */
bool		 bench_judge(struct bench *, struct slice record,
		    struct slice kind, struct judgement *, struct err *);
/* The kind of the last record, else the one given. */
struct slice	 bench_kind(struct bench *, struct slice kind);
/* Of the last record. */
struct judge	*bench_last(struct bench *);

#endif
