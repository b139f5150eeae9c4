/*
 * tally - what a run counts, by rule, field and group; added up over workers.
 *
 * Counters exist only where something was counted: in blocks of rules, for the
 * groups that occur.  Everything added up is a whole number, and samples are
 * the smallest digests, so that the order of adding never shows.
 */
#ifndef RULES_TALLY_H
#define RULES_TALLY_H

#include "rules/judge.h"
#include "rules/summary.h"

struct tally;

/* samples: examples kept for each rule and group.  groups: the most there are
 * beside the surplus group (rules/surplus.h). */
struct tally	*tally_new(const struct plan *, size_t samples, size_t groups);
void		 tally_free(struct tally *);	/* NULL is allowed */
/* The group of the judge's record: the JSON of `by`, in the arena. */
struct slice	 tally_group(const struct plan *, struct judge *,
		    struct arena *);
/* Counts one record.  id: names it among the samples.  Returned is the name of
 * the group that it counts under, valid until the next call. */
struct slice	 tally_add(struct tally *, struct judge *, struct slice group,
		    const struct judgement *, struct slice id);
/* The content of a record, for the name of the shard. */
void		 tally_digest(struct tally *, struct slice line);
/* Adds the second to the first. */
void		 tally_join(struct tally *, const struct tally *);
/* The account; shard NULL: named by the digest of its content. */
struct summary	*tally_summary(const struct tally *, const char *shard);
/* What a summary says of a rule beside the counts, which are set to none. */
void		 tally_head(struct rule_lines *, const struct test *,
		    struct arena *);

#endif
