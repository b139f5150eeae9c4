#include "base/pattern_start.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

/*
 * Characters are told apart as far as ASCII and the Chinese ones go; all others
 * are one, as are all of a class that is not spelled out.
 */
enum { OTHER = 0x80, ANY };

#define MOST  1024 /* openings of a pattern */
#define RANGE 64   /* characters of a range in a class */
#define SIEVE 4096 /* bits */

struct opening {
	uint16_t c[2];
	uint8_t n;
};

struct openings {
	struct opening *list;
	size_t n, room;
};

struct reader {
	const char *p, *end;
	bool caseless;
	bool lost; /* something was met that is not read here */
};

struct pattern_start {
	uint64_t first[SIEVE / 64]; /* by the first character: there is some */
	uint64_t alone[SIEVE / 64]; /* whatever the second is */
	uint64_t pairs[SIEVE / 64];
};

/* --- openings ------------------------------------------------------------ */

static uint16_t
key_of(uint32_t c)
{
	return (uint16_t)(c < 0x80 || (c >= 0x3000 && c < 0xA000) ? c : OTHER);
}

static void
add(struct reader *r, struct openings *o, struct opening one)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->list[i].n == one.n &&
		    memcmp(o->list[i].c, one.c, sizeof(one.c)) == 0)
			return;
	if (o->n == MOST) {
		r->lost = true;
		return;
	}
	o->list = mem_room(o->list, o->n, &o->room, sizeof(*o->list));
	o->list[o->n++] = one;
}

static void
add_key(struct reader *r, struct openings *o, uint16_t key)
{
	add(r, o, (struct opening){ .c = { key }, .n = 1 });
}

static void
add_char(struct reader *r, struct openings *o, uint32_t c)
{
	bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

	add_key(r, o, key_of(c));
	if (r->caseless && letter) {
		add_key(r, o, key_of(c ^ 0x20));
		add_key(r, o, OTHER); /* K is also the sign of kelvin */
	}
}

static void
add_nothing(struct reader *r, struct openings *o)
{
	add(r, o, (struct opening){ .n = 0 });
}

/* What begins with one of a and goes on with one of b; b may be a. */
static void
join(struct reader *r, struct openings *a, const struct openings *b)
{
	struct openings out = { 0 };

	for (size_t i = 0; i < a->n; i++) {
		struct opening one = a->list[i];

		if (one.n == 2) {
			add(r, &out, one);
			continue;
		}
		for (size_t k = 0; k < b->n; k++) {
			struct opening more = b->list[k], both = one;

			for (unsigned j = 0; j < more.n && both.n < 2; j++)
				both.c[both.n++] = more.c[j];
			add(r, &out, both);
		}
	}
	mem_free(a->list);
	*a = out;
}

/* --- the pattern --------------------------------------------------------- */

static bool
takes(struct reader *r, const char *word)
{
	size_t n = strlen(word);

	if ((size_t)(r->end - r->p) < n || memcmp(r->p, word, n) != 0)
		return false;
	r->p += n;
	return true;
}

static void
skip_behind(struct reader *r, char c)
{
	const char *at = memchr(r->p, c, (size_t)(r->end - r->p));

	r->lost |= at == NULL;
	r->p = at == NULL ? r->end : at + 1;
}

/* The character of an escape, behind its stroke; ANY, or 0: of no width. */
static void
escape(struct reader *r, struct openings *o)
{
	char c = *r->p;

	if ((c | 0x20) == 'p') {
		r->p++;
		if (takes(r, "{"))
			skip_behind(r, '}');
		else
			utf8_next(&r->p, r->end);
		add_key(r, o, ANY);
		return;
	}
	r->p++;
	if (c == 'd') {
		for (uint16_t digit = '0'; digit <= '9'; digit++)
			add_key(r, o, digit);
		add_key(r, o, OTHER);
	} else if (c == 'n' || c == 't' || c == 'r') {
		add_key(r, o, c == 'n' ? '\n' : c == 't' ? '\t' : '\r');
	} else if (strchr("wWsSDhHvVN", c) != NULL) {
		add_key(r, o, ANY);
	} else if (strchr("bBAzZ", c) != NULL) {
		add_nothing(r, o);
	} else if ((unsigned char)c < 0x80 && (c < '0' || c > '9') &&
	    ((c | 0x20) < 'a' || (c | 0x20) > 'z')) {
		add_key(r, o, (uint16_t)c);
	} else {
		r->lost = true;
	}
}

static void
range(struct reader *r, struct openings *o, uint32_t from, uint32_t to)
{
	if (to - from > RANGE)
		add_key(r, o, ANY);
	else
		for (uint32_t c = from; c <= to; c++)
			add_char(r, o, c);
}

/* Behind the bracket that opens it. */
static void class(struct reader *r, struct openings *o)
{
	bool others = takes(r, "^"), begun = false;
	struct openings members = { 0 };

	while (r->p < r->end && (*r->p != ']' || !begun) && !r->lost) {
		uint32_t c;

		begun = true;
		if (takes(r, "\\")) {
			if (r->p < r->end)
				escape(r, &members);
			/* A range from an escape is not read. */
			r->lost |= r->p < r->end && *r->p == '-';
			continue;
		}
		c = utf8_next(&r->p, r->end);
		r->lost |=
		    c == '[' && r->p < r->end && strchr(":.=", *r->p) != NULL;
		if (r->end - r->p > 1 && r->p[0] == '-' && r->p[1] != ']') {
			r->p++;
			r->lost |= *r->p == '\\';
			range(r, &members, c, utf8_next(&r->p, r->end));
		} else {
			add_char(r, &members, c);
		}
	}
	r->lost |= !takes(r, "]");
	if (others)
		add_key(r, o, ANY);
	for (size_t i = 0; !others && i < members.n; i++)
		add(r, o, members.list[i]);
	mem_free(members.list);
}

static void alternatives(struct reader *, struct openings *);

/* Behind the bracket that opens it. */
static void
group(struct reader *r, struct openings *o)
{
	static const char *const looks[] = { "?=", "?!", "?<=", "?<!", NULL };
	bool caseless = r->caseless, looking = false;
	struct openings inner = { 0 };

	for (size_t i = 0; looks[i] != NULL && !looking; i++)
		looking = takes(r, looks[i]);
	if (!looking && takes(r, "?i:"))
		r->caseless = true;
	else if (!looking && takes(r, "?<"))
		skip_behind(r, '>');
	else if (!looking && !takes(r, "?:") && !takes(r, "?|") &&
	    !takes(r, "?>") && r->p < r->end && (*r->p == '?' || *r->p == '*'))
		r->lost = true;
	alternatives(r, &inner);
	r->lost |= !takes(r, ")");
	r->caseless = caseless;
	if (looking)
		add_nothing(r, o);
	for (size_t i = 0; !looking && i < inner.n; i++)
		add(r, o, inner.list[i]);
	mem_free(inner.list);
}

static void
atom(struct reader *r, struct openings *o)
{
	if (takes(r, "(")) {
		group(r, o);
	} else if (takes(r, "[")) {
		class(r, o);
	} else if (takes(r, ".")) {
		add_key(r, o, ANY);
	} else if (takes(r, "^") || takes(r, "$")) {
		add_nothing(r, o);
	} else if (takes(r, "\\")) {
		if (r->p < r->end)
			escape(r, o);
	} else {
		add_char(r, o, utf8_next(&r->p, r->end));
	}
}

/* "{2,5}" and its like: the least; false where it is no such thing. */
static bool
bounds(struct reader *r, unsigned *least)
{
	const char *p = r->p;

	if (p == r->end || *p++ != '{')
		return false;
	for (*least = 0; p < r->end && *p >= '0' && *p <= '9'; p++)
		*least = *least < 9 ? *least + (unsigned)(*p - '0') : 9;
	if (p == r->p + 1 && p < r->end && *p == ',')
		r->lost = true;
	if (p == r->p + 1)
		return false;
	while (p < r->end && (*p == ',' || (*p >= '0' && *p <= '9')))
		p++;
	if (p == r->end || *p != '}')
		return false;
	r->p = p + 1;
	return true;
}

/* How often an atom stands: none may be left out, and more may follow. */
static void
quantified(struct reader *r, struct openings *o)
{
	unsigned least = 1;
	bool more;

	if (takes(r, "?"))
		least = more = false;
	else if (takes(r, "*"))
		least = 0, more = true;
	else if (!(more = takes(r, "+") || bounds(r, &least)))
		return;
	if (!takes(r, "?"))
		takes(r, "+");
	if (more) {
		struct openings again = { 0 };

		for (size_t i = 0; i < o->n; i++)
			add(r, &again, o->list[i]);
		add_nothing(r, &again);
		join(r, o, &again);
		mem_free(again.list);
	}
	if (least == 0)
		add_nothing(r, o);
}

static void
sequence(struct reader *r, struct openings *o)
{
	add_nothing(r, o);
	while (r->p < r->end && *r->p != '|' && *r->p != ')' && !r->lost) {
		struct openings next = { 0 };

		atom(r, &next);
		quantified(r, &next);
		join(r, o, &next);
		mem_free(next.list);
	}
}

static void
alternatives(struct reader *r, struct openings *o)
{
	do {
		struct openings one = { 0 };

		sequence(r, &one);
		for (size_t i = 0; i < one.n; i++)
			add(r, o, one.list[i]);
		mem_free(one.list);
	} while (takes(r, "|"));
}

/* --- the sieve ----------------------------------------------------------- */

static void
set(uint64_t *sieve, uint32_t i)
{
	sieve[i % SIEVE / 64] |= (uint64_t)1 << i % 64;
}

static bool
is_set(const uint64_t *sieve, uint32_t i)
{
	return sieve[i % SIEVE / 64] >> i % 64 & 1;
}

static uint32_t
pair(uint16_t a, uint16_t b)
{
	return a * 37u + b;
}

/* False where a match can begin with anything. */
static bool
fill(struct pattern_start *s, const struct openings *o)
{
	for (size_t i = 0; i < o->n; i++) {
		const struct opening *one = &o->list[i];

		if (one->n == 0 || one->c[0] == ANY)
			return false;
		set(s->first, one->c[0]);
		if (one->n == 1 || one->c[1] == ANY)
			set(s->alone, one->c[0]);
		else
			set(s->pairs, pair(one->c[0], one->c[1]));
	}
	return true;
}

struct pattern_start *
pattern_start_new(struct slice pattern, bool caseless)
{
	struct reader r = { pattern.p, pattern.p + pattern.n, caseless, false };
	struct pattern_start *s = mem_zalloc(sizeof(*s));
	struct openings o = { 0 };

	alternatives(&r, &o);
	if (r.lost || r.p < r.end || !fill(s, &o)) {
		pattern_start_free(s);
		s = NULL;
	}
	mem_free(o.list);
	return s;
}

void
pattern_start_free(struct pattern_start *s)
{
	mem_free(s);
}

/* The character at a place and its length; 0 where none begins there. */
static uint16_t
key_at(struct slice s, size_t at, size_t *n)
{
	const char *p = s.p + at;
	unsigned char c = (unsigned char)*p;

	*n = 1;
	if (c < 0x80)
		return c;
	if (c >= 0xE3 && c <= 0xE9 && s.n - at >= 3 && (p[1] & 0xC0) == 0x80 &&
	    (p[2] & 0xC0) == 0x80) {
		*n = 3;
		return (uint16_t)(c << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F));
	}
	utf8_next(&p, s.p + s.n);
	*n = (size_t)(p - (s.p + at));
	return OTHER;
}

size_t
pattern_start_next(const struct pattern_start *p, struct slice s, size_t from)
{
	while (from < s.n) {
		size_t n, more;
		uint16_t c = key_at(s, from, &n);

		if (is_set(p->first, c) &&
		    (is_set(p->alone, c) ||
			(from + n < s.n &&
			    is_set(p->pairs,
				pair(c, key_at(s, from + n, &more))))))
			return from;
		from += n;
	}
	return s.n;
}
