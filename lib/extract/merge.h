/*
 * merge - answers into a record: the member `indicators`, just before `_mdx`,
 * and `_mdx.extract`.
 *
 * Indicators of this run replace what is there, others stay, and so does what a
 * person has said (extract/keep); a second run over its own output changes no
 * byte.
 */
#ifndef EXTRACT_MERGE_H
#define EXTRACT_MERGE_H

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "extract/answer.h"
#include "record/record.h"

struct merged {			/* JSON in the record's arena; n 0: as it was */
	struct slice	 values;	/* of `indicators` */
	struct slice	 trail;		/* of `_mdx.extract` */
};

/*
 * indicators: the record's own member of that name, or NULL.  trace: absent
 * ones get an entry too.
 */
struct merged	 merge(struct record *, const struct json_member *indicators,
		    const struct answers *, const struct catalogue *,
		    bool trace);
void		 merge_write(struct record *,
		    const struct json_member *indicators,
		    const struct merged *);
/* The members of an answer's entry, behind what is in the buffer. */
void		 merge_entry(struct buf *, const struct answers *,
		    const struct answer *);
/* The new text of the member alone, in the record's arena. */
struct slice	 merge_values(struct record *,
		    const struct json_member *indicators,
		    const struct answers *);

#endif
