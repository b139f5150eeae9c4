/*
 * merge - answers into a record: the member `indicators`, just before `_mdx`,
 * and `_mdx.extract`.
 *
 * Indicators of this run replace what is there, others stay; a second run over
 * its own output changes no byte.
 */
#ifndef EXTRACT_MERGE_H
#define EXTRACT_MERGE_H

#include "catalogue/catalogue.h"
#include "extract/answer.h"
#include "record/record.h"

/*
 * indicators: the record's own member of that name, or NULL.  trace: absent
 * ones get an entry too.
 */
void		 merge(struct record *, const struct json_member *indicators,
		    const struct answers *, const struct catalogue *,
		    bool trace);
/* The new text of the member alone, in the record's arena. */
struct slice	 merge_values(struct record *,
		    const struct json_member *indicators,
		    const struct answers *);

#endif
