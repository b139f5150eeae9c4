/*
 * prove - `check`: every fault of packs, maps, terms, policies and named files,
 * in one run.
 */
#ifndef MAPPING_PROVE_H
#define MAPPING_PROVE_H

#include <stdbool.h>

#include "io/table.h"
#include "mapping/tables.h"

/*
 * files: maps, mappings, vocabularies, code maps and policies, told by their
 * names and headers, and folders, which are packs.  False: there are faults.
 */
bool		 prove_run(const struct tables_options *, char *const *files,
		    struct table_faults *);

#endif
