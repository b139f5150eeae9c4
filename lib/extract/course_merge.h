/*
 * course_merge - the indicators of the records of a course made one set.
 *
 * Of equal L2 to L4 ids the later time wins; values of one time that differ
 * are a conflict.  L1 ids (engine `field`) stand where all that have them
 * agree.  What was only looked for and not found claims nothing.  Private to
 * lib/extract/course.
 */
#ifndef EXTRACT_COURSE_MERGE_H
#define EXTRACT_COURSE_MERGE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "json/scan.h"

struct course_piece {
	struct slice	 id, kind;
	struct slice	 element;	/* JSON, as it stands in `gathered` */
	size_t		 place;		/* in the array of its kind */
	struct course_piece *next;	/* of its kind */
	bool		 timed;
	int64_t		 at;
	struct json	 indicators, trail, deid;
};

/*
 * The pieces in the order of time.  values: the object `indicators`; entries:
 * the array `_mdx.extract`, whose pointers are of the course.
 */
void		 course_merge(const struct course_piece *, size_t n,
		    struct arena *, struct buf *values, struct buf *entries);

#endif
