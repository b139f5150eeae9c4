/*
 * trail - `_mdx.norm` of a record under way: what was done to which field.
 *
 * Belongs to one worker; emptied for each record.
 */
#ifndef MAPPING_TRAIL_H
#define MAPPING_TRAIL_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/slice.h"
#include "record/record.h"

struct trail {
	struct buf	 entries;	/* `"F":{...},"G":{...}` */
	struct buf	 unmapped;	/* `"F","G"` */
	struct buf	 whole;		/* as it went into the record */
};

struct entry_of {
	struct slice	 key;		/* the field's name, as JSON */
	struct slice	 from;		/* JSON; n 0: none */
	struct slice	 rule;		/* `"column":...,"rule":...` */
	struct slice	 more;		/* further members; n 0: none */
	const char	*unmapped;	/* reason; NULL: it was done */
	bool		 stated;	/* more says status and reason already */
};

void	trail_reset(struct trail *);
void	trail_release(struct trail *);
void	trail_add(struct trail *, const struct entry_of *);
/* One edition only is missing: F@system. */
void	trail_missing(struct trail *, struct slice field, struct slice system);
/*
 * Into the record, behind what an earlier pass wrote; nothing if empty.  The
 * record keeps the text by reference: write it before the next reset.
 */
void	trail_write(struct trail *, struct record *);

#endif
