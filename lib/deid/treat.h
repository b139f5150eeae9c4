/*
 * treat - values under their classes, and `_mdx`.  Private to lib/deid.
 */
#ifndef DEID_TREAT_H
#define DEID_TREAT_H

#include "deid/deid.h"
#include "deid/key.h"
#include "deid/scrub.h"
#include "json/scan.h"

#define KNOWN_MOST 64

struct people;

struct deid {
	struct arena	*arena;
	struct policy	*policy;
	struct deid_words *words;
	struct deid_key	*key;
	struct people	*people;	/* of --known, or NULL */
	const struct catalogue *catalogue;
};

/* What the scrub did to a member, for the spans of `_mdx.extract`. */
struct touched {
	struct slice	 member;
	size_t		 first, count;	/* of moves */
	bool		 plain;		/* one text, its spans can be told */
	struct touched	*next;
};

struct deid_worker {
	const struct deid *deid;
	struct arena	*arena;
	struct known	 known[KNOWN_MOST];
	size_t		 nknown;
	struct slice	 patient;
	long		 offset;
	struct slice	 member;	/* at hand */
	struct buf	 fields;	/* `"name":"drop"` of this record */
	uint64_t	 found[LABELS];
	struct move	*moves;
	size_t		 nmoves, moves_room;
	struct touched	*touched;
	struct deid_counts counts;
};

/* Remembers a member's value where it is one that identifies. */
void		 known_add(struct deid_worker *, struct slice member,
		    struct slice value);
struct people	*people_load(const char *path, const struct policy *,
		    struct err *);
void		 people_free(struct people *);	/* NULL is allowed */
void		 people_add(const struct people *, struct slice patient,
		    struct deid_worker *);

/* A value, by its class, into the buffer.  ERR_DATA: set the record aside. */
bool		 treat(struct deid_worker *, const struct deid_rule *,
		    struct json, struct buf *, struct err *);
/* Each indicator by its own rule, its source member's, or the parent's. */
bool		 treat_indicators(struct deid_worker *,
		    const struct deid_rule *, struct json, struct buf *,
		    struct err *);
/* `_mdx` with its comma before it, as the last member. */
void		 treat_trail(struct deid_worker *, struct json, struct buf *);
bool		 treat_leaks(struct deid_worker *, struct json, enum label *);

#endif
