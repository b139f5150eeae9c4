/*
 * xlsx_rows - the XML of a worksheet as rows and cells, and that of the shared
 * strings as strings, as the bytes come by.
 *
 * What a cell means is left to the caller (io/xlsx_cell helps): here it is its
 * bytes, its type and the number of its style.
 */
#ifndef IO_XLSX_ROWS_H
#define IO_XLSX_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct xlsx_raw_cell {
	size_t		 column;	/* from 1; 0: it names none */
	const char	*reference;	/* "B12", or "" */
	const char	*type;		/* n s b e str inlineStr d */
	size_t		 style;
	struct slice	 text;		/* of <v> or <is>, escapes as written */
	bool		 formula;
	bool		 full;		/* longer than the limit; text is cut */
};

/* Each returns false to stop, with *e as it left it.  All may be NULL. */
struct xlsx_rows_events {
	/* number: as the sheet says, else one more; offset: of its '<'. */
	bool	(*row)(void *ctx, uint64_t number, uint64_t offset,
		    struct err *);
	bool	(*cell)(void *ctx, const struct xlsx_raw_cell *, struct err *);
	bool	(*end)(void *ctx, struct err *);
	/* Of the shared strings: the next one, with its escapes. */
	bool	(*string)(void *ctx, struct slice, bool full, struct err *);
};

struct xlsx_rows;

/* longest: bytes of one cell or string. */
struct xlsx_rows *xlsx_rows_new(const struct xlsx_rows_events *, void *ctx,
		    size_t longest);
void		 xlsx_rows_free(struct xlsx_rows *);	/* NULL is allowed */
/* As xml_feed. */
bool		 xlsx_rows_feed(struct xlsx_rows *, const char *, size_t n,
		    bool final, struct err *);
/* The byte behind the present event. */
uint64_t	 xlsx_rows_behind(const struct xlsx_rows *);

#endif
