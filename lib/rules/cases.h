/*
 * cases - tests of rules: records with the rules that they must break, one a
 * line; normative in mdx-rules(5).
 *
 *	{"case":"unknown sex","record":{"sex":"M"},"expect":["sex:values"],
 *	 "only":["sex:*"],"before":[{"sex":"1"}]}
 */
#ifndef RULES_CASES_H
#define RULES_CASES_H

#include "rules/plan.h"

struct bench;
struct cases;

/* kind: of records that carry none.  The bench is the caller's. */
struct cases	*cases_new(const struct plan *, struct bench *,
		    struct slice kind);
void		 cases_free(struct cases *);	/* NULL is allowed */
/*
 * Runs the cases of one file and adds TAP lines.  False with *e (ERR_USAGE)
 * where a line is no case, a member or an id of `only` is not known, or there
 * is no case at all.
 */
bool		 cases_run(struct cases *, const char *name, struct slice text,
		    struct buf *, struct err *);
/* One more: each rule has a case that it passes and one that it fails. */
void		 cases_demand_both(struct cases *, struct buf *);
/* How many there were, how many of them failed. */
size_t		 cases_count(const struct cases *, size_t *failed);

/* Whether cases can show the rule: those over a stream are counted only. */
bool		 cases_can_show(const struct test *);
/*
 * Writes cases at the boundaries of the rules, those that the judge agrees
 * with, and to `without` the ids, with commas, of rules that lack a good or a
 * bad one; how many these are.
 */
size_t		 cases_generate(const struct plan *, struct bench *,
		    struct buf *to, struct buf *without);

#endif
