/*
 * answer - what is known of one indicator of one record, and why.
 *
 * An array of answers is the seam between finding and writing: the rules fill
 * it (extract/choose), a model may fill what they left open, extract/merge
 * writes it.  Slices live in the record's arena.
 */
#ifndef EXTRACT_ANSWER_H
#define EXTRACT_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "extract/view.h"

enum status {
	STATUS_ABSENT, STATUS_OK, STATUS_NEGATED, STATUS_UNCERTAIN,
	STATUS_CONFLICT, STATUS_OUT_OF_RANGE, STATUS_UNGROUNDED, STATUS_FAILED,
	STATUS_COUNT
};

enum engine {
	ENGINE_FIELD, ENGINE_RULE, ENGINE_LLM, ENGINE_BOTH, ENGINE_JQ,
	ENGINE_JOIN, ENGINE_HAND
};

struct evidence {
	struct evidence	*next;		/* the rest goes to `more` */
	struct slice	 src;		/* JSON pointer; or FILE:LINE */
	bool		 has_span;
	struct span	 span;
	struct slice	 quote;
};

struct rival {			/* a candidate that lost */
	const struct rival *next;
	struct slice	 value;		/* JSON */
	unsigned	 rule;
	const struct evidence *place;
	const char	*why;
};

struct answer {
	const struct indicator *d;
	struct slice	 key;		/* in its object; else the id */
	unsigned	 object;	/* from 1; 0: not of a group */
	unsigned	 group;		/* of answers.groups, if object > 0 */
	enum status	 status;
	enum engine	 engine;
	struct slice	 value;		/* JSON; n 0: null */
	struct slice	 claimed;	/* JSON, or n 0 */
	struct slice	 why;		/* a word, or n 0 */
	struct slice	 model, by;	/* or n 0 */
	unsigned	 rule;		/* number of the anchor; 0: none */
	struct evidence	*evidence;	/* or NULL */
	const struct rival *rivals;	/* where they are asked for */
	struct slice	 entry;		/* a person's, kept as it came; or n 0 */
};

struct group_answers {
	struct slice	 name;
	bool		 asked;		/* the text was asked for it */
	unsigned	 nobjects;
	uint32_t	 alive;		/* the reading's objects that they are */
};

struct answers {
	struct group_answers *groups;	/* of the document type */
	size_t		 ngroups;
	struct answer	*list;		/* catalogue order, objects within */
	size_t		 n, room;
};

const char	*status_name(enum status);
const char	*engine_name(enum engine);
/* Whether the rules left it open: nothing found, or a conflict. */
bool		 answer_is_open(const struct answer *);
/* Room for so many more, where their number is known. */
void		 answers_expect(struct answers *, struct arena *, size_t more);
/* A fresh one at the end; the array may move. */
struct answer	*answers_add(struct answers *, struct arena *);
/* `lesion.1.power`, or the id. */
void		 answer_put_path(struct buf *, const struct answers *,
		    const struct answer *);
/* The repeating group that the id belongs to, or -1. */
int		 answers_group(const struct answers *, struct slice id);
struct answer	*answers_find(const struct answers *, const struct indicator *,
		    unsigned object);

/*
 * The row that a path is about (`lesion.12.power`: `lesion.power`), or NULL.
 */
const struct indicator *answer_row(const struct catalogue *, struct slice path,
		    struct arena *);

#endif
