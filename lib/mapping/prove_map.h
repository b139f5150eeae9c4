/*
 * prove_map - what is wrong in rows of maps that can be read: kinds, systems,
 * units and expressions that are none.  Part of `check`.
 */
#ifndef MAPPING_PROVE_MAP_H
#define MAPPING_PROVE_MAP_H

#include "io/table.h"
#include "mapping/tables.h"
#include "terms/systems.h"

/*
 * Every row of the tables' map.  share: where kinds.csv is; systems may be
 * NULL: they are not proved then.
 */
void		 prove_map(const struct tables *, const char *share,
		    const struct systems *, struct table_faults *);

#endif
