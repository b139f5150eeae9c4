/*
 * slice - a run of bytes that belongs to somebody else.
 */
#ifndef BASE_SLICE_H
#define BASE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct slice {
	const char	*p;	/* no NUL behind it; NULL only for "none" */
	size_t		 n;
};

#define SLICE(literal)	((struct slice){ literal, sizeof(literal) - 1 })

static inline struct slice
slice_of(const char *s)
{
	return (struct slice){ s, s == NULL ? 0 : strlen(s) };
}

static inline struct slice
slice_span(const char *from, const char *to)
{
	return (struct slice){ from, (size_t)(to - from) };
}

static inline bool
slice_eq(struct slice a, struct slice b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

static inline bool
slice_is(struct slice a, const char *s)
{
	return (a.n == 0 || a.p[0] == s[0]) && slice_eq(a, slice_of(s));
}

/* Most do not, and say so within a byte or two: for less than a call. */
static inline bool
slice_starts(struct slice a, const char *s)
{
	for (size_t i = 0; s[i] != '\0'; i++)
		if (i == a.n || a.p[i] != s[i])
			return false;
	return true;
}

/*
 * A fixed list of words whose lengths are known: SPELT("a"), SPELT("bc"),
 * SPELT_END.  Most do not stand where they are asked for; the last byte of
 * Chinese characters says so sooner than the first.
 */
#define SPELT(literal)	{ literal, sizeof(literal) - 1 }
#define SPELT_END	{ NULL, 0 }

/* The length of the first of the words that the n bytes at p end in, or 0. */
static inline size_t
slice_ends_in(const char *p, size_t n, const struct slice *words)
{
	for (; words->n > 0; words++)
		if (words->n <= n && p[n - 1] == words->p[words->n - 1] &&
		    memcmp(p + n - words->n, words->p, words->n) == 0)
			return words->n;
	return 0;
}

/* Bytewise order, a prefix first. */
int		slice_cmp(struct slice, struct slice);
/* Without blanks (space, tab, CR, LF, U+3000, U+00A0, U+FEFF) at both ends. */
struct slice	slice_trim(struct slice);
/* Where needle begins in s, or NULL; an empty needle is at the start. */
const char	*slice_find(struct slice s, struct slice needle);
/*
 * Cuts the next part off *rest at the byte sep and says whether there was one:
 * "a|b" gives "a", "b", then false.  An empty rest (n 0) gives nothing.
 */
bool		slice_next(struct slice *rest, char sep, struct slice *part);
/* Whole decimal number without sign; false for anything else or overflow. */
bool		slice_number(struct slice, unsigned long long *);

/*
 * The name of the list (NULL ends it) nearest to a mistyped one, or NULL
 * where none is near enough to be meant.
 */
const char	*slice_suggest(struct slice, const char *const *names);

/* Of two versions, in natural order: 10.0 is behind 9.1. */
bool		slice_is_older_version(struct slice, struct slice);

#endif
