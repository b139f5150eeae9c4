/*
 * csv_sheet - one table while it is read, for the two files that share it.
 *
 * Making an object of a row (its text decoded, cut and escaped) needs nothing
 * but the row and what the header settled.  csv_pair does it on a second core:
 * the reader frames the next rows and accounts for the ones before meanwhile.
 */
#ifndef SOURCES_CSV_SHEET_H
#define SOURCES_CSV_SHEET_H

#include "io/table.h"
#include "sources/member.h"
#include "sources/table_names.h"

struct sheet {
	struct member	*m;
	struct dialect	 dialect;
	struct framer	*framer;
	struct splitter	*splitter;
	struct table_names names;
	bool		 has_header;
	bool		 lost_header;	/* its row was set aside */
	uint64_t	 crlf, lf, cr;
};

/*
 * The row as an object without its closing brace, behind what is in the
 * buffer; nothing is added where it fails.  ERR_DATA.
 */
bool	csv_object(struct sheet *, struct slice row, const char **encoding,
	    struct buf *, struct err *why);
/* Whether the frame is a row of the table once its header is known. */
bool	csv_is_row(const struct sheet *, const struct frame *);
/* What came of a row that was made into an object elsewhere. */
struct made {
	struct slice	 object;
	const char	*encoding;
	const struct err *why;		/* or why it was not, else NULL */
};

/* Whatever the frame is: a record, a reject or a skip.  made may be NULL. */
bool	csv_take(struct sheet *, const struct frame *, const struct made *,
	    struct err *);

/*
 * Reads on to the end with a second thread.  False where the run cannot go on;
 * *started false: there is no second thread, and nothing was read.
 */
bool	csv_pair(struct sheet *, bool *started, struct err *);

#endif
