/*
 * judge - the verdicts of a plan on one record after the other.
 *
 * A judge belongs to one worker.  Each field is read once a record; numbers
 * and dates are parsed once, on demand.
 */
#ifndef RULES_JUDGE_H
#define RULES_JUDGE_H

#include "rules/plan.h"

struct judge;
struct keys;
struct key_note;

/* One rule that looked at the record; those that did not apply are left out. */
struct verdict_of {
	size_t		 test;
	bool		 failed, fault;
	/* Of a rule of a table: rows that were joined; else of the record. */
	uint64_t	 applied, fails;
	size_t		 first, n;	/* its places, where it failed */
};

struct judgement {
	const struct verdict_of *list;	/* in the order of the rules */
	size_t		 n;
	const struct slice *places;
	size_t		 kind;		/* number of the plan */
	bool		 any;		/* a rule failed */
	bool		 failed;	/* a rule that marks records did */
	enum severity	 worst;
	/* By rules that need no other record: what the counts begin with. */
	bool		 failed_alone;
	unsigned	 lost;		/* points, in thousandths, at most 100 */
	const struct key_note *notes;	/* for rules/keys */
	size_t		 nnotes;
};

/* keys NULL: nobody asks which records of open rules are to be marked. */
struct judge	*judge_new(const struct plan *, struct keys *);
void		 judge_free(struct judge *);	/* NULL is allowed */
/* Other keys from now on: records that were seen are forgotten. */
void		 judge_use_keys(struct judge *, struct keys *);
/* The record that the next calls are about. */
void		 judge_start(struct judge *, struct record *);
/*
 * Judges it.  `kind`: where the record carries none.  What is handed out is
 * valid until the record's arena is reset.  False only where the keys cannot be
 * asked.
 */
bool		 judge_record(struct judge *, struct slice kind,
		    struct judgement *, struct err *);
/*
 * Why a rule could not be evaluated on the record at hand; judges it again, so
 * that what was handed out is no longer valid.
 */
const char	*judge_why(struct judge *, size_t test);
/*
 * What the schema of a row says of the record at hand, keyword by keyword; NULL
 * for other rules.  Valid until the record is judged again.
 */
const struct schema_verdicts *judge_keywords_of(struct judge *, size_t test);
enum truth	 judge_condition(struct judge *, const struct cond *);
/* What evaluating on the record at hand needs. */
struct scope	*judge_scope(struct judge *);
/* The value of a field of the record at hand. */
const struct cells *judge_cells(struct judge *, size_t field);
/* The JSON of `_mdx.qc`, in the arena of the record; n 0: nothing failed. */
struct slice	 judge_annotation(struct judge *, const struct judgement *);

#endif
