/*
 * phrase_part - what the files of extract/phrase share; private to them.
 */
#ifndef EXTRACT_PHRASE_PART_H
#define EXTRACT_PHRASE_PART_H

#include "extract/phrase.h"

#define PHRASE_HAN	3	/* bytes of a character */

/* What grows from a word, however it may be announced. */
struct place {
	struct phrase	 phrase;	/* from where the name before it begins */
	uint32_t	 from;		/* of its first word */
	uint32_t	 end;		/* behind the links within it */
};

struct phrase_finder {
	const struct reading *r;
	const struct field *field;
	struct phrase	*list;
	size_t		 n;
	uint32_t	 number;	/* of the field */
	bool		 lists;		/* places stand in lists, each for itself */
	uint32_t	*roles;		/* masks of its words, by where they begin */
	uint32_t	 any;		/* mask: those of all its words */
	struct place	*places;	/* in order */
	size_t		 nplaces;
	unsigned	 bad;		/* mask of cue kinds that keep off */
	unsigned	 told;		/* organs that are no news; 0: all are */
};

/* --- pieces and what grows of them (phrase_grow.c) ------------------------ */

static inline bool
phrase_has_role(const struct phrase_finder *x, const struct hit *h,
    enum role role)
{
	const struct word *w = reading_word(x->r, h);

	return w->role == role && w->field == x->number;
}

/* The longest word of the role that begins at the byte, or NULL. */
const struct hit *phrase_find_at(const struct phrase_finder *, uint32_t at,
		    enum role);
static inline const struct hit *
phrase_word_at(const struct phrase_finder *x, uint32_t at, enum role role)
{
	return (x->roles[at] >> role & 1) == 0 ? NULL
					       : phrase_find_at(x, at, role);
}
/* The longer of the noun and of what extends one there, or NULL. */
const struct hit *phrase_piece_at(const struct phrase_finder *, uint32_t at);
/* The first of the words that begins at the byte, or NULL. */
const char	*phrase_begins(const struct reading *, uint32_t at,
		    const char *const *words);
/* Whether a link begins with the hit and goes on behind it. */
bool		 phrase_is_in_link(const struct phrase_finder *,
		    const struct hit *);
/* The pieces that touch from the byte on; false where none is a noun. */
bool		 phrase_grow(const struct phrase_finder *, uint32_t from,
		    struct phrase *);
/* Over links within the place; returns where the whole ends. */
uint32_t	 phrase_grow_on(const struct phrase_finder *, struct phrase *);
/* Where the name of a vessel or nerve begins that the place is beside. */
uint32_t	 phrase_named_before(const struct phrase_finder *,
		    uint32_t low, uint32_t at);
/* The nodes that stand behind the anchor of the place. */
void		 phrase_take_nodes(const struct phrase_finder *,
		    struct phrase *);
/* Without an 内 at its end; without a noun of the same kind at its end. */
void		 phrase_leave_inside(const struct phrase_finder *,
		    struct phrase *);
void		 phrase_leave_kind(const struct phrase_finder *,
		    struct phrase *);

/* --- what is said of a place (phrase_told.c) ------------------------------ */

enum announced { BY_ANCHOR, BY_WEAK_WORD, WITHIN_ANCHOR, BEHIND_ANCHOR };

/* Whether [from,to) is neither denied, doubted, nor of another time. */
bool		 phrase_holds(const struct phrase_finder *, uint32_t from,
		    uint32_t to);
/* Whether an anchor stands, and is no more than a remark on something else. */
bool		 phrase_anchor_holds(const struct phrase_finder *,
		    const struct hit *);
static inline bool
phrase_is_anchor(const struct phrase_finder *x, const struct hit *h)
{
	return phrase_has_role(x, h, ROLE_ANCHOR) && phrase_anchor_holds(x, h);
}
bool		 phrase_follows_strong(const struct phrase_finder *,
		    uint32_t at);
bool		 phrase_goes_on_list(const struct phrase_finder *,
		    uint32_t end, const struct place *next);
bool		 phrase_is_beside(const struct phrase_finder *, uint32_t at);
bool		 phrase_is_never(const struct phrase_finder *,
		    const struct phrase *);
bool		 phrase_is_said_never(const struct phrase_finder *,
		    const struct phrase *);
bool		 phrase_is_told_other(const struct phrase_finder *,
		    const struct phrase *);
bool		 phrase_has_anchor_near(const struct phrase_finder *,
		    uint32_t at);
bool		 phrase_is_announced(const struct phrase_finder *,
		    const struct phrase *, uint32_t end, enum announced,
		    bool led);

/* --- which phrases are of one place (phrase_places.c) --------------------- */

/* Whether a phrase by a weak word tells more than the first n do. */
bool		 phrase_tells_more(const struct phrase_finder *,
		    const struct phrase *, size_t n);
/* Whether it is the first to tell more closely than the only one of n. */
bool		 phrase_first_closer(const struct phrase_finder *,
		    const struct phrase *, size_t n);
/* Takes out kinds of places, 脑, whose parts the sentence tells. */
void		 phrase_drop_kinds(struct phrase_finder *);
/* Gives phrases of one place one code, and the best of them. */
void		 phrase_tell_places(struct phrase_finder *);

/* --- what was treated (phrase_treated.c) ---------------------------------- */

/* Takes out places of which no more is told than that they were treated. */
void		 phrase_drop_treated(struct phrase_finder *);

#endif
