/*
 * table_cut - a record into its fields, 64 bytes at once.
 *
 * Serves the records that are nearly all: without quotes, or with quotes that
 * enclose whole fields and are doubled within.  Where there is more to them it
 * says so, and libcsv has its turn (io/table.c), which is also what tests hold
 * it against.  Private to io/table.
 */
#ifndef IO_TABLE_CUT_H
#define IO_TABLE_CUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/slice.h"

struct cut {
	struct slice	*fields;	/* of heap; they are in the record, or in
					   text where a quote was doubled */
	struct buf	 text;
	size_t		 n, room;
	bool		 plain;		/* no field has a control character, a
					   backslash or a double quote */
};

/* quote: 0 for none.  False: the quotes are not so simple. */
bool	table_cut(struct cut *, struct slice record, char delimiter,
	    char quote);

/* The first quote, LF or CR, or end. */
const char *table_find_mark(const char *p, const char *end, char quote);

#endif
