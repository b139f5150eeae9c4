/* Serial numbers of spreadsheets and epochs, of date_read.c. */
#include <math.h>

#include "base/date_reading.h"

/* Whole number and fraction of a serial; a sign for epochs before 1970. */
static bool
read_serial(struct reading *r, double *out, bool *whole)
{
	bool negative = take_mark(r, '-');
	const struct lexeme *x = peek(r, 0);

	if (x->kind != NUMBER || x->width > 15)
		return false;
	*out = (double)x->value;
	*whole = true;
	r->at++;
	if (take_mark(r, '.')) {
		x = peek(r, 0);
		if (x->kind != NUMBER)
			return false;
		*out += (double)x->value / pow(10, x->width);
		*whole = x->value == 0;
		r->at++;
	}
	if (negative)
		*out = -*out;
	return is(peek(r, 0), END);
}

static bool
set_milliseconds(struct reading *r, double ms, int zone)
{
	double seconds = floor(ms / 1000);
	unsigned rest = (unsigned)(ms - seconds * 1000);

	if (seconds < -4e9 || seconds > 5e9)
		return false;
	r->date = date_of_seconds((int64_t)seconds, zone);
	if (rest != 0) {
		r->date.fraction = rest;
		r->date.nfraction = 3;
	}
	return r->date.year >= 1850 && r->date.year <= 2100;
}

/*
 * Excel counts 1900 as a leap year: day 60 is a day that never was, and the
 * days before it are one nearer to their origin than those behind it.
 */
static bool
read_excel(struct reading *r)
{
	bool whole, old = !r->format->excel1904;
	double n, origin;

	if (!read_serial(r, &n, &whole) || n < (old ? 1 : 0) || n > 80000)
		return false;
	if (old && n >= 60 && n < 61)
		return false;
	origin = (double)(old ? date_days(1899, 12, n < 60 ? 31 : 30)
			      : date_days(1904, 1, 1));
	if (!set_milliseconds(r, round((n + origin) * 86400000), DATE_NO_ZONE))
		return false;
	if (whole)
		r->date.precision = DATE_DAY;
	return true;
}

static bool
read_epoch(struct reading *r)
{
	bool whole;
	double n;

	if (!read_serial(r, &n, &whole))
		return false;
	return set_milliseconds(
	    r, round(r->format->epoch_ms ? n : n * 1000), 0);
}

bool
reading_is_serial(const struct reading *r)
{
	const struct date_format *f = r->format;
	bool negative = is_mark(&r->list[0], '-');
	const struct lexeme *x = &r->list[negative];

	if (x[0].kind != NUMBER || !(x[1].kind == END || is_mark(&x[1], '.')) ||
	    (x[1].kind != END && x[3].kind != END))
		return false;
	if (f->epoch || f->epoch_ms)
		return negative || (x[0].width != 8 && x[0].width != 14);
	return (f->excel || f->excel1904) && x[0].width <= 5;
}

bool
reading_serial(struct reading *r)
{
	return r->format->epoch || r->format->epoch_ms ? read_epoch(r)
						       : read_excel(r);
}
