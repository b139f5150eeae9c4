/*
 * deid - a record without what identifies its patient, by a policy that fails
 * closed: what the policy does not name never leaves (mdx-deid(5)).
 *
 * Policy, key and word lists are built once and then const; each worker has a
 * state of its own.  Values never appear in errors or counts.
 */
#ifndef DEID_DEID_H
#define DEID_DEID_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "catalogue/catalogue.h"
#include "deid/find.h"
#include "deid/policy.h"

struct crosswalk;
struct deid;
struct deid_worker;
struct quasi;

/* Of the records that were written; zero at first. */
struct deid_counts {
	uint64_t	 classes[DEID_CLASSES];	/* members treated */
	uint64_t	 found[LABELS];		/* spans in texts */
	struct quasi	*quasi;			/* NULL without @quasi */
	struct crosswalk *crosswalk;		/* NULL unless asked for */
};

struct deid_options {
	const char	*policy;	/* a shipped name, or a path */
	const char	*key;		/* path; NULL only where audit is set */
	const char	*known;		/* NDJSON of patients, or NULL */
	const char	*share;
	const struct catalogue *catalogue;
	bool		 audit;
	bool		 crosswalk;	/* keep what the pseudonyms stand for */
	void		(*say)(const char *);	/* faults of the policy */
};

/* ERR_USAGE for a policy or key that cannot be trusted. */
struct deid	*deid_load(const struct deid_options *, struct err *);
void		 deid_free(struct deid *);	/* NULL is allowed */

struct deid_worker *deid_worker_new(const struct deid *);
void		 deid_worker_free(struct deid_worker *); /* NULL is allowed */
void		 deid_worker_count(const struct deid_worker *,
		    struct deid_counts *);	/* adds to it */
void		 deid_counts_release(struct deid_counts *);

/*
 * A checked line into the buffer, without a line feed.  ERR_DATA with the code
 * deid_undeclared, deid_patient, deid_date, deid_value, deid_twice or
 * deid_leak: nothing of the record may be written.
 */
bool		 deid_record(struct deid_worker *, struct slice line,
		    struct buf *, struct err *);
/*
 * What would be found, what is not declared and what else would set the record
 * aside, never a value.
 */
void		 deid_audit(struct deid_worker *, struct slice line,
		    struct buf *);
/* What stands for a line in a reject: keyed, as a pseudonym is. */
void		 deid_seal(const void *deid, struct slice line, struct buf *);

const struct deid_words *deid_wordlist(const struct deid *);
void		 deid_report(const struct deid *, const struct deid_counts *,
		    struct buf *);

#endif
