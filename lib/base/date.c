#include "base/date.h"

#include <stdio.h>

/*
 * Days are counted from March, so that a leap day ends a year, in eras of 400
 * years, in which the Gregorian calendar repeats (146,097 days).
 */
long
date_days(int year, unsigned month, unsigned day)
{
	long y = year - (month <= 2);
	long era = (y >= 0 ? y : y - 399) / 400;
	long of_era = y - era * 400;
	long of_year = (153 * ((month + 9L) % 12) + 2) / 5 + day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	    of_year - 719468;
}

struct date
date_of_days(long days)
{
	long z = days + 719468;
	long era = (z >= 0 ? z : z - 146096) / 146097;
	long rest = z - era * 146097;
	long year = (rest - rest / 1460 + rest / 36524 - rest / 146096) / 365;
	long of_year = rest - (365 * year + year / 4 - year / 100);
	long month = (5 * of_year + 2) / 153;
	struct date d = { .zone = DATE_NO_ZONE, .precision = DATE_DAY };

	d.day = (uint8_t)(of_year - (153 * month + 2) / 5 + 1);
	d.month = (uint8_t)(month < 10 ? month + 3 : month - 9);
	d.year = (int)(year + era * 400 + (d.month <= 2));
	return d;
}

bool
date_exists(int year, unsigned month, unsigned day)
{
	static const uint8_t lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30,
		31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12 || day < 1)
		return false;
	return day <= lengths[month - 1] + (unsigned)(month == 2 && leap);
}

unsigned
date_weekday(const struct date *d)
{
	/* 1970-01-01 was a Thursday. */
	long n = (date_days(d->year, d->month, d->day) + 3) % 7;

	return (unsigned)(n < 0 ? n + 7 : n) + 1;
}

void
date_add_days(struct date *d, long days)
{
	struct date moved =
	    date_of_days(date_days(d->year, d->month, d->day) + days);

	d->year = moved.year;
	d->month = moved.month;
	d->day = moved.day;
}

int64_t
date_seconds(const struct date *d, int zone)
{
	if (d->zone != DATE_NO_ZONE)
		zone = d->zone;
	return (int64_t)date_days(d->year, d->month, d->day) * 86400 +
	    d->hour * 3600 + d->minute * 60 + d->second - zone * 60;
}

struct date
date_of_seconds(int64_t seconds, int zone)
{
	int64_t local =
	    seconds + (zone == DATE_NO_ZONE ? 0 : (int64_t)zone * 60);
	int64_t days = local / 86400, rest = local % 86400;
	struct date d;

	if (rest < 0) {
		rest += 86400;
		days--;
	}
	d = date_of_days((long)days);
	d.hour = (uint8_t)(rest / 3600);
	d.minute = (uint8_t)(rest / 60 % 60);
	d.second = (uint8_t)(rest % 60);
	d.zone = (int16_t)zone;
	d.precision = DATE_SECOND;
	return d;
}

static uint32_t
nanoseconds(const struct date *d)
{
	uint32_t n = d->fraction;

	for (unsigned i = d->nfraction; i < 9; i++)
		n *= 10;
	return n;
}

int
date_cmp(const struct date *a, const struct date *b)
{
	int zone = a->zone != DATE_NO_ZONE ? a->zone : b->zone;
	int64_t sa, sb;
	uint32_t na = nanoseconds(a), nb = nanoseconds(b);

	if (zone == DATE_NO_ZONE)
		zone = 0;
	sa = date_seconds(a, zone);
	sb = date_seconds(b, b->zone == DATE_NO_ZONE ? zone : b->zone);
	if (sa != sb)
		return sa < sb ? -1 : 1;
	return (na > nb) - (na < nb);
}

/* Exactly n digits off the front of *s. */
static bool
digits(struct slice *s, size_t n, unsigned *out)
{
	unsigned value = 0;

	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned digit = (unsigned char)s->p[i] - '0';

		if (digit > 9)
			return false;
		value = value * 10 + digit;
	}
	*s = (struct slice){ s->p + n, s->n - n };
	*out = value;
	return true;
}

static bool
skip(struct slice *s, char c)
{
	if (s->n == 0 || *s->p != c)
		return false;
	*s = (struct slice){ s->p + 1, s->n - 1 };
	return true;
}

static bool
parse_zone(struct slice s, int *zone)
{
	bool west = s.n > 0 && *s.p == '-';
	unsigned hours, minutes = 0;

	if (slice_is(s, "Z") || slice_is(s, "z")) {
		*zone = 0;
		return true;
	}
	if (!skip(&s, '+') && !skip(&s, '-'))
		return false;
	if (!digits(&s, 2, &hours))
		return false;
	if (s.n > 0) {
		skip(&s, ':');
		if (!digits(&s, 2, &minutes))
			return false;
	}
	if (s.n > 0 || hours > 14 || minutes > 59)
		return false;
	*zone = (int)(hours * 60 + minutes) * (west ? -1 : 1);
	return true;
}

bool
date_parse_zone(struct slice s, int *zone, struct err *e)
{
	if (!parse_zone(s, zone))
		return err_data(e, "date",
		    "not an offset from UTC "
		    "(such as +08:00)");
	return true;
}

static bool
parse_fraction(struct slice *s, struct date *d)
{
	const char *start = s->p;
	unsigned digit;

	while (digits(s, 1, &digit)) {
		if (d->nfraction == 9)
			continue;
		d->fraction = d->fraction * 10 + digit;
		d->nfraction++;
	}
	return s->p > start;
}

static bool
parse_time(struct slice *s, struct date *d)
{
	unsigned hour, minute, second;

	if (!digits(s, 2, &hour) || hour > 24)
		return false;
	d->hour = (uint8_t)hour;
	d->precision = DATE_HOUR;
	if (skip(s, ':')) {
		if (!digits(s, 2, &minute) || minute > 59)
			return false;
		d->minute = (uint8_t)minute;
		d->precision = DATE_MINUTE;
		if (skip(s, ':')) {
			if (!digits(s, 2, &second) || second > 60)
				return false;
			d->second = (uint8_t)second;
			d->precision = DATE_SECOND;
			if ((skip(s, '.') || skip(s, ',')) &&
			    !parse_fraction(s, d))
				return false;
		}
	}
	if (d->hour < 24)
		return true;
	if (d->minute != 0 || d->second != 0 || d->fraction != 0)
		return false;
	d->hour = 0;
	date_add_days(d, 1);
	return true;
}

static bool
parse(struct slice s, struct date *d)
{
	unsigned year, month = 1, day = 1;
	int zone;

	*d = (struct date){ .zone = DATE_NO_ZONE, .precision = DATE_YEAR };
	if (!digits(&s, 4, &year))
		return false;
	if (skip(&s, '-')) {
		if (!digits(&s, 2, &month))
			return false;
		d->precision = DATE_MONTH;
		if (skip(&s, '-')) {
			if (!digits(&s, 2, &day))
				return false;
			d->precision = DATE_DAY;
		}
	}
	if (!date_exists((int)year, month, day))
		return false;
	d->year = (int)year;
	d->month = (uint8_t)month;
	d->day = (uint8_t)day;
	if (d->precision < DATE_DAY || s.n == 0)
		return s.n == 0;
	if (!skip(&s, 'T') && !skip(&s, ' ') && !skip(&s, 't'))
		return false;
	if (!parse_time(&s, d))
		return false;
	if (s.n == 0)
		return true;
	if (!parse_zone(s, &zone))
		return false;
	d->zone = (int16_t)zone;
	return true;
}

bool
date_parse(struct slice s, struct date *out, struct err *e)
{
	struct date d;

	if (!parse(s, &d))
		return err_data(e, "date",
		    "not a date of the form 2018-01-14 or "
		    "2018-01-14T08:05:00+08:00");
	*out = d;
	return true;
}

/* The last n digits of a number. */
static char *
put_digits(char *to, unsigned value, unsigned n)
{
	for (unsigned i = n; i-- > 0; value /= 10)
		to[i] = (char)('0' + value % 10);
	return to + n;
}

static char *
put_part(char *to, char mark, unsigned value)
{
	*to++ = mark;
	return put_digits(to, value, 2);
}

static char *
put_time(char *to, const struct date *d)
{
	to = put_digits(to, d->hour, 2);
	if (d->precision >= DATE_MINUTE)
		to = put_part(to, ':', d->minute);
	if (d->precision >= DATE_SECOND)
		to = put_part(to, ':', d->second);
	if (d->precision >= DATE_SECOND && d->nfraction > 0) {
		*to++ = '.';
		to = put_digits(to, d->fraction, d->nfraction);
	}
	return to;
}

static char *
put_zone(char *to, int zone)
{
	unsigned size = (unsigned)(zone < 0 ? -zone : zone);

	if (zone == 0) {
		*to++ = 'Z';
		return to;
	}
	to = put_part(to, zone < 0 ? '-' : '+', size / 60);
	return put_part(to, ':', size % 60);
}

size_t
date_print_time(const struct date *d, char out[DATE_TEXT])
{
	char *end = put_time(out, d);

	*end = '\0';
	return (size_t)(end - out);
}

size_t
date_print(const struct date *d, char out[DATE_TEXT])
{
	char *to = out;

	if (d->year >= 0 && d->year <= 9999)
		to = put_digits(to, (unsigned)d->year, 4);
	else
		to += snprintf(out, DATE_TEXT, "%04d", d->year);
	if (d->precision >= DATE_MONTH)
		to = put_part(to, '-', d->month);
	if (d->precision >= DATE_DAY)
		to = put_part(to, '-', d->day);
	if (d->precision >= DATE_HOUR) {
		*to++ = 'T';
		to = put_time(to, d);
		if (d->zone != DATE_NO_ZONE)
			to = put_zone(to, d->zone);
	}
	*to = '\0';
	return (size_t)(to - out);
}
