/*
 * map - the rows of map.csv, compiled: which column of a source becomes which
 * field, and how (mdx-map(5)).
 *
 * Rows are in order of priority: the first that fits a column wins.  For each
 * kind of record there is a plan, an array from the number of a member's name
 * to the rules that may apply, so that a member that no row mentions costs one
 * look-up.  Built once, then const; jq expressions are compiled for each
 * worker by whoever runs them.
 */
#ifndef MAPPING_MAP_H
#define MAPPING_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/hash.h"
#include "base/slice.h"
#include "catalogue/catalogue.h"
#include "io/table.h"
#include "mapping/path.h"
#include "mapping/values.h"

enum map_type {
	MAP_TEXT, MAP_TRIM, MAP_NUMBER, MAP_RESULT, MAP_DATE, MAP_DATETIME,
	MAP_TIME, MAP_AGE, MAP_FLAG, MAP_VALUES, MAP_TERM, MAP_CODE, MAP_UNIT,
	MAP_SPLIT, MAP_CONST, MAP_DROP, MAP_JQ, MAP_TYPES
};

struct condition {
	struct paths	 paths;
	enum { WHEN_IS, WHEN_NOT, WHEN_CONTAINS } op;
	struct slice	*words;
	size_t		 nwords;
};

/* A companion: a column, or a constant. */
struct companion {
	bool		 there, column;
	struct paths	 paths;
	struct slice	 text;
};

struct rule {
	size_t		 number;	/* in order of priority */
	struct slice	 source;	/* glob; n 0: any */
	struct slice	*kinds;
	size_t		 nkinds;
	struct path	*columns;	/* several: joined */
	size_t		 ncolumns;
	size_t		 column;	/* number of the column's text */
	struct condition *when;
	size_t		 nwhen;
	struct slice	 target;	/* as in norm: "time", "indicators.ID" */
	size_t		 field;		/* number of the target */
	size_t		 name;		/* number of its name, as a member */
	const struct indicator *indicator;	/* or NULL */
	enum map_type	 type;
	struct slice	 arg;
	struct date_format format;
	const struct values *values;
	struct slice	*systems;
	size_t		 nsystems;
	struct slice	 mappings;	/* whose mappings: "diagnosis", "lab" */
	struct slice	*nulls;
	size_t		 nnulls;
	uint64_t	 null_sizes;	/* bit n: one has n bytes; 63: or more */
	struct companion unit, code, specimen, ref, analyte;
	struct slice	 place;		/* "core/map.csv:12" */
	struct slice	 key;		/* the target as a JSON string */
	struct slice	 trail;		/* `"column":"X","rule":"..."` */
};

/* For one kind: rules by the number of a name, each list ends in NULL. */
struct plan {
	struct slice	 kind;
	const struct rule ***rules;
	size_t		 names;		/* numbers at or above have none */
};

/* Whether a null of the rule can have so many bytes. */
static inline bool
rule_null_size(const struct rule *r, size_t n)
{
	return (r->null_sizes >> (n < 63 ? n : 63) & 1) != 0;
}

struct map;

struct map	*map_new(struct index *names, const struct catalogue *,
		    const char *share);
void		 map_free(struct map *);	/* NULL is allowed */
/*
 * Adds a table before those added so far: the one added last is asked first.
 * name stands in the records: "core/map.csv".  Faults as in io/table.
 */
bool		 map_add(struct map *, const char *path, const char *name,
		    struct slice text, struct table_faults *, struct err *);
/* The systems of coded fields for all rules, "a,b"; overrides the rows'. */
void		 map_systems(struct map *, struct slice);
/* Compiles the plans; no table can be added any more. */
void		 map_compile(struct map *);

const struct plan *map_plan(const struct map *, struct slice kind);
size_t		 map_rules(const struct map *);
const struct rule *map_rule(const struct map *, size_t);
/* Numbers of targets and of column texts run below these. */
size_t		 map_fields(const struct map *);
size_t		 map_columns(const struct map *);
struct slice	 map_field(const struct map *, size_t);
/* The number of a target, or -1. */
long		 map_find_field(const struct map *, struct slice);
const char	*map_type_name(enum map_type);
/*
 * Whose mappings a target has.  Their tables are called after the kind: those
 * of `test` are lab, and `admit_diagnosis` or `other_surgery_2` have those of
 * what they are.
 */
struct slice	 map_mappings(struct slice target);

#endif
