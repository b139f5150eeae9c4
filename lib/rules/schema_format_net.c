/*
 * Names and addresses of the net.
 */
#include "rules/schema_format.h"

#include <strings.h>

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* RFC 1123: labels of letters, digits and hyphens within. */
bool
net_is_hostname(struct slice s)
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
			if (!is_letter(label.p[i]) &&
			    !format_digit(label.p[i]) && label.p[i] != '-')
				return false;
		labels++;
	}
	return labels > 0;
}

bool
net_is_ipv4(struct slice s)
{
	for (unsigned i = 0; i < 4; i++) {
		struct slice from = s;
		size_t n = format_take_run(&s);
		int value = 0;

		if (n == 0 || n > 3 || (n > 1 && from.p[0] == '0'))
			return false;
		for (size_t k = 0; k < n; k++)
			value = value * 10 + (from.p[k] - '0');
		if (value > 255 || (i < 3 && !format_take(&s, '.')))
			return false;
	}
	return s.n == 0;
}

/* RFC 4291, 2.2: eight groups, one run of which may be ::, the last two IPv4. */
bool
net_is_ipv6(struct slice s)
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

		if (format_take(&s, ':')) {
			if (gap)
				return false;
			gap = true;
			continue;
		}
		while (n < s.n && format_hex(s.p[n]))
			n++;
		if (n < s.n && s.p[n] == '.')
			return net_is_ipv4(s) &&
			    (gap ? groups < 6 : groups == 6);
		if (n == 0 || n > 4)
			return false;
		groups++;
		s.p += n, s.n -= n;
		if (s.n > 0 && (!format_take(&s, ':') || s.n == 0))
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
		bool plain = is_letter(c) || format_digit(c) ||
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

bool
net_is_email(struct slice s)
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
			return net_is_ipv6(
			    (struct slice){ host.p + 5, host.n - 5 });
		return net_is_ipv4(host);
	}
	return net_is_hostname(host);
}

/* --- URIs (RFC 3986) ---------------------------------------------------------------------- */

/* All are of the signs, letters, digits or %XX. */
static bool
is_made_of(struct slice s, const char *signs)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%') {
			if (s.n - i < 3 || !format_hex(s.p[i + 1]) ||
			    !format_hex(s.p[i + 2]))
				return false;
			i += 2;
		} else if (!is_letter(c) && !format_digit(c) &&
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

		if (close == NULL || !net_is_ipv6(slice_span(s.p + 1, close)))
			return false;
		s = slice_span(close + 1, s.p + s.n);
		if (s.n > 0 && s.p[0] != ':')
			return false;
	}
	colon = s.n == 0 ? NULL : memchr(s.p, ':', s.n);
	if (colon != NULL) {
		struct slice port = slice_span(colon + 1, s.p + s.n);

		format_take_run(&port);
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
				(!format_digit(s.p[i]) &&
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

bool
net_is_uri(struct slice s)
{
	return is_reference(s, true);
}

bool
net_is_uri_reference(struct slice s)
{
	return is_reference(s, false);
}
