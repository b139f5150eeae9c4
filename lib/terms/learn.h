/*
 * learn - from what persons have decided to the approved mappings of a terms
 * folder and a model for each field and system, all at once or not at all.
 *
 * The same tables in any order, or fed again, give the same bytes.
 */
#ifndef TERMS_LEARN_H
#define TERMS_LEARN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/err.h"
#include "io/table.h"
#include "terms/terms.h"

struct learn_options {
	const struct terms *terms;	/* with the folder's lists */
	const char	*folder;
	char		*const *tables;	/* NULL at the end */
	bool		 dry;		/* change nothing */
};

/*
 * One line of figures for each field and system, behind what is in the
 * buffer.  ERR_USAGE with the faults; ERR_SERVICE where another holds the lock;
 * ERR_OUTPUT where nothing could be written: the folder is as it was.
 */
bool	learn(const struct learn_options *, struct table_faults *,
	    struct buf *, struct err *);

#endif
