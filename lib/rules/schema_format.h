/*
 * schema_format - the formats of JSON Schema, by their RFCs; between
 * schema_format.c and schema_format_net.c.
 */
#ifndef RULES_SCHEMA_FORMAT_H
#define RULES_SCHEMA_FORMAT_H

#include <stdbool.h>

#include "base/slice.h"

bool	net_is_hostname(struct slice);		/* RFC 1123 */
bool	net_is_ipv4(struct slice);
bool	net_is_ipv6(struct slice);		/* RFC 4291 */
bool	net_is_email(struct slice);		/* RFC 5321 */
bool	net_is_uri(struct slice);		/* RFC 3986 */
bool	net_is_uri_reference(struct slice);

static inline bool
format_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool
format_hex(char c)
{
	return format_digit(c) || (c >= 'a' && c <= 'f') ||
	    (c >= 'A' && c <= 'F');
}

/* The sign off the front. */
static inline bool
format_take(struct slice *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	s->p++;
	s->n--;
	return true;
}

/* Digits off the front; how many. */
static inline size_t
format_take_run(struct slice *s)
{
	size_t n = 0;

	while (s->n > 0 && format_digit(s->p[0])) {
		s->p++;
		s->n--;
		n++;
	}
	return n;
}

#endif
