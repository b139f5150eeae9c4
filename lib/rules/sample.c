/*
 *	any:     chain { '|' chain }
 *	chain:   { piece }
 *	piece:   atom [ '?' | '*' | '+' | '{' N [ ',' [ N ] ] '}' ] [ '?' | '+' ]
 *	atom:    '(' [ '?:' ] any ')' | '[' class ']' | '.' | '^' | '$'
 *	         | '\' escape | character
 *
 * A piece writes its text at once; where it is repeated, what it wrote is
 * copied, and where it may be left out, taken back.
 */
#include "rules/sample.h"

#include <ctype.h>

#include "base/utf8.h"

#define MOST_REPEATS 1000
#define MOST_DEPTH   50

struct sampler {
	const char *p, *end;
	unsigned variant, depth;
	struct buf *to;
};

static bool any(struct sampler *, bool write);

static bool
next_is(struct sampler *s, const char *what)
{
	size_t n = strlen(what);

	if ((size_t)(s->end - s->p) < n || memcmp(s->p, what, n) != 0)
		return false;
	s->p += n;
	return true;
}

/* A sign of the class that an escape names; 0 for one that is none. */
static char
sign_of_class(char c)
{
	switch (c) {
	case 'd':
		return '1';
	case 'w':
	case 'D':
	case 'S':
	case 'N':
		return 'a';
	case 's':
	case 'h':
	case 'W':
		return ' ';
	default:
		return 0;
	}
}

/* One character behind a backslash, inside a class or outside. */
static bool
escape(struct sampler *s, uint32_t *code)
{
	char c;

	if (s->p == s->end)
		return false;
	c = *s->p;
	if (sign_of_class(c) != 0) {
		*code = (uint32_t)sign_of_class(c);
	} else if (c == 't' || c == 'n' || c == 'r') {
		*code = c == 't' ? '\t' : c == 'n' ? '\n' : '\r';
	} else if (isalnum((unsigned char)c)) {
		return false; /* a reference, a property, a byte */
	} else {
		*code = utf8_next(&s->p, s->end);
		return true;
	}
	s->p++;
	return true;
}

static bool
is_in(const uint32_t (*ranges)[2], size_t n, uint32_t code)
{
	for (size_t i = 0; i < n; i++)
		if (code >= ranges[i][0] && code <= ranges[i][1])
			return true;
	return false;
}

/* Behind the bracket: a character of the class. */
static bool class(struct sampler *s, uint32_t *code)
{
	static const char others[] = "a1 -Z中~";
	uint32_t ranges[64][2];
	bool negative = next_is(s, "^");
	const char *p = others, *end = others + sizeof(others) - 1;
	size_t n = 0;

	do {
		uint32_t from, to;

		if (s->p == s->end || n == 64 || next_is(s, "[:"))
			return false;
		if (next_is(s, "\\")) {
			bool whole = s->p < s->end && sign_of_class(*s->p) != 0;

			if ((whole && negative) || !escape(s, &from))
				return false;
		} else {
			from = utf8_next(&s->p, s->end);
		}
		to = from;
		if (s->end - s->p > 1 && s->p[0] == '-' && s->p[1] != ']') {
			s->p++;
			to = utf8_next(&s->p, s->end);
			if (to == '\\')
				return false;
		}
		ranges[n][0] = from;
		ranges[n++][1] = to;
	} while (!next_is(s, "]"));
	if (!negative) {
		*code = ranges[s->variant % n][0];
		return true;
	}
	while (p < end) {
		*code = utf8_next(&p, end);
		if (!is_in((const uint32_t(*)[2])ranges, n, *code))
			return true;
	}
	return false;
}

static bool
atom(struct sampler *s, bool write)
{
	char text[4];
	uint32_t code;

	if (next_is(s, "^") || next_is(s, "$") || next_is(s, "\\A") ||
	    next_is(s, "\\z") || next_is(s, "\\b"))
		return true;
	if (next_is(s, "(")) {
		if (!next_is(s, "?:") && s->p < s->end &&
		    (*s->p == '?' || *s->p == '*'))
			return false;
		return any(s, write) && next_is(s, ")");
	}
	if (next_is(s, "[")) {
		if (!class(s, &code))
			return false;
	} else if (next_is(s, ".")) {
		code = 'a';
	} else if (next_is(s, "\\")) {
		if (!escape(s, &code))
			return false;
	} else {
		code = utf8_next(&s->p, s->end);
	}
	if (write)
		buf_add(s->to, text, utf8_put(text, code));
	return true;
}

static bool
number(struct sampler *s, size_t *n)
{
	const char *from = s->p;

	for (*n = 0; s->p < s->end && isdigit((unsigned char)*s->p); s->p++)
		*n = *n * 10 + (size_t)(*s->p - '0');
	return s->p > from && s->p - from < 5 && *n <= MOST_REPEATS;
}

/* How often, where that is said; false for what is no count. */
static bool
repeats(struct sampler *s, size_t *least, size_t *most)
{
	const char *from = s->p;

	*least = *most = 1;
	if (next_is(s, "?")) {
		*least = 0;
	} else if (next_is(s, "*")) {
		*least = 0;
		*most = 2;
	} else if (next_is(s, "+")) {
		*most = 2;
	} else if (next_is(s, "{")) {
		if (!number(s, least))
			return false;
		*most = *least;
		if (next_is(s, ",") && !number(s, most))
			*most = *least + 1;
		if (!next_is(s, "}") || *most < *least)
			return false;
	}
	if (s->p > from && !next_is(s, "?"))
		next_is(s, "+");
	return true;
}

static bool
piece(struct sampler *s, bool write)
{
	size_t from = s->to->n, length, least, most, times;

	if (!atom(s, write) || !repeats(s, &least, &most))
		return false;
	times = s->variant % 2 == 0 ? least : most;
	length = s->to->n - from;
	if (!write)
		return true;
	if (times == 0)
		s->to->n = from;
	if (length * times > 4 * MOST_REPEATS)
		return false;
	while (times-- > 1) {
		buf_room(s->to, length); /* the text stays in its place */
		buf_add(s->to, s->to->p + from, length);
	}
	return true;
}

/* The alternatives up to the chosen one are written, each over the last. */
static bool
any(struct sampler *s, bool write)
{
	size_t from = s->to->n, n = 0;

	if (++s->depth > MOST_DEPTH)
		return false;
	while (s->p < s->end && *s->p != ')')
		if (next_is(s, "|")) {
			write = write && ++n <= s->variant / 2;
			if (write)
				s->to->n = from;
		} else if (!piece(s, write)) {
			return false;
		}
	s->depth--;
	return true;
}

bool
sample_of(struct slice pattern, unsigned variant, struct buf *to)
{
	struct sampler s = { .p = pattern.p,
		.end = pattern.p + pattern.n,
		.variant = variant,
		.to = to };

	buf_reset(to);
	return any(&s, true) && s.p == s.end;
}
