/*
 * plan - the rules of a run, compiled: fields are numbers, arguments are
 * parsed, and an index says which rules a record can concern at all.
 *
 *	kind of the record -> rules without a guard, always looked at
 *	                   -> guard fields -> constant -> rules behind
 *			      `field = constant` or `field in {...}`
 *
 * A record is looked up once a guard field; the rules behind other constants
 * cost it nothing.  A plan is const once made and shared by all workers.
 */
#ifndef RULES_PLAN_H
#define RULES_PLAN_H

#include <stdatomic.h>

#include "base/pattern.h"
#include "deid/identity.h"
#include "json/filter.h"
#include "rules/expr.h"
#include "rules/pairs.h"
#include "rules/reference.h"
#include "rules/rule.h"
#include "rules/window.h"

#define NO_FIELD SIZE_MAX

enum type_name {
	IS_INTEGER, IS_NUMBER, IS_STRING, IS_BOOLEAN, IS_OBJECT, IS_ARRAY,
	IS_DATE, IS_DATETIME, IS_PARTIAL_DATE, IS_DIMS, IS_SCALAR, IS_WHOLE
};

/* One rule, compiled; which of the members are used hangs on the check. */
struct test {
	const struct rule *rule;
	size_t		 field;
	const struct cond *when, *where;
	enum type_name	 type;
	size_t		 places;	/* digits, precision */
	struct interval	 interval;
	const struct pattern *pattern;
	const struct index *set;
	const struct comparison *comparison;
	const size_t	*members;	/* all_of and such; sex and birth */
	size_t		 nmembers;
	const struct pairs *pairs;	/* map */
	size_t		 reference;	/* foreign_key, covers */
	const struct cond *never;
	/* never, of a table: joined by the condition, then by the check. */
	const size_t	*joins;
	size_t		 nwhen_joins, njoins;
	size_t		 apart;		/* overlap: field, or NO_FIELD */
	/* Of a table: what it reads of the record, its own field first. */
	const size_t	*columns;
	size_t		 ncolumns;
	bool		 broken;	/* of a table: a reference is not there */
	bool		 lacks;		/* ... or has no such member */
	size_t		 open;		/* number among the open rules */
	bool		 all;		/* unique: every row of a repeated key */
	const struct window *window;
	size_t		 filter;	/* number among the jq rules */
	struct filter	*_Atomic *ready;	/* for its first worker, or NULL */
	size_t		 gauge;		/* ... of the stream's values */
	const struct index *values;	/* the field's value set, or NULL */
	struct schema	*schema;	/* of a row */
	size_t		 run;		/* number among these */
};

/* A member of a reference, as a field of the record: person(pid).birth_date */
struct lookup {
	size_t		 reference, member;
	size_t		 key;		/* field of the record */
	size_t		 join;		/* of a table */
};

/* The rows of a reference that belong to a record. */
struct join {
	size_t		 reference, key;
};

struct guard {
	size_t		 field;
	struct index	*constants;
	size_t		**tests;	/* a list for each constant */
	size_t		*ntests, *rooms;
	size_t		 room;
};

struct tracked {		/* a column of the coverage table */
	struct slice	 kind;
	size_t		 field;
	struct slice	 title;
	const struct index *values;	/* its value set, or NULL */
	bool		 listed;	/* else only counted, for rules of tables */
	bool		 hidden;	/* identifying: nothing is told of values */
};

struct kind_plan {
	size_t		*always, nalways, always_room;
	struct guard	*guards;
	size_t		 nguards, guards_room;
	size_t		*tracked, ntracked, tracked_room;
};

struct by {			/* one part of --by */
	struct slice	 text;		/* as written: "month(discharge)" */
	size_t		 field;
	size_t		 cut;		/* characters of the date; 0: the value */
};

struct plan {
	struct patterns	 patterns;	/* of the conditions */
	const struct ruleset *rules;
	const struct identity *identity;	/* NULL: none */
	struct arena	*arena;
	struct index	*names;		/* for the stage */
	struct field	*fields;
	size_t		 nfields, fields_room;
	struct index	*paths;		/* of the fields */
	struct reference **references;	/* that rules read; a key each */
	size_t		 nreferences, references_room;
	struct lookup	*lookups;
	size_t		 nlookups, lookups_room;
	struct join	*joins;
	size_t		 njoins, joins_room;
	bool		 plain;		/* while a rule is compiled: of a table */
	struct test	*tests;		/* one a rule, in its order */
	struct index	*kinds;		/* that rules name */
	struct kind_plan *by_kind;	/* the last: every other kind */
	struct tracked	*tracked;
	size_t		 ntracked, tracked_room;
	struct by	*by;
	size_t		 nby;
	size_t		 nopen, nfilters, nschemas, ngauges;
	size_t		*keywords;	/* rules of --schema to tests */
	size_t		 first_keyword;	/* the first of these tests */
	size_t		 schema_field;	/* --schema-at, or NO_FIELD */
	size_t		 id;		/* field of --id, or NO_FIELD */
	int		 zone;
	struct date	 now;
	bool		 uses_now;
};

struct plan_options {
	const char	*by;		/* "dept,month(x)", or NULL */
	const char	*id;		/* or NULL */
	int		 zone;
	struct date	 now;
	/* Fields of such names are not told; NULL: what the catalogue says. */
	const struct identity *identity;
};

/* All faults are in the set's faults.  ERR_USAGE. */
struct plan	*plan_new(const struct ruleset *, const struct plan_options *,
		    struct err *);
void		 plan_free(struct plan *);	/* NULL is allowed */
/*
 * Reads the references; before the first record, after which a plan is const.
 * Rules of a plan without them cannot be evaluated.
 */
bool		 plan_load(struct plan *, const struct reference_options *,
		    struct err *);
/* The number of a kind's plan, for by_kind. */
size_t		 plan_kind(const struct plan *, struct slice kind);
/* What decides a count: "sha256:..." of it. */
void		 plan_logic(const struct plan *, char out[7 + 65]);

/* --- between plan.c, compile.c, join.c and lookup.c------------------------------- */
/* Whether the name is one of a reference: person(pid).birth_date. */
bool		 plan_is_lookup(struct slice name);
bool		 plan_lookup(struct plan *, struct slice name, struct field *,
		    struct err *);
/* "person.person_id": the number of the reference by that key. */
bool		 plan_reference(struct plan *, struct slice name,
		    size_t *number, struct err *);
bool		 plan_field(struct plan *, struct slice name, size_t *number,
		    struct err *);
/* The expression of a jq rule, for one worker, who frees it. */
struct filter	*plan_filter(const struct test *, struct err *);
/* What a rule of a table joins, and what it needs of the record. */
bool		 plan_table(struct plan *, struct test *, struct err *);
/* Rules of tables whose references are not there, or lack a member. */
void		 plan_find_broken(struct plan *);
/* Fills the test from its rule's arg. */
bool		 plan_compile(struct plan *, struct test *, struct err *);
/* "n", a JSON number's canonical text, or "s" and the characters. */
struct slice	 plan_guard_key(struct datum *, struct arena *);

#endif
