/*
 * join_row - what --join makes of one row of a file, table or record; see
 * join.
 */
#ifndef EXTRACT_JOIN_ROW_H
#define EXTRACT_JOIN_ROW_H

#include "base/arena.h"
#include "base/hash.h"
#include "extract/join.h"
#include "io/table.h"
#include "json/scan.h"

/* One value of one row; those of one key form a list in file order. */
struct cell {
	struct cell *next;
	const struct indicator *d;
	unsigned object; /* from 1; of a group */
	struct slice value, src, date;
	bool clash;   /* another row of the same date says otherwise */
	bool outside; /* of the indicator's range */
};

struct row {
	long next; /* of its key; -1: the last, or it has none */
	const char *path;
	uint64_t line;
	unsigned object;
	const struct indicator **said; /* NULL behind them */
};

struct key {
	struct cell *cells;
	long last; /* its last row */
};

struct join {
	const struct catalogue *catalogue;
	struct arena *arena;
	struct strings on;
	struct index *keys;
	struct key *known; /* by their number */
	struct row *rows;  /* all of the files */
	size_t room, nrows, rows_room;
};

/* Where a file's columns go. */
struct columns {
	size_t n;
	const struct slice *names;
	const struct indicator **d; /* NULL: not ours */
	long *key;                  /* part of the key, or -1 */
	long instance, date;        /* column, or -1 */
};

/* Where a row stands, and who is told of its faults. */
struct spot {
	const char *path;
	uint64_t line;
	struct table_faults *faults;
	struct err *e;
};

void	join_columns(const struct join *, const struct slice *names, size_t n,
	    struct columns *);
/* json: of a record, beside its values; NULL: of a table.  False: a fault. */
bool	join_add_row(struct join *, const struct columns *,
	    const struct slice *values, const struct json *json,
	    const struct spot *);

#endif
