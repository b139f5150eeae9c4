/* Times of day and zones, of date_read.c. */
#include "base/date_reading.h"

bool
reading_packed_time(struct date *d, unsigned long long value, unsigned width)
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
	if (!reading_packed_time(&r->date, x->value, x->width))
		return false;
	return x->width < 6 || !take_mark(r, '.') || take_fraction(r);
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

bool
reading_time(struct reading *r, bool clock_is_read)
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

bool
reading_settle(struct date *d, bool may_move)
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
