/*
 * remap - the codes of another edition into records that are coded already.
 *
 * Each member F_codes keeps its entries; those that the code map gives stand
 * behind the ones of the source edition.  A code that has none there is listed
 * as F@system in _mdx.norm.unmapped and counted, never passed on.
 */
#ifndef MAPPING_REMAP_H
#define MAPPING_REMAP_H

#include <stdint.h>

#include "base/err.h"
#include "base/hash.h"
#include "mapping/limit.h"
#include "mapping/tables.h"
#include "record/flow.h"
#include "terms/terms.h"

struct remap;

/*
 * Editions as SYSTEM@VERSION; field NULL: every one.  ERR_USAGE where no code
 * map joins them.
 */
struct remap	*remap_new(const struct terms *, const struct index *names,
		    const char *from, const char *to, const char *field,
		    struct err *);
void		 remap_free(struct remap *);	/* NULL is allowed */
struct stage	 remap_stage(struct remap *);
/* After the run: codes of the source edition, and those without another. */
void		 remap_counts(const struct remap *, uint64_t *codes,
		    uint64_t *unmapped);
/* The member of the report. */
void		 remap_report(const struct remap *, struct buf *);

struct remap_options {
	const struct tables *tables;
	const struct run_options *run;
	const char	*from, *to, *field;	/* as of remap_new */
	struct limit	 limit;
};

/* All of it, to the exit status. */
int		 remap_run(const struct remap_options *, char **operands,
		    struct err *);

#endif
