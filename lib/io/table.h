/*
 * table - rows of separated values: framing, splitting, and small tables.
 *
 * Three layers.  A framer walks physical lines, knows offset and line number,
 * and decides where a quoted record ends: an open quote costs one line, not
 * the rest of the file.  A splitter cuts one record into fields: a vector
 * scan where quotes only enclose fields (io/table_cut), libcsv where there is
 * more to them.  On these stands struct
 * table: a whole file of a pack or of terms in memory, with its columns found
 * by name.  One framer, splitter or table belongs to one thread; a table that
 * has been loaded is const and may be shared.
 */
#ifndef IO_TABLE_H
#define IO_TABLE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"

struct dialect {
	char		 delimiter;	/* ',' */
	char		 quote;		/* '"', or 0 for none */
	char		 comment;	/* lines that begin so, or 0 for none */
	bool		 strict;	/* a bare quote is a fault, not data */
	bool		 gb;		/* bytes are GB18030, not yet UTF-8 */
	size_t		 max_record;	/* bytes; 0: 16 MiB */
	uint64_t	 skip;		/* lines at the start that are no rows */
};

extern const struct dialect dialect_csv, dialect_tsv;

/*
 * The one of , TAB ; | ^ and byte 1 that gives one and the same width over the
 * text (which may end within a record), quotes honoured; else over all but one
 * row of twenty; ',' if none does.
 */
char	dialect_sniff(struct slice text, const struct dialect *);

/*
 * Framing.  Line ends LF, CRLF and CR may mix.  The bytes from `from` to
 * `next` of one frame follow those of the one before without a gap.
 */
enum frame_kind {
	FRAME_RECORD,
	FRAME_BLANK,		/* nothing, or blanks only, before the end */
	FRAME_COMMENT,
	FRAME_SKIPPED,		/* one line of dialect.skip */
	FRAME_BAD,		/* one line; why says what is wrong */
	FRAME_END
};

struct frame {
	enum frame_kind	 kind;
	struct slice	 bytes;		/* without the line end; valid until
					   the next call */
	uint64_t	 line;		/* the first of it, from 1 */
	uint64_t	 from, to, next;	/* offsets: to without, next
						   behind the line end */
	bool		 quotes;	/* a quote stands in it */
	const char	*why;		/* FRAME_BAD: a code, "csv_quote" or
					   "limit_record" */
};

struct framer;

/*
 * The source of bytes: fills at most room bytes, returns their number, 0 at
 * the end, -1 and *e on failure.
 */
typedef ssize_t	 frame_read(void *ctx, char *to, size_t room, struct err *);

struct framer	*framer_new(const struct dialect *, frame_read *, void *ctx);
/* Over bytes in memory, which must outlive it; nothing is copied. */
struct framer	*framer_new_memory(const struct dialect *, struct slice);
void		 framer_free(struct framer *);	/* NULL is allowed */
/* False on failure of the source only.  FRAME_END comes for ever. */
bool		 framer_next(struct framer *, struct frame *, struct err *);
/* Puts the counts where a caller took away bytes (a BOM) before. */
void		 framer_start(struct framer *, uint64_t offset, uint64_t line);

/* Splitting. */
struct splitter;

struct splitter	*splitter_new(const struct dialect *);
void		 splitter_free(struct splitter *);	/* NULL is allowed */
/*
 * The fields of one record, unquoted; they point into the record or the
 * splitter and are valid until the next call.  An empty record has one empty
 * field.  ERR_DATA, code "csv_quote".
 */
bool		 splitter_cut(struct splitter *, struct slice record,
		    const struct slice **fields, size_t *n, struct err *);
/*
 * Whether no field of the last record has a control character, a backslash or
 * a double quote; false also where that is not known.
 */
bool		 splitter_is_plain(const struct splitter *);
/* How many bare quotes were taken as data so far. */
uint64_t	 splitter_bare_quotes(const struct splitter *);

/*
 * Small tables.  Faults are gathered, so that a clinician sees all of them;
 * every function that takes faults also sets *e from the first one.
 */
struct table_fault {
	const char	*path;
	uint64_t	 line;		/* 0: the whole file */
	const char	*text;		/* with remedy */
};

struct table_faults {
	struct arena	*arena;		/* made at the first fault */
	struct table_fault *list;
	size_t		 n, room;
};

void	table_faults_release(struct table_faults *);
/* Each as one line "path:line: text"; say may be NULL. */
void	table_faults_say(const struct table_faults *,
	    void (*say)(const char *line));
/* Returns false.  faults may be NULL. */
bool	table_fault(struct table_faults *, const char *path, uint64_t line,
	    struct err *, const char *fmt, ...)
	    __attribute__((format(printf, 5, 6)));

enum {
	COLUMN_REQUIRED = 1,	/* the header must have it */
	COLUMN_FILLED = 2,	/* and no cell may be empty */
	COLUMN_CODE = 4		/* refuse what a spreadsheet does to codes */
};

struct column {
	const char	*name;
	const char	*aliases;	/* "编码|code", or NULL */
	unsigned	 flags;
};

enum {
	TABLE_EXTRA = 1		/* unknown columns are kept, not refused */
};

struct table;

/*
 * Columns end with one whose name is NULL.  The text is UTF-8, with or without
 * BOM, or GB18030; the delimiter is a comma, or a tab where the header has
 * one.  Header names are compared without width, case and blanks.  Cells are
 * trimmed; rows with nothing in them and lines that begin with # are left out.
 * path is for messages.  NULL and ERR_USAGE where anything is wrong; all of it
 * is in faults (may be NULL).
 */
struct table	*table_parse(const char *path, struct slice text,
		    const struct column *, unsigned flags,
		    struct table_faults *, struct err *);
/* The text as UTF-8 without BOM: itself, or decoded into `own`. */
bool		 table_text(const char *path, struct slice *text, struct buf *own,
		    struct table_faults *, struct err *);
/* At most 256 MiB.  A file that cannot be read is ERR_USAGE too. */
struct table	*table_load(const char *path, const struct column *,
		    unsigned flags, struct table_faults *, struct err *);
void		 table_free(struct table *);	/* NULL is allowed */

const char	*table_path(const struct table *);
size_t		 table_rows(const struct table *);
uint64_t	 table_line(const struct table *, size_t row);
/* Column by its place in the caller's list; empty where the file lacks it. */
struct slice	 table_cell(const struct table *, size_t row, size_t column);
bool		 table_has(const struct table *, size_t column);
/* All columns of the file in their order, also the extra ones. */
size_t		 table_width(const struct table *);
struct slice	 table_header(const struct table *, size_t place);
struct slice	 table_at(const struct table *, size_t row, size_t place);
/* Which of the columns a header names, or -1. */
long		 table_column(const struct column *, struct slice header);
/*
 * Where the whole header is one name that holds `;`, as spreadsheets of some
 * countries save it: what to do about it, else "".
 */
const char	*table_hint(const struct table *);
/* Adds a fault of a row: "path:line: text". */
bool		 table_row_fault(const struct table *, size_t row,
		    struct table_faults *, struct err *, const char *fmt, ...)
		    __attribute__((format(printf, 5, 6)));

/* A row of comma-separated cells with its line feed, quoted where needed. */
void		 table_put_row(struct buf *, const struct slice *cells, size_t n);

/*
 * What a spreadsheet did to a code, as a sentence with the likely remedy, or
 * NULL: 1.23E+17, a date where a code was, a code that lost its zeros beside
 * codes of one width (width: of the column's other codes, 0 if they vary).
 */
const char	*table_damage(struct slice cell, size_t width);

#endif
