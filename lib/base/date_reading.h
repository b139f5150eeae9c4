/*
 * date_reading - a date under way, and the lexemes that are left of it; shared
 * by the files that read dates: date_read.c (days), date_clock.c (times of
 * day, zones) and date_serial.c (serial numbers).  Private to them.
 */
#ifndef BASE_DATE_READING_H
#define BASE_DATE_READING_H

#include "base/date.h"
#include "base/date_lexeme.h"

struct reading {
	struct lexeme	 list[MAX_LEXEMES + 1];
	size_t		 at;
	const struct date_format *format;
	struct date	 date;
	const char	*doubt;		/* what to declare, once one was met */
};

static inline const struct lexeme *
peek(const struct reading *r, size_t ahead)
{
	size_t i = r->at;

	while (ahead-- > 0 && r->list[i].kind != END)
		i++;
	return &r->list[i];
}

static inline bool
is(const struct lexeme *x, enum lexeme_kind kind)
{
	return x->kind == kind;
}

static inline bool
is_mark(const struct lexeme *x, char c)
{
	return x->kind == MARK && x->value == (unsigned char)c;
}

static inline bool
take(struct reading *r, enum lexeme_kind kind)
{
	if (!is(peek(r, 0), kind))
		return false;
	r->at++;
	return true;
}

static inline bool
take_mark(struct reading *r, char c)
{
	if (!is_mark(peek(r, 0), c))
		return false;
	r->at++;
	return true;
}

/* A number of at least `least` and at most `most` digits. */
static inline bool
take_number(struct reading *r, unsigned least, unsigned most, unsigned *out)
{
	const struct lexeme *x = peek(r, 0);

	if (x->kind != NUMBER || x->width < least || x->width > most)
		return false;
	*out = (unsigned)x->value;
	r->at++;
	return true;
}

static inline bool
is_half(enum lexeme_kind kind)
{
	return kind >= MORNING && kind <= AFTERNOON;
}

/* HH, HHMM or HHMMSS as one number. */
bool	reading_packed_time(struct date *, unsigned long long value,
	    unsigned width);
/*
 * Half-day words before or behind the clock, then a zone, then the end; the
 * clock may be read already.
 */
bool	reading_time(struct reading *, bool clock_is_read);
/* 24:00 is the next day where it may move; no other time of that hour is. */
bool	reading_settle(struct date *, bool may_move);
/* A bare number is a serial where one is declared, unless it is a date. */
bool	reading_is_serial(const struct reading *);
bool	reading_serial(struct reading *);

#endif
