#include "base/pattern_opening.h"

#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

#define ANY   0x81u /* of a class that is not spelled out */
#define MOST  1024  /* openings of a pattern */
#define RANGE 64    /* characters of a range in a class */
#define DEPTH 250   /* groups in groups, as many as PCRE takes */

#define LONG_S 0x17F  /* of another case: s, S */
#define KELVIN 0x212A /* k, K */

/* In order.  While a pattern is read 0 stands for what is not there yet. */
struct openings {
	uint64_t *list;
	size_t n, room;
};

struct reader {
	const char *p, *end;
	unsigned depth;
	bool caseless;
	bool lost; /* something was met that is not read here */
};

/* --- openings ------------------------------------------------------------ */

static void
add(struct reader *r, struct openings *o, uint64_t one)
{
	size_t low = 0, high = o->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (o->list[mid] < one)
			low = mid + 1;
		else
			high = mid;
	}
	if (low < o->n && o->list[low] == one)
		return;
	if (o->n == MOST) {
		r->lost = true;
		return;
	}
	o->list = mem_room(o->list, o->n, &o->room, sizeof(*o->list));
	memmove(o->list + low + 1, o->list + low,
	    (o->n++ - low) * sizeof(*o->list));
	o->list[low] = one;
}

static void
add_all(struct reader *r, struct openings *o, const struct openings *more)
{
	for (size_t i = 0; i < more->n; i++)
		add(r, o, more->list[i]);
}

static void
add_key(struct reader *r, struct openings *o, uint32_t key)
{
	add(r, o, key << 16);
}

static void
add_char(struct reader *r, struct openings *o, uint32_t c)
{
	bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

	add_key(r, o, opening_key(c));
	if (r->caseless && letter) {
		add_key(r, o, opening_key(c ^ 0x20));
		add_key(r, o, OPENING_OTHER); /* K is also the kelvin's sign */
	} else if (r->caseless && (c == LONG_S || c == KELVIN)) {
		add_key(r, o, c == KELVIN ? 'k' : 's');
		add_key(r, o, c == KELVIN ? 'K' : 'S');
	}
}

static void
add_nothing(struct reader *r, struct openings *o)
{
	add(r, o, 0);
}

#define BEFORE (UINT64_MAX << 32)

static uint32_t
first_of(uint64_t one)
{
	return (uint32_t)one >> 16;
}

/* What begins with one of a and goes on with one of b. */
static void
join(struct reader *r, struct openings *a, const struct openings *b)
{
	struct openings out = { 0 };

	for (size_t i = 0; i < a->n; i++) {
		uint64_t one = a->list[i];

		if ((one & 0xFFFF) != 0)
			add(r, &out, one);
		for (size_t k = 0; k < b->n && (one & 0xFFFF) == 0; k++)
			add(r, &out,
			    first_of(one) != 0 ? one | first_of(b->list[k])
				: one == 0     ? b->list[k]
					       : one | (b->list[k] & ~BEFORE));
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
		for (uint32_t digit = '0'; digit <= '9'; digit++)
			add_key(r, o, digit);
		add_key(r, o, OPENING_OTHER);
	} else if (c == 'n' || c == 't' || c == 'r') {
		add_char(r, o, c == 'n' ? '\n' : c == 't' ? '\t' : '\r');
	} else if (strchr("wWsSDhHvVN", c) != NULL) {
		add_key(r, o, ANY);
	} else if (strchr("bBAzZ", c) != NULL) {
		add_nothing(r, o);
	} else if ((unsigned char)c < 0x80 && (c < '0' || c > '9') &&
	    ((c | 0x20) < 'a' || (c | 0x20) > 'z')) {
		add_key(r, o, (uint32_t)c);
	} else {
		r->lost = true;
	}
}

static void
range(struct reader *r, struct openings *o, uint32_t from, uint32_t to)
{
	if (from == OPENING_HAN_FROM && to == OPENING_HAN_TO)
		add_key(r, o, OPENING_HAN);
	else if (to - from > RANGE)
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
			if (takes(r, "b")) /* a backspace here */
				add_char(r, &members, '\b');
			else if (r->p < r->end)
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
	else
		add_all(r, o, &members);
	mem_free(members.list);
}

static void alternatives(struct reader *, struct openings *);
static void atom(struct reader *, struct openings *);

/*
 * What a look behind tells of the last character before its place, with no
 * step ahead: nothing, if it is no plain row of characters and classes, or
 * denies more than that ideographs are there.
 */
static void
look_behind(const struct reader *r, bool denies, struct openings *o)
{
	struct reader ahead = *r;
	struct openings last = { 0 };
	size_t n = 0;
	bool plain = true, han = false;

	for (; plain && ahead.p < ahead.end && *ahead.p != ')'; n++) {
		plain = strchr("(|?*+{", *ahead.p) == NULL;
		last.n = 0;
		if (plain)
			atom(&ahead, &last);
	}
	for (size_t i = 0; i < last.n; i++) {
		uint32_t key = first_of(last.list[i]);

		han |= key == OPENING_HAN;
		plain &= key != 0 && key != ANY;
	}
	plain &= n > 0 && !ahead.lost && (denies ? han && n == 1 : !han);
	for (size_t i = 0; plain && !denies && i < last.n; i++)
		add(&ahead, o, (uint64_t)first_of(last.list[i]) << 32);
	if (plain && denies)
		add(&ahead, o, (uint64_t)OPENING_NO_HAN << 32);
	if (!plain || ahead.lost)
		o->n = 0;
	mem_free(last.list);
}

/* Behind the bracket that opens it. */
static void
group(struct reader *r, struct openings *o)
{
	enum { BEHIND = 2 };
	static const char *const looks[] = { "?=", "?!", "?<=", "?<!", NULL };
	bool caseless = r->caseless, looking = false;
	struct openings inner = { 0 }, told = { 0 };

	/* "(?&name)": a group called from elsewhere may begin with anything. */
	if (takes(r, "?&")) {
		skip_behind(r, ')');
		add_key(r, o, ANY);
		add_nothing(r, o);
		return;
	}
	for (size_t i = 0; looks[i] != NULL && !looking; i++)
		if ((looking = takes(r, looks[i])) && i >= BEHIND)
			look_behind(r, i > BEHIND, &told);
	if (!looking && takes(r, "?i:"))
		r->caseless = true;
	else if (!looking && takes(r, "?<"))
		skip_behind(r, '>');
	else if (!looking && !takes(r, "?:") && !takes(r, "?|") &&
	    !takes(r, "?>") && r->p < r->end && (*r->p == '?' || *r->p == '*'))
		r->lost = true;
	if (++r->depth > DEPTH)
		r->lost = true;
	else
		alternatives(r, &inner);
	r->depth--;
	r->lost |= !takes(r, ")");
	r->caseless = caseless;
	if (looking && told.n == 0)
		add_nothing(r, o);
	else
		add_all(r, o, looking ? &told : &inner);
	mem_free(inner.list);
	mem_free(told.list);
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

		add_all(r, &again, o);
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
		add_all(r, o, &one);
		mem_free(one.list);
	} while (takes(r, "|"));
}

/* What may come second, whatever it is, is 0; false where anything may first. */
static bool
settle(struct openings *o)
{
	for (size_t i = 0; i < o->n; i++) {
		uint32_t first = first_of(o->list[i]);
		uint32_t second = o->list[i] & 0xFFFF;

		if (first == 0 || first == ANY ||
		    (first == OPENING_HAN && (o->list[i] & BEFORE) == 0))
			return false;
		if (second == ANY || second == OPENING_HAN)
			o->list[i] &= ~(uint64_t)0xFFFF;
	}
	return true;
}

uint64_t *
opening_read(struct slice pattern, size_t *n)
{
	struct reader r = { .p = pattern.p, .end = pattern.p + pattern.n };
	struct openings o = { 0 };

	alternatives(&r, &o);
	if (r.lost || r.p < r.end || !settle(&o)) {
		mem_free(o.list);
		return NULL;
	}
	*n = o.n;
	return o.list;
}
