/*
 * pattern_opening_part - how openings are read, as its files share it; private
 * to them.
 *
 * pattern_opening_keys: sets of openings; pattern_opening_class: what stands
 * for one character; pattern_opening_behind: what a look behind tells;
 * pattern_opening_hold: what matches hold; pattern_opening: the grammar that
 * joins them.
 */
#ifndef BASE_PATTERN_OPENING_PART_H
#define BASE_PATTERN_OPENING_PART_H

#include <string.h>

#include "base/pattern_opening.h"

#define OPENING_ANY 0x81u /* of a class that is not spelled out */

/*
 * Openings in order, each before << 32 | first << 16 | second.  While a pattern
 * is read 0 stands for what is not there yet.
 */
struct keys {
	uint64_t *list;
	size_t n, room;
};

/* A piece of a pattern. */
struct piece {
	struct keys keys;
	struct hold hold;
};

struct reader {
	const char *p, *end;
	unsigned depth;
	bool caseless;
	bool lost; /* something was met that is not read here */
	struct before *sets;
	size_t nsets;
};

static inline uint32_t
opening_first(uint64_t one)
{
	return one >> 16 & 0xFFFF;
}

void		 opening_add(struct reader *, struct keys *, uint64_t one);
void		 opening_add_all(struct reader *, struct keys *,
		    const struct keys *more);
void		 opening_add_key(struct reader *, struct keys *, uint32_t key);
void		 opening_add_char(struct reader *, struct keys *, uint32_t);
void		 opening_add_nothing(struct reader *, struct keys *);
/* Each digit, shifted to its place in what is there of one. */
void		 opening_add_digits(struct reader *, struct keys *,
		    uint64_t one, unsigned shift);
/* What begins with one of the first and goes on with one of the second. */
void		 opening_join(struct reader *, struct keys *,
		    const struct keys *);

/* Whether the word comes next in the pattern, which is then behind it. */
bool		 opening_takes(struct reader *, const char *word);
void		 opening_skip_behind(struct reader *, char);
/* One character, which is no group and no class. */
void		 opening_atom(struct reader *, struct keys *);

/* The character of an escape, behind its stroke; ANY, or 0: of no width. */
void		 opening_escape(struct reader *, struct keys *);
/* Of a class, behind the bracket that opens it; true: all but these. */
bool		 opening_members(struct reader *, struct keys *);
void		 opening_class(struct reader *, struct piece *);

/* What one character of the keys holds, or one that is none of them. */
void		 hold_one(struct hold *, const struct keys *, bool others);
void		 hold_anything(struct hold *);
/* What a holds, and then b; a or b. */
void		 hold_join(struct hold *a, const struct hold *b);
void		 hold_either(struct hold *a, const struct hold *b);

/*
 * What a look behind says of the character before its place: the number of a
 * set + 1; 0: nothing, or nothing that is read here.  Behind bytes that are no
 * character nothing stands, for it.
 */
uint64_t	 opening_look_behind(struct reader *, bool denies);

#endif
