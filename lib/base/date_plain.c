#include "base/date_plain.h"

/* Takes `least` to `most` digits; NULL where there are fewer. */
static const char *
take(const char *p, const char *end, unsigned least, unsigned most,
    unsigned *out)
{
	unsigned n = 0, value = 0;

	if (p == NULL)
		return NULL;
	for (; n < most && p < end && (unsigned char)(*p - '0') <= 9; n++)
		value = value * 10 + (unsigned)(*p++ - '0');
	*out = value;
	return n < least ? NULL : p;
}

static const char *
take_mark(const char *p, const char *end, char mark)
{
	return p != NULL && p < end && *p == mark ? p + 1 : NULL;
}

static const char *
take_day(const char *p, const char *end, struct date *d)
{
	unsigned year = 0, month = 0, day = 0;

	p = take(p, end, 4, 4, &year);
	if (p != NULL && p < end && (*p == '-' || *p == '/')) {
		char mark = *p;

		p = take(p + 1, end, 1, 2, &month);
		p = take(take_mark(p, end, mark), end, 1, 2, &day);
	} else {
		p = take(take(p, end, 2, 2, &month), end, 2, 2, &day);
	}
	if (p == NULL || year < 1850 || year > 2100 ||
	    !date_exists((int)year, month, day))
		return NULL;
	*d = (struct date){ .year = (int)year,
		.month = (uint8_t)month,
		.day = (uint8_t)day,
		.zone = DATE_NO_ZONE,
		.precision = DATE_DAY };
	return p;
}

/* Hour 24 is the next day: that is left to date_read.c. */
static const char *
take_clock(const char *p, const char *end, struct date *d)
{
	unsigned hour = 0, minute = 0, second = 0;

	p = take_mark(take(p, end, 1, 2, &hour), end, ':');
	p = take(p, end, 2, 2, &minute);
	d->precision = DATE_MINUTE;
	if (p != NULL && p < end && *p == ':') {
		p = take(p + 1, end, 2, 2, &second);
		d->precision = DATE_SECOND;
	}
	if (p == NULL || hour > 23 || minute > 59 || second > 60)
		return NULL;
	d->hour = (uint8_t)hour;
	d->minute = (uint8_t)minute;
	d->second = (uint8_t)second;
	return p;
}

static bool
take_zone(const char *p, const char *end, struct date *d)
{
	int zone;

	if (!date_parse_zone(slice_span(p, end), &zone, NULL))
		return false;
	d->zone = (int16_t)zone;
	return true;
}

bool
date_read_plain(struct slice s, struct date *out)
{
	const char *end = s.p + s.n, *p;
	struct date d;

	if (s.n < 8 || (p = take_day(s.p, end, &d)) == NULL)
		return false;
	if (p < end && (*p == ' ' || *p == 'T' || *p == 't'))
		p = take_clock(p + 1, end, &d);
	if (p == NULL ||
	    (p < end && (d.precision == DATE_DAY || !take_zone(p, end, &d))))
		return false;
	*out = d;
	return true;
}
