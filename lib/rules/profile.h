/*
 * profile - what records that nobody has described hold, field by field and
 * kind by kind, in one pass; and draft rules that follow from it.
 *
 * Nothing rare is told: no value, pattern, group or name of a field that occurs
 * fewer times than the user asks for, and numbers only as coarsely as so many
 * values share them.  Where the members of an object are too many to be fields (their
 * names are data) they are not told apart.
 */
#ifndef RULES_PROFILE_H
#define RULES_PROFILE_H

#include "deid/find.h"
#include "record/flow.h"
#include "rules/facts.h"
#include "rules/plan.h"

#define PROFILE_MEMBERS	1000	/* of one object */
#define PROFILE_FIELDS	20000	/* of all kinds, at the end */
#define PROFILE_NODES	100000	/* with those that turned out to be data */

struct profile;

/* The plan says how to group (--by), and knows the catalogue; it may be without
 * a rule. */
struct profile	*profile_new(const struct plan *, size_t groups);
void		 profile_free(struct profile *);	/* NULL is allowed */
/* A stage that takes all records; kind: of those that carry none. */
void		 profile_start(struct profile *, struct slice kind,
		    bool kind_from_name, struct stage *);

struct profile_options {
	uint64_t	 least;		/* --min-count */
	uint64_t	 set_aside;
	bool		 complete;	/* all of the input was read */
	const struct deid_words *words;	/* names of people; NULL: unknown */
};

/* Groups of fewer records are rare themselves: they are put together. */
void		 profile_hide_groups(struct profile *, uint64_t least);
/* False where there are more fields than PROFILE_FIELDS; names the object that
 * has the most of them.  ERR_DATA. */
bool		 profile_fits(const struct profile *, struct err *);
uint64_t	 profile_records(const struct profile *);
/* The kinds that there are records of. */
size_t		 profile_kinds(const struct profile *);
struct slice	 profile_kind(const struct profile *, size_t number,
		    uint64_t *records);
/* The records of groups that are not kept apart. */
uint64_t	 profile_surplus(const struct profile *);
/* A line for the run and one for each field: see mdx-summary(5). */
void		 profile_put(const struct profile *,
		    const struct profile_options *, struct buf *);
/* Rows of a rule file, all of them off. */
void		 profile_suggest(const struct profile *,
		    const struct profile_options *, struct buf *);
/* The kinds, and the fields by their paths, of a profile that was written.
 * ERR_INPUT where it is not whole, ERR_USAGE where it is none. */
bool		 profile_fields(const char *name, struct slice text,
		    struct index *kinds, struct index *fields, struct err *);

#endif
