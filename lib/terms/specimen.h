/*
 * specimen - kinds of specimens under the names that laboratories write.
 *
 * 晨尿 and 中段尿 are 尿液; serum, plasma and whole blood are of one group, so a
 * test that is usual in one of them may be looked for in the others, but not
 * in urine.  Built once, then const.  The table is mdx-terms(5).
 */
#ifndef TERMS_SPECIMEN_H
#define TERMS_SPECIMEN_H

#include <stdbool.h>

#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

struct specimens;

struct specimens *specimens_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
void		 specimens_free(struct specimens *);	/* NULL is allowed */

/* The kind (folded) that a folded name means; the name where none is known. */
struct slice	 specimens_kind(const struct specimens *, struct slice folded);
/* Whether both are known, and of different groups; both are folded. */
bool		 specimens_differ(const struct specimens *, struct slice,
		    struct slice);

#endif
