/*
 * draft - a vocabulary as it is put together out of the sheets of an official
 * file, and its text as SYSTEM@VERSION.csv.  Private to lib/terms.
 */
#ifndef TERMS_DRAFT_H
#define TERMS_DRAFT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "io/grid.h"
#include "io/table.h"
#include "terms/columns.h"
#include "terms/systems.h"
#include "terms/vocabulary.h"

struct draft_row {
	struct slice	 code, name, aliases, parent, from, to, extra;
	enum entry_status status;
	const char	*place;
};

struct draft {
	struct arena	*arena;
	struct slice	 system, version;
	bool		 assumed;	/* the version is not the file's */
	const struct pattern *pattern;
	struct index	*codes;
	struct draft_row *rows;
	size_t		 room;
	size_t		 nparents, blanks, repeated;
};

struct draft	*draft_new(struct slice system, struct slice version);
void		 draft_free(struct draft *);	/* NULL is allowed */

/* The rows behind the header; each fault with its cell. */
bool		 draft_read(struct draft *, const struct grid *,
		    const struct grid_sheet *, const struct columns *,
		    struct table_faults *, struct err *);
void		 draft_text(const struct draft *, struct buf *);
/* A fault of a cell: "FILE: sheet 'A', cell B12: text". */
bool		 draft_fault(const struct grid *, const struct grid_sheet *,
		    const struct grid_row *, size_t column,
		    struct table_faults *, struct err *, const char *text);

struct draft_change {
	size_t		 codes, added, changed, vanished, names_twice;
};

/* Against the list before, which may be NULL. */
void		 draft_compare(const struct draft *, const struct vocabulary *,
		    struct draft_change *);

#endif
