/*
 * ruling - what persons have decided of terms: the rows of review files and
 * tables of mappings, gathered from any number of them in any order.
 *
 * Rows of one term, table, reviewer and day are one answer with several codes.
 * Of the answers for a term the one of the latest day counts (no day is before
 * every day); IGNORED takes an approval back and is remembered.  Two different
 * answers of one day are a conflict that only a person can settle.  Formats:
 * mdx-terms(5).
 */
#ifndef TERMS_RULING_H
#define TERMS_RULING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"
#include "terms/terms.h"

struct ruled_code {
	struct slice	 code, display, system, version, relation;
	struct slice	 p, method, count, note;
};

struct ruling {
	struct slice	 key;		/* field, term, unit, specimen, folded */
	struct slice	 field, term, unit, specimen, folded;
	struct slice	 reviewer, date;
	bool		 ignored;	/* takes an approval back */
	bool		 none;		/* looked at, has no code */
	struct ruled_code *codes;	/* sorted; none: has no code */
	size_t		 n;
	const char	*path;
	uint64_t	 line;
};

/* What the suggestions of review files were worth. */
struct ruled_before {
	uint64_t	 terms, first, any;
};

struct rulings;

struct rulings	*rulings_new(const struct terms *);
void		 rulings_free(struct rulings *);	/* NULL is allowed */
/* asked: by the user, so that its rows are counted. */
bool		 rulings_add(struct rulings *, const char *path,
		    struct slice text, bool asked, struct table_faults *,
		    struct err *);
/*
 * The answer that counts of each term, sorted; false with each conflict at
 * both its places.
 */
bool		 rulings_settle(struct rulings *, struct table_faults *,
		    struct err *);
size_t		 rulings_count(const struct rulings *);
const struct ruling *rulings_at(const struct rulings *, size_t);
/* The table approved/FIELD.csv. */
void		 rulings_text(const struct rulings *, struct slice field,
		    struct buf *);
const struct ruled_before *rulings_before(const struct rulings *);
/* Rows that are not APPROVED, as members of an object by status. */
void		 rulings_put_skipped(const struct rulings *, struct buf *);

#endif
