/*
 * schema_run - a schema over the values of one record after the other; between
 * schema_run.c, schema_judge.c and schema_apply.c.
 */
#ifndef RULES_SCHEMA_RUN_H
#define RULES_SCHEMA_RUN_H

#include "rules/schema_parts.h"

enum says { SAYS_NO, SAYS_YES, SAYS_UNKNOWN };

struct root {			/* a value with the place it stands at */
	struct item	 item;
	struct slice	 place;
};

struct state {			/* of a rule */
	uint64_t	 epoch;
	bool		 failed;
	const char	*fault;
};

struct place_of_rule {
	size_t		 rule;
	const struct item *item;
	uint32_t	 name;		/* of a member that lacks, or NO_NAME */
};

struct schema_run {
	const struct schema *schema;
	struct items	 make;
	struct state	*states;
	uint64_t	 epoch;
	struct place_of_rule *places;
	size_t		 nplaces, places_room;
	size_t		*scope;		/* resources entered, outermost first */
	size_t		 nscope, scope_room;
	unsigned	 depth;
	uint64_t	 steps, most;
	const char	*lost;		/* why the rest is not judged */
	const char	*why;		/* of the last that is unknown */
	const struct item *marked;	/* whose members stand in `member` */
	struct mark {
		uint64_t stamp;
		uint32_t at;
	}		*marks;		/* by name */
	uint64_t	 stamp;
	struct schema_verdict *list;
	size_t		 list_room;
	struct slice	*texts;
	size_t		 texts_room;
	struct schema_verdicts result;
	struct buf	 text;
};

/* Elements or members that a keyword has looked at, of one value. */
struct seen {
	uint32_t	 n;
	uint64_t	 few;		/* of at most 64 */
	uint64_t	*many;
};

/* Where judging stands. */
struct at {
	struct schema_run *run;
	const struct node *node;
	struct item	*item;
	struct seen	*seen;		/* NULL: nobody asks */
	bool		 loud;		/* what fails here is reported */
};

enum says	 schema_judge_node(struct schema_run *, const struct node *,
		    struct item *, struct seen *, bool loud);
/* A keyword with schemas below it. */
enum says	 schema_apply(const struct at *, const struct key *);
/* A keyword that looks at the value alone. */
enum says	 schema_assert(const struct at *, const struct key *);
/* Notes what a rule came to; name: of a member that lacks. */
void		 schema_note(const struct at *, size_t rule, enum says,
		    uint32_t name);
/* The member of this name, or NULL; valid until another value is asked. */
struct item	*schema_member(const struct at *, uint32_t name);
/* Unknown, and why. */
enum says	 schema_unknown(const struct at *, const char *why);
/* Counts what costs time; false where there has been too much of it. */
bool		 schema_step(struct schema_run *, uint64_t);
bool		 schema_enter(const struct at *);

bool		 seen_start(struct seen *, const struct at *);
void		 seen_release(struct seen *);
void		 seen_add(struct seen *, uint32_t);
bool		 seen_has(const struct seen *, uint32_t);
void		 seen_add_all(struct seen *);
void		 seen_join(struct seen *, const struct seen *);

#endif
