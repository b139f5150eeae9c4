/*
 * measure_part - the lexer that the files of extract/measure share, and what
 * each of them reads with it; private to them.
 *
 * What takes something leaves the lexer behind it, or where it was and says
 * false.
 */
#ifndef EXTRACT_MEASURE_PART_H
#define EXTRACT_MEASURE_PART_H

#include "extract/measure.h"

struct lexer {
	struct slice	 s;	/* the view's text */
	const struct view *view;
	size_t		 at;
	struct arena	*arena;
	struct measure	*list;
	size_t		 n, room;
	size_t		 apart;	/* a sign of multiplication parts two here */
	size_t		 named;	/* the last named diameter, or their dims */
};

static inline bool
lexer_is_digit(int c)
{
	return c >= '0' && c <= '9';
}

static inline bool
lexer_is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The byte so far ahead, or -1 behind the end. */
static inline int
lexer_peek(const struct lexer *l, size_t ahead)
{
	size_t i = l->at + ahead;

	return i < l->s.n ? (unsigned char)l->s.p[i] : -1;
}
bool		 lexer_takes(struct lexer *, const char *word);
void		 lexer_blank(struct lexer *);
/* Whether the bytes before a place end in the word. */
bool		 lexer_behind(const struct lexer *, size_t at,
		    const char *word);
/* The length of the first of the words that they end in, or 0. */
static inline size_t
lexer_behind_any(const struct lexer *l, size_t at, const struct slice *words)
{
	return slice_ends_in(l->s.p, at, words);
}
/* "l.5", "2.4xl.9", "O.5": what an OCR makes of a one, and of a nought. */
bool		 lexer_is_misread(const struct lexer *);
bool		 lexer_number(struct lexer *, struct decimal *);
/* NULL where none is told; of no dimension where it is a rate of another. */
const struct unit *lexer_unit(struct lexer *);
/* Whether the metre behind which the lexer stands means minutes: 2m30s. */
bool		 lexer_tells_minutes(const struct lexer *, const struct unit *);
/* The minutes of 1'30", and its seconds. */
const struct unit *lexer_prime(struct lexer *);
/* A sign of multiplication, or of a range, before a number. */
bool		 lexer_times(struct lexer *);
bool		 lexer_to_sign(struct lexer *);
/* "10余天", "10余枚", "3+天": more than the number says. */
bool		 lexer_and_more(struct lexer *);
/* Adds to the list; a named diameter joins the one before it. */
void		 lexer_keep(struct lexer *, const struct measure *);

/*
 * Of each the measure has the first value, of the unit `first`.  The lexer is
 * behind it, and behind the sign that follows, but for a list and a duration;
 * a list is none where no second value comes.
 */
void		 measure_dimensions(struct lexer *, struct measure *,
		    const struct unit *first);
bool		 measure_listed(struct lexer *, struct measure *,
		    const struct unit *first);
bool		 measure_slashed(struct lexer *, struct measure *);
void		 measure_range(struct lexer *, struct measure *,
		    const struct unit *first);
void		 measure_ratio(struct lexer *, struct measure *);
void		 measure_duration(struct lexer *, struct measure *);
/* "03:25": a length of time is kept; a time of day is stepped over. */
bool		 measure_clock(struct lexer *);
/* Makes the number a range without an upper end. */
void		 measure_open_upwards(struct measure *);

/* "三径为1.4cm、1.1cm及1.0cm", "长宽厚约1.0、0.8、0.7cm" */
bool		 measure_lists_diameters(const struct lexer *, size_t from);
/* "长径15mm": the first byte of the name before a number, or SIZE_MAX. */
size_t		 measure_diameter(const struct lexer *, size_t at);
/* A date by its year; the day behind "3月". */
bool		 measure_date(struct lexer *, struct measure *);
bool		 measure_day(struct lexer *);
/* Steps over what may be a numeral, and keeps what it quantifies. */
void		 measure_numeral(struct lexer *);
/* A number of ten or more, told with a unit or to an end: 一百一十二次. */
bool		 measure_spoken(struct lexer *);

/* Sets `told` of the list, which is in order; linear. */
void		 measure_tell_unit(struct slice view, struct measure *,
		    size_t n);

#endif
