/*
 * Reading what hospitals write.  The text is first cut into lexemes; a small
 * grammar over these then has one branch for each spelling, so that
 * "２０１８年1月14日 下午3点" needs no rule of its own.
 */
#include "base/date.h"

#include <math.h>

#include "base/date_lexeme.h"
#include "base/date_plain.h"

struct reading {
	struct lexeme list[MAX_LEXEMES + 1];
	size_t at;
	const struct date_format *format;
	struct date date;
	const char *doubt; /* what to declare, once a doubt was met */
};

static const struct lexeme *
peek(const struct reading *r, size_t ahead)
{
	size_t i = r->at;

	while (ahead-- > 0 && r->list[i].kind != END)
		i++;
	return &r->list[i];
}

static bool
is(const struct lexeme *x, enum lexeme_kind kind)
{
	return x->kind == kind;
}

static bool
is_mark(const struct lexeme *x, char c)
{
	return x->kind == MARK && x->value == (unsigned char)c;
}

static bool
take(struct reading *r, enum lexeme_kind kind)
{
	if (!is(peek(r, 0), kind))
		return false;
	r->at++;
	return true;
}

static bool
take_mark(struct reading *r, char c)
{
	if (!is_mark(peek(r, 0), c))
		return false;
	r->at++;
	return true;
}

/* A number of at least `least` and at most `most` digits. */
static bool
take_number(struct reading *r, unsigned least, unsigned most, unsigned *out)
{
	const struct lexeme *x = peek(r, 0);

	if (x->kind != NUMBER || x->width < least || x->width > most)
		return false;
	*out = (unsigned)x->value;
	r->at++;
	return true;
}

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

/* HH, HHMM or HHMMSS as one number. */
static bool
set_packed_time(struct date *d, unsigned long long value, unsigned width)
{
	if (width == 6) {
		d->second = (uint8_t)(value % 100);
		value /= 100;
	}
	if (width >= 4) {
		d->minute = (uint8_t)(value % 100);
		value /= 100;
	}
	d->hour = (uint8_t)value;
	d->precision = width == 6 ? DATE_SECOND
	    : width == 4          ? DATE_MINUTE
				  : DATE_HOUR;
	return width == 2 || width == 4 || width == 6;
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
	return set_packed_time(&r->date,
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
take_fraction(struct reading *r)
{
	const struct lexeme *x = peek(r, 0);
	unsigned long long value = x->value;
	unsigned width = x->width;

	if (x->kind != NUMBER)
		return false;
	for (; width > 9; width--)
		value /= 10;
	r->date.fraction = (uint32_t)value;
	r->date.nfraction = (uint8_t)width;
	r->at++;
	return true;
}

/* 8:05, 8:05:06, 8:05:06.123; Oracle has points: 08.05.06.123000 */
static bool
read_clock(struct reading *r, char mark)
{
	struct date *d = &r->date;
	unsigned hour, minute, second;

	if (!take_number(r, 1, 2, &hour) || !take_mark(r, mark) ||
	    !take_number(r, 2, 2, &minute))
		return false;
	d->hour = (uint8_t)hour;
	d->minute = (uint8_t)minute;
	d->precision = DATE_MINUTE;
	if (!take_mark(r, mark))
		return true;
	if (!take_number(r, 2, 2, &second))
		return false;
	d->second = (uint8_t)second;
	d->precision = DATE_SECOND;
	if (take_mark(r, '.') || take_mark(r, ','))
		return take_fraction(r);
	return true;
}

/* 8时, 8时5分, 8时5分6秒, 8点半 */
static bool
read_chinese_clock(struct reading *r)
{
	struct date *d = &r->date;
	unsigned n;

	if (!take_number(r, 1, 2, &n) || !take(r, HOUR))
		return false;
	d->hour = (uint8_t)n;
	d->precision = DATE_HOUR;
	if (take(r, HALF)) {
		d->minute = 30;
		d->precision = DATE_MINUTE;
	} else if (take_number(r, 1, 2, &n)) {
		d->minute = (uint8_t)n;
		d->precision = DATE_MINUTE;
		if (!take(r, MINUTE))
			return true;
		if (take_number(r, 1, 2, &n)) {
			take(r, SECOND);
			d->second = (uint8_t)n;
			d->precision = DATE_SECOND;
		}
	}
	return true;
}

static bool
read_clock_any(struct reading *r)
{
	const struct lexeme *x = peek(r, 0), *next = peek(r, 1);

	if (!is(x, NUMBER))
		return false;
	if (is(next, HOUR))
		return read_chinese_clock(r);
	if (is_mark(next, ':'))
		return read_clock(r, ':');
	if (is_mark(next, '.') && r->format->oracle)
		return read_clock(r, '.');
	if (x->width != 4 && x->width != 6)
		return false;
	r->at++;
	if (!set_packed_time(&r->date, x->value, x->width))
		return false;
	return x->width < 6 || !take_mark(r, '.') || take_fraction(r);
}

static bool
is_half(enum lexeme_kind kind)
{
	return kind >= MORNING && kind <= AFTERNOON;
}

/*
 * Twelve o'clock is where people differ: 中午12 is noon and 凌晨12 and 12 AM
 * are midnight, but 上午12 and 晚上12 are written in both senses.  下午15
 * says the same thing twice and is fine; 上午15 contradicts itself.
 */
static bool
apply_half(struct reading *r, enum lexeme_kind half, bool chinese)
{
	unsigned hour = r->date.hour;

	switch (half) {
	case NIGHT:
		if (hour == 12)
			hour = 0;
		break;
	case NOON:
		if (hour < 11)
			hour += 12;
		if (hour > 14)
			return false;
		break;
	case AFTERNOON:
		if (hour == 0 || (hour == 12 && chinese))
			return false;
		if (hour < 12)
			hour += 12;
		break;
	default:
		if (hour == 12)
			return false;
	}
	if ((half == MORNING || half == NIGHT) && hour >= 12)
		return false;
	r->date.hour = (uint8_t)hour;
	return true;
}

static bool
read_zone(struct reading *r)
{
	bool west = is_mark(peek(r, 0), '-');
	unsigned hours, minutes = 0;

	if (take_mark(r, 'Z') || take_mark(r, 'z')) {
		r->date.zone = 0;
		return true;
	}
	if (!take_mark(r, '+') && !take_mark(r, '-'))
		return false;
	if (take_number(r, 4, 4, &hours)) {
		minutes = hours % 100;
		hours /= 100;
	} else if (!take_number(r, 2, 2, &hours)) {
		return false;
	} else if (take_mark(r, ':') && !take_number(r, 2, 2, &minutes)) {
		return false;
	}
	if (hours > 14 || minutes > 59)
		return false;
	r->date.zone = (int16_t)((int)(hours * 60 + minutes) * (west ? -1 : 1));
	return true;
}

/* Half-day words before or behind the clock, then a zone, then the end. */
static bool
read_time(struct reading *r, bool clock_is_read)
{
	enum lexeme_kind half = END;
	bool before = false;

	if (!clock_is_read) {
		if (is_half(peek(r, 0)->kind)) {
			half = peek(r, 0)->kind;
			before = true;
			r->at++;
			take(r, BLANK);
		}
		if (!read_clock_any(r))
			return false;
	} else if (r->date.precision == DATE_SECOND && take_mark(r, '.') &&
	    !take_fraction(r)) {
		return false;
	}
	take(r, BLANK);
	if (half == END && is_half(peek(r, 0)->kind)) {
		half = peek(r, 0)->kind;
		r->at++;
		take(r, BLANK);
	}
	if (half != END && !apply_half(r, half, before))
		return false;
	if (!is(peek(r, 0), END) && !read_zone(r))
		return false;
	return is(peek(r, 0), END);
}

/* 24:00 is the next day; no other time of that hour is. */
static bool
settle_clock(struct date *d, bool may_move)
{
	if (d->minute > 59 || d->second > 60 || d->hour > 24)
		return false;
	if (d->hour < 24)
		return true;
	if (d->minute != 0 || d->second != 0 || d->fraction != 0 || !may_move)
		return false;
	d->hour = 0;
	date_add_days(d, 1);
	return true;
}

static bool
read_date_and_time(struct reading *r)
{
	if (!read_day(r))
		return false;
	if (is(peek(r, 0), END))
		return settle_clock(&r->date, true);
	if (r->date.precision < DATE_DAY)
		return false;
	if (r->date.precision > DATE_DAY)
		return read_time(r, true) && settle_clock(&r->date, true);
	if (!take(r, BLANK) && !take_mark(r, 'T') && !take_mark(r, 't') &&
	    !is_half(peek(r, 0)->kind) && r->list[r->at - 1].kind != DAY)
		return false;
	return read_time(r, false) && settle_clock(&r->date, true);
}

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

/* A bare number is a serial where one is declared, unless it is a date. */
static bool
is_serial(const struct reading *r)
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
	if (!is_serial(&r))
		ok = read_date_and_time(&r);
	else if (r.format->epoch || r.format->epoch_ms)
		ok = read_epoch(&r);
	else
		ok = read_excel(&r);
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
	if (!lexemes_cut(s, r.list) || !read_time(&r, false) ||
	    !settle_clock(&r.date, false))
		return err_data(e, "date", "not a time of day");
	*out = r.date;
	return true;
}
