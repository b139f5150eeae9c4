/*
 * map_part - the inside of a map, for map.c and map_row.c alone.
 */
#ifndef MAPPING_MAP_PART_H
#define MAPPING_MAP_PART_H

#include "mapping/map.h"

/* A value set that some row has named. */
struct set {
	char		*name;
	struct values	*values;
	struct set	*next;
};

struct map {
	struct arena	*arena;
	struct index	*names, *fields, *columns, *kinds;
	const struct catalogue *catalogue;
	const char	*share;
	struct set	*sets;
	struct rule	**rules;
	size_t		 nrules, room;
	struct slice	*systems;	/* of --systems; NULL: the rows' */
	size_t		 nsystems;
	struct plan	*plans;		/* one a kind; the last for any other */
};

/* The columns of map.csv, in the order that map_read_row knows. */
extern const struct column map_table_columns[];

/* A row under way: what every check of a cell needs. */
struct map_row {
	struct map	*map;
	const struct table *table;
	size_t		 number;
	struct table_faults *faults;
	struct err	*e;
	struct rule	*rule;		/* zeroed; the row is read into it */
};

/* name: of the table, for norm.F.rule.  False where a fault was said. */
bool		 map_read_row(struct map_row *, const char *name);
/* The parts between separators, trimmed, in the arena; no empty ones. */
struct slice	*map_parts(struct arena *, struct slice, char separator,
		    size_t *n);

#endif
