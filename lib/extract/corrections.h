/*
 * corrections - the rows of a filled review file that speak of a record, as
 * changes to it.
 */
#ifndef EXTRACT_CORRECTIONS_H
#define EXTRACT_CORRECTIONS_H

#include "extract/filled.h"
#include "extract/hand.h"
#include "extract/settings.h"
#include "record/record.h"

struct changes {
	struct hand	*list;
	size_t		 n;
	size_t		 applied;	/* rows; equal ones of one path count */
	size_t		 open;		/* rows left open, or refused */
	struct slice	 by;		/* of the last one */
};

/*
 * Told of each filled row: why it cannot be applied, or NULL; false ends the
 * reading.
 */
typedef bool	 corrections_tell(void *ctx, const struct filled_row *,
		    const struct err *why, struct err *);

/*
 * The rows from first on, as changes to these two members.  Refused are
 * two_values (rows of one path that differ), unknown_path, bad_value,
 * no_reviewer.
 */
bool		 corrections_read(const struct filled *, long first,
		    const struct catalogue *, struct json indicators,
		    struct json entries, struct arena *, corrections_tell *,
		    void *ctx, struct changes *, struct err *);
/* Whether all rows fit the rows of the packs; else each is a fault. */
bool		 corrections_check(const struct filled *,
		    const struct catalogue *, struct table_faults *,
		    struct err *);
/* `_mdx.id`, else the members of on as key_shown has them; ERR_DATA, no_key. */
bool		 corrections_key(struct record *, const struct index *names,
		    struct strings on, struct slice *key, struct err *);

#endif
