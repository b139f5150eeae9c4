/*
 * filled - a review file that a person has worked through: what is to become
 * of which indicator of which record, and who says so.
 *
 * The columns are those of `review export` (extract/review); a row without
 * new_value is still open.  Read whole, then const and shared by all workers.
 */
#ifndef EXTRACT_FILLED_H
#define EXTRACT_FILLED_H

#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

struct filled;

struct filled_row {
	struct slice	 key, path;
	struct slice	 new_value;	/* n 0: left open */
	struct slice	 reviewer;
	uint64_t	 line;
	uint64_t	 rival;		/* line of one that differs, of the
					   same key and path; 0: none */
	struct slice	 raw;		/* the row, as a reject keeps it */
	long		 next;		/* of the same key, or -1 */
};

/* ERR_USAGE: a column is missing, a key was damaged by a spreadsheet. */
struct filled	*filled_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
struct filled	*filled_load(const char *path, struct table_faults *,
		    struct err *);
void		 filled_free(struct filled *);	/* NULL is allowed */
const char	*filled_path(const struct filled *);

size_t		 filled_count(const struct filled *);
const struct filled_row *filled_at(const struct filled *, size_t);
/* The number of the first row of a key, or -1. */
long		 filled_find(const struct filled *, struct slice key);

#endif
