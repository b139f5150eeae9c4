/*
 * treat - values under their classes, and `_mdx`.  Private to lib/deid.
 */
#ifndef DEID_TREAT_H
#define DEID_TREAT_H

#include "deid/deid.h"
#include "deid/key.h"
#include "deid/members.h"
#include "deid/people.h"
#include "deid/scrub.h"
#include "json/scan.h"

struct deid {
	struct arena	*arena;
	struct policy	*policy;
	struct deid_words *words;
	struct members	*members;
	struct deid_key	*key;
	bool		 no_key;	/* an audit without: key is a stand-in */
	bool		 crosswalk;	/* kept */
	struct people	*people;	/* of --known, or NULL */
	const struct catalogue *catalogue;
};

/* What the scrub did to a member, for the spans of `_mdx.extract`. */
struct touched {
	struct slice	 member, text;	/* the text before */
	size_t		 first, count;	/* of moves */
	struct touched	*next;
};

struct deid_worker {
	const struct deid *deid;
	struct arena	*arena;
	struct values	 known;		/* the patient's own */
	struct slice	 patient;	/* folded; n 0: none */
	long		 offset;
	struct slice	 member;	/* at hand */
	bool		*listed;	/* rules that are in fields, and `*` */
	struct buf	 fields;	/* `"name":"drop"` of this record */
	uint64_t	 found[LABELS];
	uint64_t	 classes[DEID_CLASSES];
	struct move	*moves;
	size_t		 nmoves, moves_room;
	struct touched	*touched;
	struct deid_counts counts;
};

/* The patient's values and offset, out of a record. */
void		 treat_begin(struct deid_worker *, struct json record);
/* An earlier pass with the same policy and key: 1, none: 0, another: -1. */
int		 treat_done_before(const struct deid_worker *,
		    struct json trail);
/* A member under its rule, with its key, into the buffer. */
bool		 treat_member(struct deid_worker *, struct slice key,
		    struct json, struct buf *, struct err *);
/* `_mdx` with its comma before it, as the last member. */
void		 treat_trail(struct deid_worker *, struct json, struct buf *);
void		 treat_extract(struct deid_worker *, struct json, struct buf *);
bool		 treat_leaks(struct deid_worker *, struct json, enum label *);

/* The class of an indicator: its own row's, its source member's, the parent's. */
const struct deid_rule *treat_indicator_rule(struct deid_worker *,
		    const struct deid_rule *parent, struct slice id);
/* A value under the class scan. */
void		 treat_text(struct deid_worker *, struct json, struct buf *);
/* A key with its colon, scrubbed. */
void		 treat_key(struct deid_worker *, struct slice key, struct buf *);
/* Notes the moves from the first on as those of the member at hand. */
void		 treat_touched(struct deid_worker *, struct slice text,
		    size_t first);
/* A name for a message: short, and none in which something identifies. */
struct slice	 treat_shown(struct deid_worker *, struct slice name);
/* As scan does, but dates are masked and nothing is counted. */
struct slice	 treat_clean(struct deid_worker *, struct slice);

#endif
