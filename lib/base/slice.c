#include "base/slice.h"

#include <limits.h>

#define SUGGEST_MAX 40

int
slice_cmp(struct slice a, struct slice b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (order != 0)
		return order;
	return (a.n > b.n) - (a.n < b.n);
}

/* The length of the blank at p, or 0. */
static size_t
blank(const char *p, size_t n)
{
	if (n >= 1 && (*p == ' ' || (*p >= '\t' && *p <= '\r')))
		return 1;
	if (n >= 2 && memcmp(p, "\xC2\xA0", 2) == 0)
		return 2;
	if (n >= 3 &&
	    (memcmp(p, "\xE3\x80\x80", 3) == 0 ||
		memcmp(p, "\xEF\xBB\xBF", 3) == 0))
		return 3;
	return 0;
}

/* A blank that ends at end, or 0. */
static size_t
blank_before(const char *end, size_t n)
{
	for (size_t length = 1; length <= 3 && length <= n; length++)
		if (blank(end - length, length) == length)
			return length;
	return 0;
}

/* Whether a blank can begin or end with this byte; for most there is none. */
static bool
may_begin(char c)
{
	return (unsigned char)c <= ' ' || c == '\xC2' || c == '\xE3' ||
	    c == '\xEF';
}

static bool
may_end(char c)
{
	return (unsigned char)c <= ' ' || c == '\xA0' || c == '\x80' ||
	    c == '\xBF';
}

struct slice
slice_trim(struct slice s)
{
	size_t n;

	while (s.n > 0 && may_begin(*s.p) && (n = blank(s.p, s.n)) > 0) {
		s.p += n;
		s.n -= n;
	}
	while (s.n > 0 && may_end(s.p[s.n - 1]) &&
	    (n = blank_before(s.p + s.n, s.n)) > 0)
		s.n -= n;
	return s;
}

/* Looks for the last byte: Chinese characters share six first ones. */
const char *
slice_find(struct slice s, struct slice needle)
{
	const char *p, *end;
	size_t last;

	if (needle.n == 0 || s.n < needle.n)
		return needle.n == 0 ? s.p : NULL;
	end = s.p + s.n;
	last = needle.n - 1;
	for (p = s.p + last;
	     (p = memchr(p, needle.p[last], (size_t)(end - p))) != NULL; p++)
		if (memcmp(p - last, needle.p, last) == 0)
			return p - last;
	return NULL;
}

bool
slice_next(struct slice *rest, char sep, struct slice *part)
{
	const char *at;

	if (rest->n == 0)
		return false;
	at = memchr(rest->p, sep, rest->n);
	if (at == NULL) {
		*part = *rest;
		*rest = (struct slice){ rest->p + rest->n, 0 };
	} else {
		*part = slice_span(rest->p, at);
		*rest = slice_span(at + 1, rest->p + rest->n);
	}
	return true;
}

bool
slice_number(struct slice s, unsigned long long *out)
{
	unsigned long long n = 0;

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned digit = (unsigned char)s.p[i] - '0';

		if (digit > 9 || n > (ULLONG_MAX - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = n;
	return true;
}

/* Levenshtein's distance by one row; a swap of neighbours counts as two. */
static unsigned
distance(struct slice a, struct slice b)
{
	unsigned row[SUGGEST_MAX + 1];

	for (unsigned j = 0; j <= b.n; j++)
		row[j] = j;
	for (size_t i = 0; i < a.n; i++) {
		unsigned corner = row[0];

		row[0] = (unsigned)i + 1;
		for (size_t j = 0; j < b.n; j++) {
			unsigned best = corner + (a.p[i] != b.p[j]);

			corner = row[j + 1];
			if (corner + 1 < best)
				best = corner + 1;
			if (row[j] + 1 < best)
				best = row[j] + 1;
			row[j + 1] = best;
		}
	}
	return row[b.n];
}

const char *
slice_suggest(struct slice word, const char *const *names)
{
	const char *found = NULL;
	unsigned best = UINT_MAX;

	if (word.n > SUGGEST_MAX)
		return NULL;
	for (; *names != NULL; names++) {
		struct slice name = slice_of(*names);
		unsigned d;

		if (name.n > SUGGEST_MAX)
			continue;
		d = distance(word, name);
		if (d < best && d <= 1 + name.n / 3) {
			best = d;
			found = *names;
		}
	}
	return found;
}

bool
slice_is_older_version(struct slice a, struct slice b)
{
	while (a.n > 0 && b.n > 0) {
		struct slice x, y;
		unsigned long long n, m;

		slice_next(&a, '.', &x);
		slice_next(&b, '.', &y);
		if (slice_number(x, &n) && slice_number(y, &m)) {
			if (n != m)
				return n < m;
		} else if (!slice_eq(x, y)) {
			return slice_cmp(x, y) < 0;
		}
	}
	return a.n < b.n;
}
