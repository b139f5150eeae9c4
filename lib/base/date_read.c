/*
 * Reading what hospitals write.  The text is first cut into lexemes; a small
 * grammar over these then has one branch for each spelling, so that
 * "２０１８年1月14日 下午3点" needs no rule of its own.
 */
#include "base/date.h"

#include "base/date_plain.h"
#include "base/date_reading.h"

static bool
set_date(struct reading *r, unsigned year, unsigned month, unsigned day,
    enum date_precision precision)
{
	if (year < 1850 || year > 2100 || !date_exists((int)year, month, day))
		return false;
	r->date.year = (int)year;
	r->date.month = (uint8_t)month;
	r->date.day = (uint8_t)day;
	r->date.precision = precision;
	return true;
}

/* Four digits are a year; two are one where the format says so. */
static bool
full_year(struct reading *r, const struct lexeme *x, unsigned *out)
{
	*out = (unsigned)x->value;
	if (x->width == 4)
		return true;
	if (x->width != 2)
		return false;
	if (!r->format->yy) {
		r->doubt = "yy";
		return false;
	}
	*out += *out < (unsigned)r->format->pivot ? 2000 : 1900;
	return true;
}

/* 2018年1月14日, 2018年1月, 2018年, 18年1月14日 with yy. */
static bool
read_chinese(struct reading *r)
{
	unsigned year, month = 1, day = 1;
	enum date_precision precision = DATE_YEAR;

	if (!full_year(r, peek(r, 0), &year))
		return false;
	r->at += 2;
	while (take(r, BLANK))
		;
	if (is(peek(r, 0), NUMBER)) {
		if (!take_number(r, 1, 2, &month) || !take(r, MONTH))
			return false;
		precision = DATE_MONTH;
		while (take(r, BLANK))
			;
		if (is(peek(r, 0), NUMBER)) {
			if (!take_number(r, 1, 2, &day))
				return false;
			take(r, DAY);
			precision = DATE_DAY;
		}
	}
	return set_date(r, year, month, day, precision);
}

/* Oracle's 14-JAN-18 and 14-1月 -18. */
static bool
read_oracle(struct reading *r)
{
	unsigned year, month, day;

	if (!r->format->oracle) {
		r->doubt = "oracle";
		return false;
	}
	if (!take_number(r, 1, 2, &day) || !take_mark(r, '-'))
		return false;
	if (is(peek(r, 0), NAME)) {
		month = (unsigned)peek(r, 0)->value;
		r->at++;
	} else if (!take_number(r, 1, 2, &month) || !take(r, MONTH)) {
		return false;
	}
	take(r, BLANK);
	if (!take_mark(r, '-') || !is(peek(r, 0), NUMBER))
		return false;
	year = (unsigned)peek(r, 0)->value;
	if (peek(r, 0)->width == 2)
		year += year < (unsigned)r->format->pivot ? 2000 : 1900;
	else if (peek(r, 0)->width != 4)
		return false;
	r->at++;
	return set_date(r, year, month, day, DATE_DAY);
}

/* Three numbers with one kind of mark: which is the year, which the day? */
static bool
read_marked(struct reading *r)
{
	const struct lexeme *a = peek(r, 0), *b = peek(r, 2), *c = peek(r, 4);
	const struct lexeme *mark = peek(r, 1);
	unsigned year;

	if (b->kind != NUMBER || b->width > 2)
		return false;
	if (a->width == 4 && !is_mark(peek(r, 3), (char)mark->value)) {
		r->at += 3;
		return set_date(
		    r, (unsigned)a->value, (unsigned)b->value, 1, DATE_MONTH);
	}
	if (!is_mark(peek(r, 3), (char)mark->value) || c->kind != NUMBER)
		return false;
	r->at += 5;
	if (a->width == 4)
		return c->width <= 2 &&
		    set_date(r, (unsigned)a->value, (unsigned)b->value,
			(unsigned)c->value, DATE_DAY);
	if (a->width > 2)
		return false;
	if (r->format->mdy || r->format->dmy) {
		const struct lexeme *month = r->format->mdy ? a : b;
		const struct lexeme *day = r->format->mdy ? b : a;

		return full_year(r, c, &year) &&
		    set_date(r, year, (unsigned)month->value,
			(unsigned)day->value, DATE_DAY);
	}
	if (c->width == 4) {
		r->doubt = "mdy or dmy";
		return false;
	}
	return full_year(r, a, &year) && c->width <= 2 &&
	    set_date(r, year, (unsigned)b->value, (unsigned)c->value, DATE_DAY);
}

/* 20180114, 201801140805, 20180114080500; six and ten digits are in doubt. */
static bool
read_packed(struct reading *r)
{
	const struct lexeme *x = peek(r, 0);
	unsigned long long day = x->value;

	if (x->width == 6 && r->format->yy) {
		unsigned year = (unsigned)(day / 10000);

		year += year < (unsigned)r->format->pivot ? 2000 : 1900;
		r->at++;
		return set_date(r, year, (unsigned)(day / 100 % 100),
		    (unsigned)(day % 100), DATE_DAY);
	}
	if (x->width == 4) {
		r->at++;
		return set_date(r, (unsigned)day, 1, 1, DATE_YEAR);
	}
	if (x->width != 8 && x->width != 12 && x->width != 14) {
		r->doubt = x->width == 6 ? "yy"
		    : x->width == 5      ? "excel"
		    : x->width == 10     ? "epoch"
		    : x->width == 13     ? "epoch_ms"
					 : NULL;
		return false;
	}
	for (unsigned i = 8; i < x->width; i++)
		day /= 10;
	if (!set_date(r, (unsigned)(day / 10000), (unsigned)(day / 100 % 100),
		(unsigned)(day % 100), DATE_DAY))
		return false;
	r->at++;
	if (x->width == 8)
		return true;
	return reading_packed_time(&r->date,
	    x->value % (x->width == 12 ? 10000u : 1000000u), x->width - 8);
}

static bool
read_day(struct reading *r)
{
	const struct lexeme *next = peek(r, 1);

	if (!is(peek(r, 0), NUMBER))
		return false;
	if (is(next, YEAR))
		return read_chinese(r);
	if (is_mark(next, '-') &&
	    (is(peek(r, 2), NAME) || is(peek(r, 3), MONTH)))
		return read_oracle(r);
	if (peek(r, 0)->width <= 4 &&
	    (is_mark(next, '-') || is_mark(next, '/') || is_mark(next, '.')))
		return read_marked(r);
	return read_packed(r);
}

static bool
read_date_and_time(struct reading *r)
{
	if (!read_day(r))
		return false;
	if (is(peek(r, 0), END))
		return reading_settle(&r->date, true);
	if (r->date.precision < DATE_DAY)
		return false;
	if (r->date.precision > DATE_DAY)
		return reading_time(r, true) && reading_settle(&r->date, true);
	if (!take(r, BLANK) && !take_mark(r, 'T') && !take_mark(r, 't') &&
	    !is_half(peek(r, 0)->kind) && r->list[r->at - 1].kind != DAY)
		return false;
	return reading_time(r, false) && reading_settle(&r->date, true);
}

bool
date_read(struct slice s, const struct date_format *format, struct date *out,
    struct err *e)
{
	static const struct date_format none = { 0 };
	struct reading r;
	bool ok;

	if (date_read_plain(s, out))
		return true;
	r.format = format != NULL ? format : &none;
	r.at = 0;
	r.doubt = NULL;
	r.date = (struct date){ .month = 1, .day = 1, .zone = DATE_NO_ZONE };
	if (!lexemes_cut(s, r.list))
		return err_data(e, "date", "not a date");
	ok =
	    reading_is_serial(&r) ? reading_serial(&r) : read_date_and_time(&r);
	if (ok) {
		*out = r.date;
		return true;
	}
	if (r.doubt != NULL)
		return err_data(e, "date_doubt",
		    "not a date without a declared format (%s)", r.doubt);
	return err_data(e, "date", "not a date, or a day that never was");
}

bool
date_read_time(struct slice s, struct date *out, struct err *e)
{
	static const struct date_format none = { 0 };
	struct reading r = { .format = &none };

	r.date = (struct date){
		.year = 1970, .month = 1, .day = 1, .zone = DATE_NO_ZONE
	};
	if (!lexemes_cut(s, r.list) || !reading_time(&r, false) ||
	    !reading_settle(&r.date, false))
		return err_data(e, "date", "not a time of day");
	*out = r.date;
	return true;
}
