/*
 * asking - the options of mdx-extract about its model, beside those that all
 * tools with a model share (cli/model).
 */
#ifndef CLI_ASKING_H
#define CLI_ASKING_H

#include "base/arena.h"
#include "catalogue/catalogue.h"
#include "cli/opt.h"
#include "extract/model_run.h"

/* For the tool's table: { OPT_TABLE, .rows = opt_asking }. */
extern const struct opt opt_asking[];

/* What they say, behind opt_parse; ids are looked up in the catalogue. */
bool	asking_read(const struct catalogue *, struct arena *,
	    struct model_run *, struct err *);
/* Where answers are kept: --cache, or the usual place, its folders made. */
const char *asking_cache(void);
/* --ttl in seconds, 0 where it is not given. */
bool	asking_ttl(uint64_t *seconds, struct err *);
/* Whether --dry-run was given. */
bool	asking_only_counts(void);

#endif
