#include "base/pattern_set.h"

#include "base/ascii.h"
#include "base/mem.h"
#include "base/pattern_branch.h"
#include "base/pattern_factor.h"
#include "base/pattern_opening.h"
#include "base/utf8.h"

#define SIEVE  SIGNS /* cells of a table; characters may share one */
#define SIEVED 64    /* branches that have a bit */

/*
 * A pattern that is sieved is anchored, each of its branches for itself: what
 * cannot begin at a place costs nothing there.
 */
struct branch {
	struct pattern *pattern;
	uint64_t bits;
};

struct member {
	struct pattern *whole; /* or NULL: */
	struct branch *branches;
	size_t n;
};

struct sieve {
	uint64_t first[SIEVE];         /* by a first character */
	uint64_t passes[SIEVE];        /* by one that may stand in a match; */
	uint64_t ends[SIEVE];          /* by one that each match comes to, */
	uint64_t open;                 /* but for those that have none */
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
		pattern_free(m->branches[i].pattern);
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
add_signs(uint64_t *cells, uint64_t mask, const struct signs *signs)
{
	for (size_t i = 0; i < SIGNS / 64; i++)
		for (uint64_t *cell = cells + i * 64, bits = signs->bits[i];
		     bits != 0; bits >>= 1, cell++)
			if (bits & 1)
				*cell |= mask;
}

static void
add_hold(struct sieve *s, uint64_t mask, const struct hold *hold)
{
	if (hold->musts == 0) {
		s->open |= mask;
		return;
	}
	add_signs(s->passes, mask, &hold->before);
	add_signs(s->ends, mask, &hold->must);
}

static void
add_openings(struct pattern_set *set, size_t bit, const struct openings *o)
{
	const uint64_t mask = (uint64_t)1 << bit;
	struct sieve *s;

	if (set->sieve == NULL)
		set->sieve = mem_zalloc(sizeof(*set->sieve));
	s = set->sieve;
	add_hold(s, mask, &o->hold);
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
			s->first[signs_cell(one->first)] |= mask;
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

/* Gives what may begin so the next bit; false where nobody can tell. */
static bool
add_bit(struct pattern_set *s, struct slice text, struct branch *branch)
{
	struct openings openings;

	if (s->bits == SIEVED || !opening_read(text, &openings))
		return false;
	add_openings(s, s->bits, &openings);
	branch->bits |= (uint64_t)1 << s->bits++;
	openings_release(&openings);
	return true;
}

/* A branch that may begin as one of the list does. */
static bool
add_branch(struct pattern_set *s, struct member *m, struct slice text,
    const struct slice *list, size_t n, struct err *e)
{
	struct branch *b = &m->branches[m->n];

	*b = (struct branch){ .pattern = compile_sieved(text, e) };
	if (b->pattern == NULL)
		return false;
	m->n++;
	for (size_t i = 0; i < n; i++)
		if (!add_bit(s, list[i], b))
			return false;
	return true;
}

/*
 * Each alternative a branch, or all of them one: false where it is to be looked
 * for whole.
 */
static bool
add_sieved(struct pattern_set *s, struct member *m, struct slice text,
    bool together, struct err *e)
{
	struct slice list[SIEVED];
	size_t n = branch_read(text, together, list, SIEVED);
	const size_t branches = together ? 1 : n, bits = s->bits;
	bool added = true;

	*m = (struct member){ .branches =
				  mem_alloc(branches * sizeof(*m->branches)) };
	for (size_t i = 0; i < branches && added; i++)
		added = add_branch(s, m, together ? text : list[i], list + i,
		    together ? n : 1, e);
	if (!added) {
		member_release(m);
		s->bits = bits;
	}
	return added;
}

long
pattern_set_add(struct pattern_set *s, struct slice text, struct err *e)
{
	struct member m;

	/* A branch may need what another defines. */
	if (!add_sieved(s, &m, text, false, e) &&
	    !add_sieved(s, &m, text, true, e)) {
		m = (struct member){ .whole = compile(text, 0, e) };
		if (m.whole == NULL)
			return -1;
	}
	s->list = mem_room(s->list, s->n, &s->room, sizeof(*s->list));
	s->list[s->n] = m;
	return (long)s->n++;
}

/* A character of the text. */
struct sign {
	size_t at; /* its byte */
	uint32_t key;
};

/* Ends with a sign that is none, at the end of the text. */
static struct sign *
signs_of(struct slice text, struct arena *arena, size_t *n)
{
	struct sign *list = arena_alloc(arena, (text.n + 1) * sizeof(*list));
	const char *p = text.p, *end = text.p + text.n;

	for (*n = 0; p < end; ++*n) {
		list[*n].at = (size_t)(p - text.p);
		list[*n].key = opening_key(utf8_next(&p, end));
	}
	list[*n] = (struct sign){ text.n, 0 };
	return list;
}

/* What a pair is looked up by behind a digit: by what follows the run. */
static uint64_t
behind_run(const struct sieve *s, const struct sign *one)
{
	while (is_digit(one->key))
		one++;
	return s->pairs[cell_of_pair(OPENING_RUN, 0)] |
	    s->pairs[cell_of_pair(OPENING_RUN, one->key)];
}

/* Those of the branches that two characters, and the one before, let begin. */
static uint64_t
beginning(const struct sieve *s, const struct sign *one, uint32_t before)
{
	const unsigned kind = opening_before(before);
	uint64_t han = opening_is_han(one->key) ? s->han_behind[kind] : 0;
	uint64_t branches = s->first[signs_cell(one->key)] & s->behind[kind];
	uint64_t then;

	if (branches == 0)
		return han;
	then = s->pairs[cell_of_pair(one->key, 0)] |
	    s->pairs[cell_of_pair(one->key, one[1].key)];
	if (is_digit(one->key))
		then |= behind_run(s, one + 1);
	return han | (branches & then);
}

/* From the end to the begin: what a match must come to stands behind it. */
struct pattern_places
pattern_set_survey(
    const struct pattern_set *s, struct slice text, struct arena *arena)
{
	struct pattern_places places = { NULL, 0 };
	const struct sieve *sieve = s->sieve;
	uint64_t comes = 0;
	struct sign *signs;
	size_t n;

	if (sieve == NULL)
		return places;
	signs = signs_of(text, arena, &n);
	places.list = arena_alloc(arena, (n + 1) * sizeof(*places.list));
	for (size_t i = n; i-- > 0;) {
		unsigned cell = signs_cell(signs[i].key);
		uint64_t branches;

		comes = sieve->ends[cell] | (sieve->passes[cell] & comes);
		branches =
		    beginning(sieve, &signs[i], i > 0 ? signs[i - 1].key : 0) &
		    (comes | sieve->open);
		if (branches != 0)
			places.list[n - ++places.n] =
			    (struct pattern_place){ signs[i].at, branches };
	}
	places.list += n - places.n;
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
	     i++)
		for (size_t k = 0; k < one->n && found == 0; k++)
			if (places->list[i].branches & one->branches[k].bits)
				found = pattern_search(one->branches[k].pattern,
				    text, places->list[i].at, m, e);
	return found;
}
