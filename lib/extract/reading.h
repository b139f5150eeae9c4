/*
 * reading - a text taken apart by the words of its document type: clauses and
 * sentences, the section each stands in, how each statement is meant, and
 * which object of each repeating group it speaks of.
 *
 * All of it lives in the arena of the record.
 */
#ifndef EXTRACT_READING_H
#define EXTRACT_READING_H

#include "extract/measure.h"
#include "extract/guide.h"
#include "extract/view.h"

#define READING_OBJECTS	32

struct clause {
	uint32_t	 from, to;	/* bytes of the view */
	uint32_t	 sentence;
	uint32_t	 sections;	/* mask */
	bool		 marked;	/* the clause itself names its section */
	bool		 each;		/* 分别: values go round the objects */
	bool		 all;		/* 均: of all objects, if it names none */
	size_t		 hit, hits_end;
};

struct mention {		/* a part of an object's identity */
	int		 code;		/* in its lexicon; -1: none */
	uint32_t	 from, to;
};

struct object {
	struct slice	 label;		/* n 0: told by its place */
	struct mention	 part[2];
	bool		 excluded;	/* names of it up to aside are set aside */
	uint32_t	 aside;
	bool		 gone;		/* no more there; not counted */
	bool		 inherited;	/* part 0 was said of several */
};

struct focus {			/* masks of a group's objects */
	uint32_t	 objects;	/* that a clause speaks of; 0: of all */
	uint32_t	 last;		/* that were spoken of last */
};

struct table_cell {			/* of a table of objects or of times */
	uint32_t	 from, to;
	uint32_t	 field;		/* of its column; UINT32_MAX: none */
	uint32_t	 other;		/* of the second number of its ratio */
	bool		 place;		/* its column tells where the object is */
	bool		 timed;		/* of a table of times: its line says when */
	const struct unit *unit;	/* of its column, or NULL */
};

struct topic {			/* a subject, from where it is named on */
	uint32_t	 from, to;	/* its words */
	uint32_t	 subjects;	/* mask */
	uint32_t	 latest;	/* of those listed last: 右叶结节, a nodule */
	uint32_t	 common;	/* of each of those: of 腋窝及纵隔 neither */
	uint32_t	 until;		/* the end of its brackets */
};

struct naming {			/* of an object, in the text's order */
	uint32_t	 from, to;
	uint32_t	 objects;	/* mask */
};

struct cast {			/* of one group of the document type */
	struct object	 objects[READING_OBJECTS];
	size_t		 n;
	struct naming	*namings;
	size_t		 nnamings;
	struct naming	*labels;	/* those that name one, in order */
	size_t		 nlabels;
	struct focus	*focus;		/* one a clause */
};

struct reading {
	const struct doctype *type;
	struct arena	*arena;
	struct view	 view;
	struct pattern_places places;	/* where patterns may begin */
	struct hit	*hits;		/* the living ones, in order */
	size_t		 nhits;
	uint32_t	*hit_at;	/* of each byte: the first hit from it on */
	uint32_t	*cues;		/* the numbers of those that are cues */
	uint32_t	*wide;		/* for each the next, or itself, that
					   governs beyond its clause */
	size_t		 ncues;
	uint32_t	*headings;	/* the numbers of those of another time
					   or place that a colon follows */
	size_t		 nheadings;
	struct hit	*labels;	/* of objects, in order; word: the group */
	size_t		 nlabels;
	struct measure	*measures;
	size_t		 nmeasures;
	struct table_cell	*cells;		/* of tables, in order */
	size_t		 ncells;
	struct clause	*clauses;
	size_t		 nclauses;
	uint32_t	*clause_at;	/* of each byte: the number of its clause */
	struct topic	*topics;	/* in order */
	size_t		 ntopics;
	struct context	*contexts;	/* told already; NULL: not yet to be kept */
	uint32_t	 this_time;	/* a sentence; days before it are past */
	struct cast	*casts;		/* one a group */
};

void		 reading_make(struct reading *, const struct doctype *,
		    struct slice text, struct arena *);
static inline const struct clause *
reading_clause(const struct reading *r, uint32_t at)
{
	return &r->clauses[r->clause_at[at < r->view.text.n ? at
							    : r->view.text.n]];
}

/* A mask of 1 << enum cue_kind that hold for the bytes [from,to). */
unsigned	 reading_context(const struct reading *, uint32_t from,
		    uint32_t to);

/* 1 or -1 by the mark that a place is followed by, (+) or 阴性; or 0. */
int		 reading_mark(const struct reading *, uint32_t at);
/* Behind a list of words with a colon, "积液/心包积液:无"; else the place. */
uint32_t	 reading_behind_list(const struct reading *, uint32_t at);
/* Whether a word that tells of an end is denied: 未停. */
bool		 reading_goes_on(const struct reading *, const struct hit *);

/* Whether a blank that parts two statements stands in [from,to]. */
bool		 reading_parts(const struct reading *, uint32_t from,
		    uint32_t to);

/*
 * What the place is about: the subject named last, or at once behind it.  NULL
 * where subjects only keep fields off.
 */
const struct topic *reading_topic(const struct reading *, uint32_t at);
/*
 * The same of words, which the subject may also follow: 少量MR, but not the
 * words that answer one: MR:少量 TR:微量.
 */
const struct topic *reading_topic_of(const struct reading *, uint32_t from,
		    uint32_t to);
/* The number of the first measure, and of the first hit, from a place on. */
size_t		 reading_first_measure(const struct reading *, uint32_t from);
size_t		 reading_first_hit(const struct reading *, uint32_t from);
/* Whether the field may be told there, by the subject of the place. */
bool		 reading_concerns(const struct reading *, const struct field *,
		    uint32_t from, uint32_t to);
/* What a clause says of a field's group; of a field without one, of all. */
struct focus	 reading_focus(const struct reading *, const struct field *,
		    const struct clause *);

static inline const struct word *
reading_word(const struct reading *r, const struct hit *h)
{
	return &r->type->words[h->word];
}

/* How many objects a mask has. */
static inline unsigned
reading_bits(uint32_t mask)
{
	unsigned n = 0;

	for (; mask != 0; mask &= mask - 1)
		n++;
	return n;
}

/* The next match of one of the type's patterns. */
bool		 reading_match(const struct reading *, long pattern,
		    size_t from, struct pattern_match *);
/* Whether a clause names any object of the field's group. */
bool		 reading_names(const struct reading *, const struct field *,
		    const struct clause *);
/*
 * The objects that a place of the clause speaks of by the names in it: those
 * named last before it, else those named soon behind it.  0: neither.
 */
uint32_t	 reading_named(const struct reading *, const struct field *,
		    const struct clause *, uint32_t at);

/*
 * The objects of the label or name in brackets behind a value, "40W(左叶)", or of
 * the labels before it, where its clause has several: "①40W②30W", "①②40W".
 */
uint32_t	 reading_labelled(const struct reading *, const struct field *,
		    const struct clause *, uint32_t from, uint32_t to);

/*
 * Where the statement about a word that ends at `to` goes on: behind a bracket
 * that only tells how it was looked at ("脉管(CD34染色)未见癌栓"); else `to`.
 */
uint32_t	 reading_behind_aside(const struct reading *, uint32_t to);
/* The cell of a table that a place is in, or NULL. */
const struct table_cell *reading_cell(const struct reading *, uint32_t at);

/* The end of the brackets around [from,to), or UINT32_MAX. */
uint32_t	 reading_brackets_end(const struct reading *, uint32_t from,
		    uint32_t to);

#endif
