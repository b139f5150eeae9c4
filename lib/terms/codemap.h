/*
 * codemap - which codes of one edition are which of another, from the table
 * FROM@VERSION+TO@VERSION.csv.
 *
 * One table answers both ways; a mark `preferred` settles the way that it was
 * written for, and no other.  Built once, then const.  The format is
 * mdx-terms(5).
 */
#ifndef TERMS_CODEMAP_H
#define TERMS_CODEMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

struct codemap;

struct codemap_pair {
	struct slice	 from, to;
	bool		 preferred;
	const struct codemap_pair *next[2];	/* of the same from, of the
						   same to */
};

/* The file's name says which editions it joins. */
struct codemap	*codemap_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
void		 codemap_free(struct codemap *);	/* NULL is allowed */

/* Which edition it leads from and to: "icd10-gl", "2.0". */
struct slice	 codemap_system(const struct codemap *, bool to);
struct slice	 codemap_version(const struct codemap *, bool to);
size_t		 codemap_count(const struct codemap *);
const struct codemap_pair *codemap_pair(const struct codemap *, size_t);

/*
 * The codes that a code becomes, against the map's direction with `back`: how
 * many, the first `room` of them in list.  Where one of several is preferred
 * it is the only one.
 */
size_t		 codemap_find(const struct codemap *, struct slice code,
		    bool back, struct slice *list, size_t room);

#endif
