/*
 * join - L4: values that were followed up or entered by hand, from a CSV or
 * NDJSON file, matched to records by key.
 *
 * Columns match by id, by the name REDCap has for it, or by name_zh.  The
 * file is read whole; then it is const and may be shared.
 */
#ifndef EXTRACT_JOIN_H
#define EXTRACT_JOIN_H

#include "base/err.h"
#include "catalogue/catalogue.h"
#include "extract/answer.h"
#include "extract/settings.h"
#include "record/record.h"

struct join;

/* on: members that make the key, at least one.  ERR_USAGE. */
struct join	*join_new(const struct catalogue *, struct strings on,
		    struct err *);
void		 join_free(struct join *);	/* NULL is allowed */
bool		 join_load(struct join *, const char *path,
		    struct table_faults *, struct err *);
/* How many rows there are, of all files. */
size_t		 join_rows(const struct join *);
/*
 * key: the parts, in the order of those members.  met: a truth for each row,
 * set where the record has its key and the object that it speaks of.
 */
void		 join_find(const struct join *, const struct slice *key,
		    const bool *wanted, struct answers *, bool *met,
		    struct arena *);

struct join_unmet {
	uint64_t	 rows, unmatched;	/* of these: met no record */
	const char	*path;		/* where the first of them stands */
	uint64_t	 line;
};

struct join_unmet join_unmet(const struct join *, const bool *met);

#endif
