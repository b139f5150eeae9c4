#include "base/pattern_set.h"

#include "base/ascii.h"
#include "base/mem.h"
#include "base/pattern_branch.h"
#include "base/pattern_factor.h"
#include "base/pattern_opening.h"
#include "base/utf8.h"

#define SIEVE  4096 /* cells of a table; characters may share one */
#define SIEVED 64   /* branches that have a bit */

/*
 * A pattern that is sieved is anchored, each of its branches for itself: what
 * cannot begin at a place costs nothing there.
 */
struct member {
	struct pattern *whole; /* or NULL: */
	struct pattern **branches;
	size_t n;
	size_t bit; /* of the first branch */
};

struct sieve {
	uint64_t first[SIEVE];         /* by a first character */
	uint64_t pairs[SIEVE];         /* by it and the second, or 0 for any */
	uint64_t behind[BEFORE_KINDS]; /* by what stands before it */
	uint64_t
	    han_behind[BEFORE_KINDS]; /* of those that any ideograph opens */
};

struct pattern_set {
	struct member *list;
	size_t n, room;
	size_t bits;
	struct sieve *sieve; /* NULL until a pattern needs it */
};

struct pattern_set *
pattern_set_new(void)
{
	return mem_zalloc(sizeof(struct pattern_set));
}

static void
member_release(struct member *m)
{
	pattern_free(m->whole);
	for (size_t i = 0; i < m->n; i++)
		pattern_free(m->branches[i]);
	mem_free(m->branches);
}

void
pattern_set_free(struct pattern_set *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		member_release(&s->list[i]);
	mem_free(s->list);
	mem_free(s->sieve);
	mem_free(s);
}

static size_t
cell_of_pair(uint32_t first, uint32_t second)
{
	return (first * 37 + second) % SIEVE;
}

/* A run of digits, and what follows it; other digits may go on with it. */
static void
add_run(struct sieve *s, uint64_t mask, uint32_t second)
{
	for (uint32_t digit = '0'; digit <= '9'; digit++)
		s->first[digit] |= mask;
	s->first[OPENING_OTHER] |= mask;
	s->pairs[cell_of_pair(OPENING_OTHER, 0)] |= mask;
	s->pairs[cell_of_pair(OPENING_RUN, OPENING_OTHER)] |= mask;
	s->pairs[cell_of_pair(OPENING_RUN, second)] |= mask;
}

static void
add_openings(struct pattern_set *set, size_t bit, const struct openings *o)
{
	const uint64_t mask = (uint64_t)1 << bit;
	struct sieve *s;

	if (set->sieve == NULL)
		set->sieve = mem_zalloc(sizeof(*set->sieve));
	s = set->sieve;
	for (size_t i = 0; i < o->n; i++) {
		const struct opening *one = &o->list[i];
		uint64_t *behind =
		    one->first == OPENING_HAN ? s->han_behind : s->behind;

		for (size_t k = 0; k < BEFORE_KINDS; k++)
			if (one->before == 0 || o->sets[one->before - 1].has[k])
				behind[k] |= mask;
		if (one->first == OPENING_RUN) {
			add_run(s, mask, one->second);
		} else if (one->first != OPENING_HAN) {
			s->first[one->first % SIEVE] |= mask;
			s->pairs[cell_of_pair(one->first, one->second)] |= mask;
		}
	}
}

/* With its lists sorted, if that can be; what is wrong is told of the original. */
static struct pattern *
compile(struct slice text, unsigned flags, struct err *e)
{
	struct buf sorted = { 0 };
	struct pattern *p = factor(text, &sorted)
	    ? pattern_compile(buf_slice(&sorted), flags, e)
	    : NULL;

	buf_release(&sorted);
	return p != NULL ? p : pattern_compile(text, flags, e);
}

/* A sieve asks at many places of a text: each must not cost all of it. */
static struct pattern *
compile_sieved(struct slice text, struct err *e)
{
	struct pattern *p = compile(text, PATTERN_ANCHORED, e);

	if (p == NULL || pattern_has_jit(p))
		return p;
	pattern_free(p);
	return NULL;
}

/* Gives the branch the next bit; false where it is to be looked for whole. */
static bool
add_branch(
    struct pattern_set *s, struct member *m, struct slice text, struct err *e)
{
	struct openings openings;
	struct pattern *p;

	if (!opening_read(text, &openings))
		return false;
	p = compile_sieved(text, e);
	if (p != NULL) {
		add_openings(s, m->bit + m->n, &openings);
		m->branches[m->n++] = p;
	}
	openings_release(&openings);
	return p != NULL;
}

/* All branches, or none of them. */
static bool
add_sieved(struct pattern_set *s, struct member *m, const struct slice *list,
    size_t n, struct err *e)
{
	*m = (struct member){ .bit = s->bits };
	if (n > SIEVED - s->bits)
		return false;
	m->branches = mem_alloc(n * sizeof(struct pattern *));
	while (m->n < n && add_branch(s, m, list[m->n], e))
		;
	if (m->n == n) {
		s->bits += n;
		return true;
	}
	member_release(m);
	return false;
}

long
pattern_set_add(struct pattern_set *s, struct slice text, struct err *e)
{
	struct slice list[SIEVED];
	size_t n = branch_read(text, list, SIEVED);
	struct member m;

	/* A branch may need what another defines. */
	if (!add_sieved(s, &m, list, n, e) &&
	    (n == 1 || !add_sieved(s, &m, &text, 1, e))) {
		m = (struct member){ .whole = compile(text, 0, e) };
		if (m.whole == NULL)
			return -1;
	}
	s->list = mem_room(s->list, s->n, &s->room, sizeof(*s->list));
	s->list[s->n] = m;
	return (long)s->n++;
}

/* The key of the character at a place and where the next begins. */
static uint32_t
key_at(struct slice s, size_t at, size_t *next)
{
	const char *p = s.p + at;
	uint32_t c = utf8_next(&p, s.p + s.n);

	*next = (size_t)(p - s.p);
	return opening_key(c);
}

/* What a pair is looked up by behind a digit: by what follows the run. */
static uint64_t
behind_run(const struct sieve *s, struct slice text, size_t at)
{
	uint64_t then = s->pairs[cell_of_pair(OPENING_RUN, 0)];
	size_t end;

	while (at < text.n && is_digit((unsigned char)text.p[at]))
		at++;
	if (at < text.n)
		then |=
		    s->pairs[cell_of_pair(OPENING_RUN, key_at(text, at, &end))];
	return then;
}

/* Those of the branches that two characters, and *before, let begin there. */
static uint64_t
beginning(const struct sieve *s, struct slice text, size_t at, uint32_t *before,
    size_t *next)
{
	uint32_t first = key_at(text, at, next);
	const unsigned kind = opening_before(*before);
	uint64_t han = opening_is_han(first) ? s->han_behind[kind] : 0;
	uint64_t branches = s->first[first % SIEVE] & s->behind[kind], then;
	size_t end;

	*before = first;
	if (branches == 0)
		return han;
	then = s->pairs[cell_of_pair(first, 0)];
	if (*next < text.n)
		then |=
		    s->pairs[cell_of_pair(first, key_at(text, *next, &end))];
	if (is_digit(first))
		then |= behind_run(s, text, *next);
	return han | (branches & then);
}

struct pattern_places
pattern_set_survey(
    const struct pattern_set *s, struct slice text, struct arena *arena)
{
	struct pattern_places places = { NULL, 0 };
	size_t room = 0;
	uint32_t before = 0;

	for (size_t at = 0, next; at < text.n && s->sieve != NULL; at = next) {
		uint64_t branches =
		    beginning(s->sieve, text, at, &before, &next);

		if (branches == 0)
			continue;
		places.list = arena_room(
		    arena, places.list, places.n, &room, sizeof(*places.list));
		places.list[places.n++] =
		    (struct pattern_place){ at, branches };
	}
	return places;
}

static size_t
first_place(const struct pattern_places *places, size_t from)
{
	size_t low = 0, high = places->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (places->list[mid].at < from)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

int
pattern_set_search(const struct pattern_set *s, long number,
    const struct pattern_places *places, struct slice text, size_t from,
    struct pattern_match *m, struct err *e)
{
	const struct member *one = &s->list[number];
	int found = 0;

	if (one->whole != NULL)
		return pattern_search(one->whole, text, from, m, e);
	for (size_t i = first_place(places, from); i < places->n && found == 0;
	     i++) {
		uint64_t branches = places->list[i].branches >> one->bit;

		for (size_t k = 0; k < one->n && found == 0; k++)
			if (branches >> k & 1)
				found = pattern_search(one->branches[k], text,
				    places->list[i].at, m, e);
	}
	return found;
}
