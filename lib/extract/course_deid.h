/*
 * course_deid - what a course may claim of de-identification: no more than
 * each of its records does.
 *
 * It carries `_mdx.deid` only where all records do, by one policy and one key:
 * their fields together (one of two classes is left out) and what was found,
 * added up.  Private to lib/extract/course.
 */
#ifndef EXTRACT_COURSE_DEID_H
#define EXTRACT_COURSE_DEID_H

#include "extract/course_merge.h"

enum course_deid {
	DEID_NONE,		/* no record has it */
	DEID_ALL,		/* all alike: the object is in the buffer */
	DEID_MIXED		/* some, or not alike: it claims nothing */
};

enum course_deid course_deid(const struct course_piece *, size_t n,
		    struct buf *);

#endif
