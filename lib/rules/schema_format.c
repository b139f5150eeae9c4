/*
 * The formats of JSON Schema 2020-12 (validation, 7.3) that assert on request:
 * as their RFCs have them.  Those of international names and of templates
 * (idn-email, idn-hostname, iri, iri-reference, uri-template) are not known.
 */
#include <strings.h>

#include "base/date.h"
#include "base/ecma.h"
#include "base/pattern.h"
#include "rules/schema_parts.h"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_hex(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* n digits off the front, as a number; -1 where they are not there. */
static int
take_digits(struct slice *s, size_t n)
{
	int value = 0;

	if (s->n < n)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!is_digit(s->p[i]))
			return -1;
		value = value * 10 + (s->p[i] - '0');
	}
	s->p += n;
	s->n -= n;
	return value;
}

static bool
take(struct slice *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	s->p++;
	s->n--;
	return true;
}

/* Digits off the front; how many. */
static size_t
take_run(struct slice *s)
{
	size_t n = 0;

	while (s->n > 0 && is_digit(s->p[0])) {
		s->p++;
		s->n--;
		n++;
	}
	return n;
}

/* --- dates (RFC 3339) ----------------------------------------------------------------- */

static bool
take_date(struct slice *s)
{
	int year = take_digits(s, 4), month, day;

	if (year < 0 || !take(s, '-') || (month = take_digits(s, 2)) < 1 ||
	    !take(s, '-') || (day = take_digits(s, 2)) < 1)
		return false;
	return date_exists(year, (unsigned)month, (unsigned)day);
}

/* A leap second is the last of a day in UTC. */
static bool
take_time(struct slice *s)
{
	int hour = take_digits(s, 2), minute, second, zone_hour = 0,
	    zone_minute = 0, sign = 1, utc;

	if (hour < 0 || hour > 23 || !take(s, ':') ||
	    (minute = take_digits(s, 2)) < 0 || minute > 59 || !take(s, ':') ||
	    (second = take_digits(s, 2)) < 0 || second > 60)
		return false;
	if (take(s, '.') && take_run(s) == 0)
		return false;
	if (!take(s, 'Z') && !take(s, 'z')) {
		sign = take(s, '+') ? 1 : take(s, '-') ? -1 : 0;
		if (sign == 0 || (zone_hour = take_digits(s, 2)) < 0 ||
		    zone_hour > 23 || !take(s, ':') ||
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
	return take_date(&s) && (take(&s, 'T') || take(&s, 't')) &&
	    take_time(&s) && s.n == 0;
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

	while (s->n > 0 && is_digit(s->p[0])) {
		const char *found;

		take_run(s);
		found = s->n == 0 ? NULL : strchr(unit, s->p[0]);
		if (found == NULL || (!first && found != unit))
			return false;
		take(s, *found);
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

	if (!take(&s, 'P'))
		return false;
	week = s;
	if (take_run(&week) > 0 && take(&week, 'W'))
		return week.n == 0;
	if (!take_units(&s, "YMD", &any))
		return false;
	if (take(&s, 'T')) {
		if (!take_units(&s, "HMS", &time) || !time)
			return false;
		any = true;
	}
	return any && s.n == 0;
}

/* --- names of the net -------------------------------------------------------------------- */

/* RFC 1123: labels of letters, digits and hyphens within. */
static bool
is_hostname(struct slice s)
{
	struct slice rest = s, label;
	size_t labels = 0;

	if (s.n == 0 || s.n > 253 || s.p[s.n - 1] == '.')
		return false;
	while (slice_next(&rest, '.', &label)) {
		if (label.n == 0 || label.n > 63 || label.p[0] == '-' ||
		    label.p[label.n - 1] == '-')
			return false;
		for (size_t i = 0; i < label.n; i++)
			if (!is_letter(label.p[i]) && !is_digit(label.p[i]) &&
			    label.p[i] != '-')
				return false;
		labels++;
	}
	return labels > 0;
}

static bool
is_ipv4(struct slice s)
{
	for (unsigned i = 0; i < 4; i++) {
		struct slice from = s;
		size_t n = take_run(&s);
		int value;

		if (n == 0 || n > 3 || (n > 1 && from.p[0] == '0'))
			return false;
		value = take_digits(&from, n);
		if (value > 255 || (i < 3 && !take(&s, '.')))
			return false;
	}
	return s.n == 0;
}

/* RFC 4291, 2.2: eight groups, one run of which may be ::, the last two IPv4. */
static bool
is_ipv6(struct slice s)
{
	unsigned groups = 0;
	bool gap = false;

	if (s.n > 1 && s.p[0] == ':') {
		if (s.p[1] != ':')
			return false;
		s.p++, s.n--;
	}
	while (s.n > 0) {
		size_t n = 0;

		if (take(&s, ':')) {
			if (gap)
				return false;
			gap = true;
			continue;
		}
		while (n < s.n && is_hex(s.p[n]))
			n++;
		if (n < s.n && s.p[n] == '.')
			return is_ipv4(s) && (gap ? groups < 6 : groups == 6);
		if (n == 0 || n > 4)
			return false;
		groups++;
		s.p += n, s.n -= n;
		if (s.n > 0 && (!take(&s, ':') || s.n == 0))
			return false;
	}
	return gap ? groups < 8 : groups == 8;
}

/* RFC 5321: a dot-string or quoted string, and a host name or [address]. */
static bool
is_local_part(struct slice s)
{
	bool quoted = s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"';

	if (s.n == 0 || s.n > 64)
		return false;
	for (size_t i = quoted; i < s.n - quoted; i++) {
		char c = s.p[i];
		bool plain = is_letter(c) || is_digit(c) ||
		    (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);

		if (quoted && c == '\\' && i + 2 < s.n && s.p[i + 1] >= ' ' &&
		    s.p[i + 1] <= '~')
			i++;
		else if (quoted ? (unsigned char)c < ' ' ||
			    (unsigned char)c > '~' || c == '"' || c == '\\'
				: !plain &&
			    (c != '.' || i == 0 || i + 1 == s.n ||
				s.p[i - 1] == '.'))
			return false;
	}
	return true;
}

static bool
is_email(struct slice s)
{
	size_t at = s.n;
	struct slice host;

	while (at > 0 && s.p[at - 1] != '@')
		at--;
	if (at == 0 || !is_local_part((struct slice){ s.p, at - 1 }))
		return false;
	host = (struct slice){ s.p + at, s.n - at };
	if (host.n > 2 && host.p[0] == '[' && host.p[host.n - 1] == ']') {
		host = (struct slice){ host.p + 1, host.n - 2 };
		if (host.n > 5 && strncasecmp(host.p, "IPv6:", 5) == 0)
			return is_ipv6(
			    (struct slice){ host.p + 5, host.n - 5 });
		return is_ipv4(host);
	}
	return is_hostname(host);
}

/* --- URIs (RFC 3986) ---------------------------------------------------------------------- */

/* All are of the signs, letters, digits or %XX. */
static bool
is_made_of(struct slice s, const char *signs)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%') {
			if (s.n - i < 3 || !is_hex(s.p[i + 1]) ||
			    !is_hex(s.p[i + 2]))
				return false;
			i += 2;
		} else if (!is_letter(c) && !is_digit(c) &&
		    (c == '\0' || strchr(signs, c) == NULL)) {
			return false;
		}
	}
	return true;
}

#define UNRESERVED "-._~"
#define SUB_DELIMS "!$&'()*+,;="
#define PATH       UNRESERVED SUB_DELIMS ":@/"

static bool
is_authority(struct slice s)
{
	const char *at = s.n == 0 ? NULL : memchr(s.p, '@', s.n);
	const char *colon;

	if (at != NULL) {
		if (!is_made_of(slice_span(s.p, at), UNRESERVED SUB_DELIMS ":"))
			return false;
		s = slice_span(at + 1, s.p + s.n);
	}
	if (s.n > 0 && s.p[0] == '[') {
		const char *close = memchr(s.p, ']', s.n);

		if (close == NULL || !is_ipv6(slice_span(s.p + 1, close)))
			return false;
		s = slice_span(close + 1, s.p + s.n);
		if (s.n > 0 && s.p[0] != ':')
			return false;
	}
	colon = s.n == 0 ? NULL : memchr(s.p, ':', s.n);
	if (colon != NULL) {
		struct slice port = slice_span(colon + 1, s.p + s.n);

		take_run(&port);
		if (port.n > 0)
			return false;
		s = slice_span(s.p, colon);
	}
	return is_made_of(s, UNRESERVED SUB_DELIMS);
}

/* The part before the first of the sign, off the front of the rest. */
static struct slice
cut_behind(struct slice *s, char sign)
{
	const char *at = s->n == 0 ? NULL : memchr(s->p, sign, s->n);
	struct slice behind = { NULL, 0 };

	if (at != NULL) {
		behind = slice_span(at + 1, s->p + s->n);
		s->n = (size_t)(at - s->p);
	}
	return behind;
}

static bool
is_reference(struct slice s, bool absolute)
{
	struct slice fragment = cut_behind(&s, '#');
	struct slice query = cut_behind(&s, '?');
	size_t n = 0;

	if (!is_made_of(fragment, PATH "?") || !is_made_of(query, PATH "?"))
		return false;
	while (n < s.n && s.p[n] != ':' && s.p[n] != '/')
		n++;
	if (n < s.n && s.p[n] == ':') {
		for (size_t i = 0; i < n; i++)
			if (!is_letter(s.p[i]) &&
			    (i == 0 ||
				(!is_digit(s.p[i]) &&
				    strchr("+-.", s.p[i]) == NULL)))
				return false;
		if (n == 0)
			return false;
		s = slice_span(s.p + n + 1, s.p + s.n);
	} else if (absolute) {
		return false;
	}
	if (slice_starts(s, "//")) {
		struct slice rest = { s.p + 2, s.n - 2 };
		size_t end = 0;

		while (end < rest.n && rest.p[end] != '/')
			end++;
		if (!is_authority((struct slice){ rest.p, end }))
			return false;
		s = (struct slice){ rest.p + end, rest.n - end };
	}
	return is_made_of(s, PATH);
}

static bool
is_uri(struct slice s)
{
	return is_reference(s, true);
}

static bool
is_uri_reference(struct slice s)
{
	return is_reference(s, false);
}

/* --- the others ---------------------------------------------------------------------------- */

static bool
is_uuid(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if (i == 8 || i == 13 || i == 18 || i == 23 ? s.p[i] != '-'
							    : !is_hex(s.p[i]))
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
	size_t n = take_run(&s);

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
		{ "duration", is_duration }, { "email", is_email },
		{ "hostname", is_hostname }, { "ipv4", is_ipv4 },
		{ "ipv6", is_ipv6 }, { "uri", is_uri },
		{ "uri-reference", is_uri_reference }, { "uuid", is_uuid },
		{ "json-pointer", is_pointer },
		{ "relative-json-pointer", is_relative_pointer },
		{ "regex", is_regex } };

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (slice_is(name, formats[i].name))
			return &formats[i];
	return NULL;
}
