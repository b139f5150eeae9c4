/*
 * The formats of JSON Schema 2020-12 (validation, 7.3) that assert on request:
 * as their RFCs have them.  Those of international names and of templates
 * (idn-email, idn-hostname, iri, iri-reference, uri-template) are not known.
 */
#include "base/date.h"
#include "base/ecma.h"
#include "base/pattern.h"
#include "rules/schema_format.h"
#include "rules/schema_parts.h"

/* n digits off the front, as a number; -1 where they are not there. */
static int
take_digits(struct slice *s, size_t n)
{
	int value = 0;

	if (s->n < n)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!format_digit(s->p[i]))
			return -1;
		value = value * 10 + (s->p[i] - '0');
	}
	s->p += n;
	s->n -= n;
	return value;
}

/* --- dates (RFC 3339) ----------------------------------------------------------------- */

static bool
take_date(struct slice *s)
{
	int year = take_digits(s, 4), month, day;

	if (year < 0 || !format_take(s, '-') ||
	    (month = take_digits(s, 2)) < 1 || !format_take(s, '-') ||
	    (day = take_digits(s, 2)) < 1)
		return false;
	return date_exists(year, (unsigned)month, (unsigned)day);
}

/* A leap second is the last of a day in UTC. */
static bool
take_time(struct slice *s)
{
	int hour = take_digits(s, 2), minute, second, zone_hour = 0,
	    zone_minute = 0, sign = 1, utc;

	if (hour < 0 || hour > 23 || !format_take(s, ':') ||
	    (minute = take_digits(s, 2)) < 0 || minute > 59 ||
	    !format_take(s, ':') || (second = take_digits(s, 2)) < 0 ||
	    second > 60)
		return false;
	if (format_take(s, '.') && format_take_run(s) == 0)
		return false;
	if (!format_take(s, 'Z') && !format_take(s, 'z')) {
		sign = format_take(s, '+') ? 1 : format_take(s, '-') ? -1 : 0;
		if (sign == 0 || (zone_hour = take_digits(s, 2)) < 0 ||
		    zone_hour > 23 || !format_take(s, ':') ||
		    (zone_minute = take_digits(s, 2)) < 0 || zone_minute > 59)
			return false;
	}
	utc = (hour - sign * zone_hour) * 60 + minute - sign * zone_minute;
	return second < 60 || (utc + 2880) % 1440 == 1439;
}

static bool
is_date(struct slice s)
{
	return take_date(&s) && s.n == 0;
}

static bool
is_time(struct slice s)
{
	return take_time(&s) && s.n == 0;
}

static bool
is_date_time(struct slice s)
{
	return take_date(&s) &&
	    (format_take(&s, 'T') || format_take(&s, 't')) && take_time(&s) &&
	    s.n == 0;
}

/*
 * Numbers with units in their order, of which none is left out between two:
 * P1Y2M, PT1H30M, P3W (RFC 3339, appendix A).
 */
static bool
take_units(struct slice *s, const char *units, bool *any)
{
	const char *unit = units;
	bool first = true;

	while (s->n > 0 && format_digit(s->p[0])) {
		const char *found;

		format_take_run(s);
		found = s->n == 0 ? NULL : strchr(unit, s->p[0]);
		if (found == NULL || (!first && found != unit))
			return false;
		format_take(s, *found);
		unit = found + 1;
		first = false;
		*any = true;
	}
	return true;
}

static bool
is_duration(struct slice s)
{
	bool any = false, time = false;
	struct slice week;

	if (!format_take(&s, 'P'))
		return false;
	week = s;
	if (format_take_run(&week) > 0 && format_take(&week, 'W'))
		return week.n == 0;
	if (!take_units(&s, "YMD", &any))
		return false;
	if (format_take(&s, 'T')) {
		if (!take_units(&s, "HMS", &time) || !time)
			return false;
		any = true;
	}
	return any && s.n == 0;
}

/* --- the others ---------------------------------------------------------------------------- */

static bool
is_uuid(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (i == 8 || i == 13 || i == 18 || i == 23
			? s.p[i] != '-'
			: !format_hex(s.p[i]))
			return false;
	return s.n == 36;
}

static bool
is_pointer(struct slice s)
{
	if (s.n > 0 && s.p[0] != '/')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '~' &&
		    (i + 1 == s.n || (s.p[i + 1] != '0' && s.p[i + 1] != '1')))
			return false;
	return true;
}

static bool
is_relative_pointer(struct slice s)
{
	struct slice number = s;
	size_t n = format_take_run(&s);

	if (n == 0 || (n > 1 && number.p[0] == '0'))
		return false;
	return (s.n == 1 && s.p[0] == '#') || is_pointer(s);
}

static bool
is_regex(struct slice s)
{
	struct buf b = { 0 };
	struct err e = { 0 };
	struct pattern *p = NULL;

	if (ecma_pattern(s, &b, &e))
		p = pattern_compile(buf_slice(&b), 0, &e);
	buf_release(&b);
	pattern_free(p);
	return p != NULL;
}

const struct format *
schema_format(struct slice name)
{
	static const struct format formats[] = { { "date", is_date },
		{ "time", is_time }, { "date-time", is_date_time },
		{ "duration", is_duration }, { "email", net_is_email },
		{ "hostname", net_is_hostname }, { "ipv4", net_is_ipv4 },
		{ "ipv6", net_is_ipv6 }, { "uri", net_is_uri },
		{ "uri-reference", net_is_uri_reference }, { "uuid", is_uuid },
		{ "json-pointer", is_pointer },
		{ "relative-json-pointer", is_relative_pointer },
		{ "regex", is_regex } };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (slice_is(name, formats[i].name))
			return &formats[i];
	return NULL;
}
