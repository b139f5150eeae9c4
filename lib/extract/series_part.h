/*
 * series_part - what the files of extract/series share; private to them.
 */
#ifndef EXTRACT_SERIES_PART_H
#define EXTRACT_SERIES_PART_H

#include "base/hash.h"
#include "extract/series.h"
#include "extract/series_sum.h"

struct series {
	struct slice	 kind, field, member;	/* field n 0: no condition */
	struct slice	 value;
	enum series_function function;
	const struct indicator **entries;	/* the row, or one an entry */
	size_t		 n;
	size_t		 base;	/* of its sums among those of the plan */
};

/* An entry that a record counts for. */
struct target {
	struct target	*next;
	size_t		 series, entry;
};

/* What the records of a kind are asked, all rows that ask the same at once. */
struct gate {
	struct slice	 kind, field, codes;	/* codes: "FIELD_codes" */
	struct index	*spellings;
	struct target	**targets;	/* one list a spelling */
	size_t		 room;
	struct target	*always;	/* rows without a condition */
};

struct series_plan {
	struct arena	*arena;
	struct series	*list;
	size_t		 n, list_room;
	struct gate	*gates;
	size_t		 ngates, gates_room;
	size_t		 sums;
};

#endif
