/*
 * import_part - what the files of `import` share.  Private to lib/terms.
 */
#ifndef TERMS_IMPORT_PART_H
#define TERMS_IMPORT_PART_H

#include "base/arena.h"
#include "base/hash.h"
#include "io/grid.h"
#include "io/together.h"
#include "terms/codemap.h"
#include "terms/draft.h"
#include "terms/import.h"
#include "terms/mapping_rows.h"
#include "terms/systems.h"
#include "terms/terms.h"
#include "terms/vocabulary.h"

/* What one input holds; exactly one of the three is set, or text. */
struct import_item {
	const char	*path;		/* of the input */
	struct draft	*draft;
	struct map_draft *map;
	struct mapping_rows *rows;
	const char	*name;		/* of the file to write, with text */
	struct slice	 text;
	size_t		 count;		/* of units in it */
};

struct import {
	const struct import_options *o;
	struct systems	*systems;
	struct arena	*arena;
	struct import_item *items;
	size_t		 n, room;
	struct together	*together;
	struct table_faults *faults;
	struct err	*e;
	struct buf	*out;
};

struct import_item *import_add(struct import *, const char *path);
/* A fault of a whole file; false. */
bool		 import_fault(struct import *, const char *path,
		    const char *text);

/* Lists of codes; each system of a file has a draft of its own. */
bool		 import_vocabulary(struct import *, const struct grid *);

/* Code maps. */
struct map_draft {
	struct arena	*arena;
	struct slice	 from, to;	/* editions, "icd10-gl@2.0" */
	struct index	*seen;
	struct buf	 text;
	size_t		 pairs, blanks, repeated;
};

bool		 import_map(struct import *, const struct grid *);
void		 map_draft_free(struct map_draft *);	/* NULL is allowed */
/* ucum-essence.xml */
bool		 import_units(struct import *, const char *path, struct slice);

/* All items into the folder at once, and their lines into out. */
bool		 import_put(struct import *);

/*
 * Approved mappings whose code is not in the new list are marked; how many.
 */
bool		 import_mark_stale(struct import *, const struct draft *,
		    size_t *marked);
/* The rows into approved/FIELD.csv; an answer that differs is a fault. */
bool		 import_merge_rows(struct import *, const struct mapping_rows *,
		    size_t *added);

#endif
