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

/*
 * Openings in order, each before << 32 | first << 16 | second.  While a pattern
 * is read 0 stands for what is not there yet.
 */
struct keys {
	uint64_t *list;
	size_t n, room;
};

struct reader {
	const char *p, *end;
	unsigned depth;
	bool caseless;
	bool lost; /* something was met that is not read here */
	struct before *sets;
	size_t nsets;
};

/* --- openings ------------------------------------------------------------ */

static void
add(struct reader *r, struct keys *o, uint64_t one)
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
add_all(struct reader *r, struct keys *o, const struct keys *more)
{
	for (size_t i = 0; i < more->n; i++)
		add(r, o, more->list[i]);
}

static void
add_key(struct reader *r, struct keys *o, uint32_t key)
{
	add(r, o, key << 16);
}

static void
add_char(struct reader *r, struct keys *o, uint32_t c)
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
add_nothing(struct reader *r, struct keys *o)
{
	add(r, o, 0);
}

#define BEFORE (UINT64_MAX << 32)

static uint32_t
first_of(uint64_t one)
{
	return one >> 16 & 0xFFFF;
}

static bool
is_digit_key(uint32_t key)
{
	return key >= '0' && key <= '9';
}

static void
add_digits(struct reader *r, struct keys *o, uint64_t one, unsigned shift)
{
	for (uint64_t digit = '0'; digit <= '9'; digit++)
		add(r, o, one | digit << shift);
	add(r, o, one | (uint64_t)OPENING_OTHER << shift);
}

/* A first key, which may be that of a run, and the key behind it. */
static void
add_pair(struct reader *r, struct keys *o, uint64_t one, uint32_t second)
{
	if (first_of(one) == OPENING_RUN &&
	    (is_digit_key(second) || second == OPENING_RUN))
		add(r, o, one | ANY);
	else if (second == OPENING_RUN)
		add_digits(r, o, one, 0);
	else
		add(r, o, one | second);
}

/* What begins with one of a and goes on with one of b. */
static void
join(struct reader *r, struct keys *a, const struct keys *b)
{
	struct keys out = { 0 };

	for (size_t i = 0; i < a->n; i++) {
		uint64_t one = a->list[i];

		if ((one & 0xFFFF) != 0)
			add(r, &out, one);
		for (size_t k = 0; k < b->n && (one & 0xFFFF) == 0; k++)
			if (first_of(one) != 0)
				add_pair(r, &out, one, first_of(b->list[k]));
			else
				add(r, &out,
				    one == 0 ? b->list[k]
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
escape(struct reader *r, struct keys *o)
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
		add_digits(r, o, 0, 16);
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
range(struct reader *r, struct keys *o, uint32_t from, uint32_t to)
{
	if (from == OPENING_HAN_FROM && to == OPENING_HAN_TO)
		add_key(r, o, OPENING_HAN);
	else if (to - from > RANGE)
		add_key(r, o, ANY);
	else
		for (uint32_t c = from; c <= to; c++)
			add_char(r, o, c);
}

/* Of a class, behind the bracket that opens it; true: all but these. */
static bool
members(struct reader *r, struct keys *o)
{
	bool others = takes(r, "^"), begun = false;

	while (r->p < r->end && (*r->p != ']' || !begun) && !r->lost) {
		uint32_t c;

		begun = true;
		if (takes(r, "\\")) {
			if (takes(r, "b")) /* a backspace here */
				add_char(r, o, '\b');
			else if (r->p < r->end)
				escape(r, o);
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
			range(r, o, c, utf8_next(&r->p, r->end));
		} else {
			add_char(r, o, c);
		}
	}
	r->lost |= !takes(r, "]");
	return others;
}

static void class(struct reader *r, struct keys *o)
{
	struct keys all = { 0 };

	if (members(r, &all))
		add_key(r, o, ANY);
	else
		add_all(r, o, &all);
	mem_free(all.list);
}

static void alternatives(struct reader *, struct keys *);
static void atom(struct reader *, struct keys *);

/* The last character of a plain row of them and of classes. */
struct last {
	struct keys keys;
	bool others; /* any but these */
	size_t n;    /* characters of the row */
};

static bool
read_row(struct reader *ahead, struct last *last)
{
	while (ahead->p < ahead->end && *ahead->p != ')') {
		last->keys.n = 0;
		last->others = false;
		last->n++;
		if (strchr("(|?*+{", *ahead->p) != NULL)
			return false;
		if (takes(ahead, "["))
			last->others = members(ahead, &last->keys);
		else
			atom(ahead, &last->keys);
	}
	return last->n > 0 && !ahead->lost;
}

/* Only what is one key alone can be told not to stand there. */
static void
exclude(const struct keys *keys, struct before *set)
{
	for (size_t i = 0; i < keys->n; i++) {
		uint32_t key = first_of(keys->list[i]);

		if (key < 0x80)
			set->has[key] = false;
		else if (key == OPENING_HAN)
			set->has[BEFORE_HAN] = false;
	}
}

/* False where anything may be among the keys. */
static bool
include(const struct keys *keys, struct before *set)
{
	for (size_t i = 0; i < keys->n; i++) {
		uint32_t key = first_of(keys->list[i]);

		if (key == 0 || key == ANY)
			return false;
		set->has[key == OPENING_HAN ? BEFORE_HAN
					    : opening_before(key)] = true;
	}
	return true;
}

/*
 * What a look behind says of the character before its place: the number of a
 * set + 1; 0: nothing, or nothing that is read here.  Behind bytes that are no
 * character nothing stands, for it.
 */
static uint64_t
look_behind(struct reader *r, bool denies)
{
	struct reader ahead = *r;
	struct last last = { 0 };
	struct before set = { .has = { false } };
	bool told = read_row(&ahead, &last) && (!denies || last.n == 1) &&
	    r->nsets < OPENING_BEFORES;

	if (told && denies == last.others) {
		told = include(&last.keys, &set);
	} else if (told) {
		for (size_t i = 0; i < BEFORE_KINDS; i++)
			set.has[i] = true;
		exclude(&last.keys, &set);
	}
	set.has[0] = denies;
	set.has[BEFORE_OTHER] |= denies;
	mem_free(last.keys.list);
	if (!told)
		return 0;
	r->sets[r->nsets] = set;
	return ++r->nsets;
}

/* Behind the bracket that opens it. */
static void
group(struct reader *r, struct keys *o)
{
	enum { BEHIND = 2 };
	static const char *const looks[] = { "?=", "?!", "?<=", "?<!", NULL };
	bool caseless = r->caseless, looking = false;
	struct keys inner = { 0 };
	uint64_t before = 0;

	/* "(?&name)": a group called from elsewhere may begin with anything. */
	if (takes(r, "?&")) {
		skip_behind(r, ')');
		add_key(r, o, ANY);
		add_nothing(r, o);
		return;
	}
	for (size_t i = 0; looks[i] != NULL && !looking; i++)
		if ((looking = takes(r, looks[i])) && i >= BEHIND)
			before = look_behind(r, i > BEHIND);
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
	if (looking)
		add(r, o, before << 32);
	else
		add_all(r, o, &inner);
	mem_free(inner.list);
}

static void
atom(struct reader *r, struct keys *o)
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

static bool
is_digits(const struct keys *o)
{
	if (o->n < 10 || o->n > 11)
		return false;
	for (size_t i = 0; i < 10; i++)
		if (o->list[i] != (uint64_t)('0' + i) << 16)
			return false;
	return o->n == 10 || o->list[10] == (uint64_t)OPENING_OTHER << 16;
}

/* How often an atom stands: none may be left out, and more may follow. */
static void
quantified(struct reader *r, struct keys *o)
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
	if (more && is_digits(o)) {
		o->n = 0;
		add_key(r, o, OPENING_RUN);
	} else if (more) {
		struct keys again = { 0 };

		add_all(r, &again, o);
		add_nothing(r, &again);
		join(r, o, &again);
		mem_free(again.list);
	}
	if (least == 0)
		add_nothing(r, o);
}

static void
sequence(struct reader *r, struct keys *o)
{
	add_nothing(r, o);
	while (r->p < r->end && *r->p != '|' && *r->p != ')' && !r->lost) {
		struct keys next = { 0 };

		atom(r, &next);
		quantified(r, &next);
		join(r, o, &next);
		mem_free(next.list);
	}
}

static void
alternatives(struct reader *r, struct keys *o)
{
	do {
		struct keys one = { 0 };

		sequence(r, &one);
		add_all(r, o, &one);
		mem_free(one.list);
	} while (takes(r, "|"));
}

/* What may come second, whatever it is, is 0; false where anything may first. */
static bool
settle(const struct keys *keys, struct openings *out)
{
	for (size_t i = 0; i < keys->n; i++) {
		uint32_t first = first_of(keys->list[i]);
		uint32_t second = keys->list[i] & 0xFFFF;
		uint32_t before = (uint32_t)(keys->list[i] >> 32);

		if (first == 0 || first == ANY ||
		    (first == OPENING_HAN && before == 0))
			return false;
		if (second == ANY || second == OPENING_HAN)
			second = 0;
		out->list[out->n++] = (struct opening){ (uint16_t)first,
			(uint16_t)second, before };
	}
	return true;
}

bool
opening_read(struct slice pattern, struct openings *out)
{
	struct reader r = {
		.p = pattern.p, .end = pattern.p + pattern.n, .sets = out->sets
	};
	struct keys keys = { 0 };
	bool told;

	*out = (struct openings){ .n = 0 };
	alternatives(&r, &keys);
	out->list = mem_alloc((keys.n + 1) * sizeof(*out->list));
	told = !r.lost && r.p == r.end && settle(&keys, out);
	mem_free(keys.list);
	if (!told)
		openings_release(out);
	return told;
}

void
openings_release(struct openings *o)
{
	mem_free(o->list);
	*o = (struct openings){ .n = 0 };
}
