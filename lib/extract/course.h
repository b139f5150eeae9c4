/*
 * course - the records of one key as one record; what gather writes.
 *
 * A course is filled piece by piece in the order of time and then written.
 * Everything is copied into its arena and lives until it is reset.
 */
#ifndef EXTRACT_COURSE_H
#define EXTRACT_COURSE_H

#include "base/buf.h"
#include "base/err.h"
#include "extract/course_deid.h"
#include "extract/settings.h"
#include "record/record.h"

struct course;

/* on: as in gather; kept by reference.  depth: of JSON, 0 the usual. */
struct course	*course_new(struct strings on, unsigned depth);
void		 course_free(struct course *);	/* NULL is allowed */
void		 course_reset(struct course *);
/*
 * One record more.  at: its time, in any unit; timed: whether it has one.
 * False where it is no record (as record_read).
 */
bool		 course_add(struct course *, struct slice line, bool timed,
		    int64_t at, struct err *);
/* The course's line, without a line feed, behind what is in the buffer. */
enum course_deid course_write(struct course *, struct buf *);

#endif
