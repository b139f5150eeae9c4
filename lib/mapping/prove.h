/*
 * prove - `check`: every fault of packs, maps, terms, policies and named files,
 * in one run.
 */
#ifndef MAPPING_PROVE_H
#define MAPPING_PROVE_H

#include <stdbool.h>

#include "deid/deid.h"
#include "io/table.h"
#include "mapping/tables.h"

/*
 * files: maps, mappings, vocabularies, code maps and policies, told by their
 * names and headers, and folders, which are packs.  False: there are faults.
 */
bool		 prove_run(const struct tables_options *, char *const *files,
		    struct table_faults *);
/*
 * The verb to its exit status: the faults are said, and behind them what is
 * wrong with the policy's key and people, where a policy is given.
 */
int		 prove_all(const struct tables_options *, char *const *files,
		    const struct deid_options *,
		    void (*say)(const char *), struct err *);

#endif
