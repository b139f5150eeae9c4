/*
 * view_part - how a view is made, as its files share it; private to them.
 *
 * view: the signs and the way back; view_blank: what blanks between two of
 * them are; view_noise: whether they stand where no writer puts them.
 */
#ifndef EXTRACT_VIEW_PART_H
#define EXTRACT_VIEW_PART_H

#include "base/ascii.h"
#include "base/utf8.h"
#include "extract/view.h"

/*
 * One character of the original is looked at together with the one before it
 * in the view and the next that is no blank: these two decide whether blanks
 * between them part anything.
 */
struct maker {
	struct view *v;
	char *out;
	size_t n;
	uint32_t before;     /* the last character of the view */
	size_t line;         /* characters of this line so far */
	bool marked;         /* a comma or full stop among them */
	bool parted;         /* a blank among them */
	uint32_t first;      /* the first of them */
	size_t longest;      /* characters of the longest; 0: not asked yet */
	size_t digits;       /* of the number that the view ends in so far */
	size_t letters;      /* of the Latin word that it ends in */
	bool unit;           /* that word stands behind a digit */
	uint32_t byte, code; /* of the character at hand */
	bool gap;
	size_t gaps;      /* in all */
	unsigned wide;    /* columns of blank before the character at hand */
	bool row;         /* of a table, with such gaps, or with strokes */
	unsigned strokes; /* in its line so far */
};

/* 末 or 来, which a scanner makes of 未. */
static inline bool
view_may_be_not(uint32_t c)
{
	return c == 0x672B || c == 0x6765;
}

/* One that stands for itself alone. */
static inline bool
view_is_ideograph(uint32_t c)
{
	return c >= 0x4E00 && c < 0xA000 && !view_may_be_not(c);
}

static inline bool
view_is_blank(uint32_t c)
{
	if (c < 0xA0 || (c > 0x3000 && c < 0xFEFF))
		return c == ' ' || c == '\t' || c == '\r' || c == '\n';
	return c == 0xA0 || c == 0x3000 || c == 0xFEFF ||
	    (c >= 0x2000 && c <= 0x200B);
}

static inline bool
view_is_wordy(uint32_t c)
{
	return is_digit(c) || is_letter(c) || utf8_is_cjk(c);
}

/* Of a sign that is neither of ASCII nor an ideograph. */
uint32_t	 view_unified_sign(uint32_t);
/* One sign for each meaning; 0 where the character stands for two letters. */
static inline uint32_t
view_unified(uint32_t c)
{
	return (c < 0x80 && c != '`') || (c >= 0x3400 && c < 0xA000)
	    ? c
	    : view_unified_sign(c);
}

/*
 * What the blanks before the character next, which begins at p, become, all in
 * one: a line's end, a blank, or 0, nothing.
 */
uint32_t	 view_blanks(struct maker *, bool broken, uint32_t next,
		    const char *p, const char *end);

/* Whether blanks stand where no writer puts them, twice at least. */
bool		 view_is_noisy(struct slice text);
/*
 * "术 前 所 见": a character alone between blanks, or a blank and a mark, is
 * noise, and these blanks part nothing, however few they are in the text.
 */
void		 view_close_gaps(struct view *);

#endif
