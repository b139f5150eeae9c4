/*
 * objects_part - what the files of extract/objects share; private to them.
 */
#ifndef EXTRACT_OBJECTS_PART_H
#define EXTRACT_OBJECTS_PART_H

#include "extract/reading.h"

#define OBJECTS_DENIED	(1u << CUE_NEGATED | 1u << CUE_UNCERTAIN)
#define OBJECTS_BAD_CONTEXT \
	(1u << CUE_HISTORY | 1u << CUE_OUTSIDE | 1u << CUE_PLANNED | \
	    1u << CUE_ELSEWHERE | 1u << CUE_INSTRUCTS)

/* The objects of one group, followed from clause to clause. */
struct tracker {
	struct reading	*r;
	const struct group *group;
	struct cast	*cast;
	struct phrase	*phrases;	/* that tell them, if codes do not */
	size_t		 nphrases, phrase;
	size_t		 room;		/* of the cast's namings */
	struct mention	 place;		/* the last first part that was said */
	const struct clause *idle;	/* where no object is told there */
	bool		 several;	/* other such places just before it */
	uint32_t	 now, last;
	uint32_t	 head;		/* that a line of its own has labelled */
	uint32_t	 sentence;
	unsigned	 despite;	/* contexts in which places count, too */
};

/* Which part of the identity a word is, or -1. */
int		 objects_part_of(const struct tracker *, const struct word *,
		    int *code);
/* The number of a new object, or -1 where the group has no more room. */
int		 objects_new(struct tracker *, struct slice label);
/* Whether a place that was said can be the object's. */
bool		 objects_agrees(const struct object *,
		    const struct mention part[2]);
/* Gives the object what it lacks of a place. */
void		 objects_fill(struct object *, const struct mention part[2]);
/* The one object of a mask, or NULL where it has none or several. */
struct object	*objects_only(struct cast *, uint32_t mask);

/*
 * What of the context makes it tell of no object.  Where the clause has a word
 * of those that are gone, a denial or the past does not: "左肺上叶结节完全吸收",
 * "前片右肺中叶结节此次已吸收".
 */
unsigned	 objects_barring(const struct tracker *, const struct clause *);
/* Whether a clause says where something is. */
bool		 objects_has_place(const struct tracker *,
		    const struct clause *);
/* A word of the clause that announces an object, of the right subject. */
bool		 objects_has_anchor(const struct tracker *,
		    const struct clause *);
/* Whether [from,to) names what all places are of: 实质, 腺体. */
bool		 objects_of_whole(const struct tracker *, uint32_t from,
		    uint32_t to);
/* Whether the places of a clause are those of objects. */
bool		 objects_announced(const struct tracker *,
		    const struct clause *);
/* The next place from hit k on: its first part, its second, or both. */
bool		 objects_next_place(struct tracker *, const struct clause *,
		    size_t *k, struct mention part[2]);

/* Whether a line is no more than a label, whose object the next tell of. */
bool		 objects_heads_lines(const struct tracker *,
		    const struct clause *, struct slice label);
/* The objects that a clause labels; *fresh: one was made for a label. */
uint32_t	 objects_by_label(struct tracker *, const struct clause *,
		    bool *fresh);
/* The objects whose names have the mark that a clause begins with: ①A。①… */
uint32_t	 objects_by_mark(const struct tracker *, const struct clause *);
/* Turns to the objects of the labels, or else of the places of a clause. */
void		 objects_by_place(struct tracker *, const struct clause *,
		    uint32_t by_label, bool fresh);

/* Whether a clause has as many values as there are objects so far. */
bool		 objects_go_round(const struct tracker *,
		    const struct clause *);
/* Makes as many objects of the one spoken of as a clause lists sizes. */
void		 objects_divide(struct tracker *, struct clause *);

/* Numbers the objects anew, in the order that the text describes them. */
void		 objects_order(struct tracker *);

/* Both by the words of a clause; labels: the objects that it labels. */
void		 objects_exclude(struct tracker *, const struct clause *,
		    uint32_t labels);
void		 objects_replace(struct tracker *, const struct clause *);

#endif
