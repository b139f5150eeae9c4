#include "base/brace.h"

/* A brace and what it holds; `from` is NULL where the word has none. */
struct brace {
	const char *from, *to; /* of the signs, the second one behind */
	struct slice inside;
};

static struct brace
next_brace(struct slice s)
{
	const char *end = s.p + s.n;

	for (const char *p = s.p; p < end; p++) {
		const char *close;
		struct slice inside;

		if (*p != '{')
			continue;
		close = memchr(p, '}', (size_t)(end - p));
		if (close == NULL)
			break;
		inside = slice_span(p + 1, close);
		if (memchr(inside.p, ',', inside.n) != NULL &&
		    memchr(inside.p, '{', inside.n) == NULL)
			return (struct brace){ p, close + 1, inside };
	}
	return (struct brace){ 0 };
}

/* One alternative more than it has commas. */
static size_t
alternatives(struct slice inside)
{
	size_t n = 1;

	for (size_t i = 0; i < inside.n; i++)
		n += inside.p[i] == ',';
	return n;
}

static size_t
count(struct slice s)
{
	size_t n = 1;

	for (struct brace b = next_brace(s); b.from != NULL;
	     b = next_brace(s)) {
		n *= alternatives(b.inside);
		if (n > BRACE_MOST)
			return 0;
		s = slice_span(b.to, s.p + s.n);
	}
	return n;
}

/* The alternative number i, counted from 0. */
static struct slice
alternative(struct slice inside, size_t i)
{
	const char *from = inside.p, *end = inside.p + inside.n, *to;

	while (
	    (to = memchr(from, ',', (size_t)(end - from))) != NULL && i-- > 0)
		from = to + 1;
	return slice_span(from, to == NULL ? end : to);
}

/* Word number i of n: the last brace turns fastest, as digits do. */
static struct slice
word(struct slice s, size_t i, size_t n, struct arena *arena)
{
	char *out = arena_alloc(arena, s.n);
	size_t length = 0;

	for (;;) {
		struct brace b = next_brace(s);
		size_t before = b.from == NULL ? s.n : (size_t)(b.from - s.p);
		struct slice one;

		memcpy(out + length, s.p, before);
		length += before;
		if (b.from == NULL)
			return (struct slice){ out, length };
		n /= alternatives(b.inside);
		one = alternative(b.inside, i / n);
		i %= n;
		memcpy(out + length, one.p, one.n);
		length += one.n;
		s = slice_span(b.to, s.p + s.n);
	}
}

struct slice *
brace_expand(struct slice s, struct arena *arena, size_t *n)
{
	struct slice *list;

	*n = memchr(s.p, '{', s.n) == NULL ? 1 : count(s);
	if (*n == 0)
		return NULL;
	list = arena_alloc(arena, *n * sizeof(*list));
	for (size_t i = 0; i < *n; i++)
		list[i] = *n == 1 ? s : word(s, i, *n, arena);
	return list;
}

struct slice
brace_first(struct slice s, size_t i, size_t n)
{
	struct brace b = next_brace(s);
	size_t count = b.from == NULL ? 0 : alternatives(b.inside);

	return count == 0 || n < count ? SLICE("")
				       : alternative(b.inside, i / (n / count));
}
