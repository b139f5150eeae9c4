/*
 * gather - the records of one patient or visit brought together as one record
 * of kind `course`, so that indicators across kinds can be computed.
 *
 *	{KEY..., "gathered":{KIND:[record...]...}, "indicators":{...},
 *	 "_mdx":{"id","kind":"course","deid","from":[id...],"extract":[...]}}
 *
 * Records may come in any order: they wait in a nameless SQLite file, so that
 * memory holds one course at most.  Courses leave in the order of their keys
 * (bytes); within one, records without a time come first, then by time, then
 * as they came.
 */
#ifndef EXTRACT_GATHER_H
#define EXTRACT_GATHER_H

#include "base/buf.h"
#include "extract/settings.h"
#include "record/run.h"

struct gather_counts {
	uint64_t	 gathered;	/* records in them */
	uint64_t	 courses;	/* that were written */
	uint64_t	 too_long;	/* that were set aside, record by record */
	uint64_t	 mixed;		/* that lose the word of some records'
					   de-identification */
};

/*
 * on: the members that make the key, at least one; compared as strings.  A
 * record without one of them is set aside (no_key); so are all of a course
 * that is longer than the run's longest record (limit_record).
 */
bool		 gather_run(struct run *, char *const *operands,
		    struct strings on, struct gather_counts *, struct err *);
/* The report's member "extract", JSON behind what is in the buffer. */
void		 gather_report(const struct gather_counts *, struct buf *);

#endif
