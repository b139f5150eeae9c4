/*
 * values - value sets: the spellings of a hospital to the codes of a standard
 * (男 -> 1).  SHARE/terms/sets/NAME.csv, see mdx-terms(5).  Built once, then
 * const.
 */
#ifndef MAPPING_VALUES_H
#define MAPPING_VALUES_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/table.h"

struct values;

struct values	*values_load(const char *path, struct table_faults *,
		    struct err *);
struct values	*values_parse(const char *path, struct slice text,
		    struct table_faults *, struct err *);
void		 values_free(struct values *);	/* NULL is allowed */
/* The code as a JSON string, or n 0. */
struct slice	 values_find(const struct values *, struct slice spelling,
		    struct arena *);

#endif
