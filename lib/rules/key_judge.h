/*
 * key_judge - verdicts of the open rules on one record: what they note for the
 * end, and what is known already.  Part of a judge.
 */
#ifndef RULES_KEY_JUDGE_H
#define RULES_KEY_JUDGE_H

#include "base/digest.h"
#include "rules/expr.h"
#include "rules/keys.h"

struct key_judge {
	struct keys	*keys;		/* NULL: nobody asks, nothing is marked */
	struct digest	*digest;
	struct key_note	*notes;		/* of the record at hand */
	size_t		 n, room;
	uint64_t	 runs;		/* of notes of one rule, so far */
	struct index	*here;		/* keys of a long one, */
	uint64_t	 here_of;	/* this one */
};

void		 key_judge_init(struct key_judge *, struct keys *);
void		 key_judge_release(struct key_judge *);
/* unique, foreign_key: one value.  False only where the keys are gone (*e). */
bool		 key_judge_value(struct key_judge *, const struct plan *,
		    const struct test *, struct datum *, struct arena *,
		    enum outcome *, struct err *);
/* sequence: one value; nothing is marked. */
enum outcome	 key_judge_sequence(struct key_judge *, const struct test *,
		    struct datum *, struct scope *);
/* overlap: the record. */
bool		 key_judge_overlap(struct key_judge *, const struct test *,
		    struct scope *, enum outcome *, struct err *);
/* Counting values: one, of a record that fails or not; null is one. */
void		 key_judge_count(struct key_judge *, const struct test *,
		    struct datum *, bool failed, struct arena *);
/* covers: one value that is there.  False only where the reference is gone. */
bool		 key_judge_covered(struct key_judge *, const struct reference *,
		    const struct test *, struct datum *, struct arena *,
		    struct err *);
/* A value that breaks the rule by being missing. */
void		 key_judge_missing(struct key_judge *, const struct test *);

#endif
