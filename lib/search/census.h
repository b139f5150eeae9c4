/*
 * census - a log of questions counted: cells as NDJSON, and a page of them.
 *
 * Dimensions are members of a row: day (of ts), dept, mode, refused.  Kinds of
 * questions need classifiers, which this version does not have.
 */
#ifndef SEARCH_CENSUS_H
#define SEARCH_CENSUS_H

#include "base/buf.h"
#include "base/err.h"
#include "record/flow.h"

struct census;

/* by: dimensions between commas.  ERR_USAGE names an unknown one. */
struct census	*census_new(const char *by, struct err *);
void		 census_free(struct census *);	/* NULL is allowed */

/* Names that the stage asks for, and the stage of an ordered flow. */
struct index	*census_names(void);
enum verdict	 census_record(void *census, struct record *, struct job *,
		    struct err *);
uint64_t	 census_count(const struct census *);

/* A cell a line; *lines says how many. */
void		 census_cells(const struct census *, struct buf *,
		    uint64_t *lines);
/* One self-contained page in Chinese; no script, nothing loaded. */
void		 census_page(const struct census *, const char *title,
		    struct buf *);

/* 95 % interval of Wilson for k of n; n > 0. */
void		 census_wilson(uint64_t k, uint64_t n, double *low,
		    double *high);

#endif
