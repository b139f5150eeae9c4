/*
 * work - the stage of mdx-normalize: a record through the map and, where a
 * policy is given, through de-identification; and the sums of all workers.
 */
#ifndef MAPPING_WORK_H
#define MAPPING_WORK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "deid/deid.h"
#include "mapping/normalize.h"
#include "mapping/tables.h"
#include "record/flow.h"

struct work {
	const struct tables *tables;	/* set these before the stage runs */
	struct normalizer normalizer;
	const struct deid *deid;	/* NULL: none */
	bool		 audit;		/* only report what would be found */
	const struct deid_words *words;	/* scrub the terms of work_review */

	struct normalize_counts total;	/* sums, once the stage is closed */
	struct deid_counts deid_total;
	struct review	*review;	/* NULL unless normalizer.review */
};

struct stage	 work_stage(struct work *);
void		 work_release(struct work *);
/* Coded values, and those of them that need a person. */
void		 work_coded(const struct work *, uint64_t *all,
		    uint64_t *unsolved);
/*
 * The terms for a person, scrubbed: words must be set, for the terms of a
 * hospital hold names.  The work's own.
 */
struct review	*work_review(struct work *);
/* The review file (mdx-terms(5)), with the answers that are gone. */
void		 work_review_text(struct work *, struct buf *);
/* What pseudonyms stand for, where deid was loaded to keep it. */
bool		 work_crosswalk(const struct work *, const char *path,
		    struct err *);
/* The member `normalize` of the report. */
void		 work_report(const struct work *, struct buf *);

#endif
