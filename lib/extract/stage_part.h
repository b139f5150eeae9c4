/*
 * stage_part - the stage of mdx-extract, as its files share it; private to
 * them.
 *
 * stage_document: which document type a record is of; stage_level: what each
 * level finds; stage_hand: what a person said of it; stage: the order of these,
 * the workers and the outputs.
 */
#ifndef EXTRACT_STAGE_PART_H
#define EXTRACT_STAGE_PART_H

#include "extract/extract.h"
#include "extract/merge.h"

/* An L1 indicator and the member of a record that it is taken from. */
struct taken {
	const struct indicator *d;
	size_t member;
};

struct worker {
	const struct extract *x;
	struct deriver *deriver;
	struct taken *taken;
	size_t ntaken;
	struct filter **where; /* one a document type, made when first asked */
	size_t member;         /* number of `indicators` */
	bool began;            /* a table was written */
	uint64_t matched, not_matched, no_text, courses;
	uint64_t corrected, unapplied;
	uint64_t fields[STATUS_COUNT];
	struct extract_met met;
};

static inline bool
stage_is_wanted(const struct extract *x, const struct indicator *d)
{
	return x->wanted == NULL || x->wanted[d->number];
}

/* *type NULL: of none, and *members is not set. */
bool		 stage_document(struct worker *, struct record *,
		    const struct doctype **type, struct strings *members,
		    struct err *);

void		 stage_level1(struct worker *, struct record *,
		    struct slice kind, struct answers *);
/* L1 of a course: from the records that it gathers. */
void		 stage_course(struct worker *, struct record *,
		    struct answers *);
void		 stage_level2(struct worker *, struct record *,
		    struct strings members, struct extract_work *);
void		 stage_level4(struct worker *, struct record *,
		    struct answers *);
/*
 * Objects that an earlier run found: where the text is not asked, those that
 * the record has are the ones that are spoken of.
 */
void		 stage_known_groups(struct worker *, struct record *,
		    struct answers *);

/* What a person said in an earlier run. */
void		 stage_keep(struct worker *, struct record *,
		    const struct json_member *, struct answers *);
/* Before anything is computed: it rests on what a person says. */
bool		 stage_foresee(struct worker *, struct record *,
		    const struct json_member *, struct answers *, struct err *);
/* A person's word is the last. */
bool		 stage_correct(struct worker *, struct record *,
		    const struct json_member *, struct merged *, struct err *);

#endif
