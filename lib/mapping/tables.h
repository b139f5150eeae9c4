/*
 * tables - all that mdx-normalize reads before the first record: packs, terms,
 * units and maps, found in their places and proved together.
 */
#ifndef MAPPING_TABLES_H
#define MAPPING_TABLES_H

#include <stdbool.h>

#include "base/err.h"
#include "base/hash.h"
#include "catalogue/catalogue.h"
#include "mapping/map.h"
#include "record/run.h"
#include "terms/terms.h"
#include "terms/unit.h"

/* Strings are kept by reference; lists end in NULL and may be NULL. */
struct tables_options {
	const char	*share;
	const char	*const *packs;
	const char	*terms;		/* the hospital's folder, or NULL */
	const char	*const *maps, *const *approved;
	const char	*systems;	/* "a,b", or NULL */
};

struct tables {
	struct index	*names;		/* for record_new */
	struct catalogue *catalogue;
	struct units	*units;
	struct terms	*terms;
	struct map	*map;
};

/*
 * All faults of all tables are said, one a line, before it fails with
 * ERR_USAGE.
 */
struct tables	*tables_load(const struct tables_options *,
		    void (*say)(const char *), struct err *);
/*
 * The same for who proves tables: every fault of every table in the list, and
 * what could be loaded, never NULL; not for records.
 */
struct tables	*tables_prove(const struct tables_options *,
		    struct table_faults *);
void		 tables_free(struct tables *);	/* NULL is allowed */
/* Path and digest of each into the report. */
void		 tables_report(const struct tables *, struct run *);
/*
 * A run with these tables in its report, from its opening to the exit status;
 * work reads and writes.
 */
int		 tables_run(const struct tables *, const struct run_options *,
		    void (*work)(struct run *, void *ctx, struct err *),
		    void *ctx, struct err *);

#endif
