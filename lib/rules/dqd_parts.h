/*
 * dqd_parts - a row of a rule table on its way to a rule; private to dqd.
 */
#ifndef RULES_DQD_PARTS_H
#define RULES_DQD_PARTS_H

#include "base/arena.h"
#include "rules/dqd.h"

struct dqd_sheet {
	struct table	*table;
	struct index	*names;		/* of its columns, in lower case */
	size_t		*places;
};

/* One check: the row at hand of one type. */
struct dqd_check {
	const struct dqd_sheet *sheet;
	size_t		 row;
	struct slice	 name;		/* of the type: isRequired */
	enum dqd_table	 level;
	/* In lower case: T, F; n 0 where the level has none. */
	struct slice	 table, field;
	struct slice	 concept, unit;	/* as written */
	struct arena	*arena;		/* of the row */
	struct table_faults *faults;
};

/* The rule that counts it; texts that are empty are left out. */
struct dqd_rule {
	struct slice	 kind, field;
	const char	*check, *na, *per;
	struct slice	 arg, when;
};

/* "" where the sheet has no such column, or the cell is empty. */
struct slice	dqd_cell(const struct dqd_check *, const char *column);
/* A fault of the row; false. */
bool	dqd_fault(const struct dqd_check *, struct err *, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* The name of a table or column in lower case; false where it is none. */
bool	dqd_name(const struct dqd_check *, const char *column, struct slice *,
	    struct err *);

/* Fills the rule.  False: the row is faulty. */
typedef bool	dqd_make(const struct dqd_check *, struct dqd_rule *,
		    struct err *);

struct dqd_type {
	enum dqd_table	 level;
	const char	*name;
	dqd_make	*make;
	const char	*zh, *en;	/* what a row is that fails */
};

/* NULL: there is no such type. */
const struct dqd_type *dqd_type_find(enum dqd_table level, struct slice name);

#endif
