#include "base/pattern_set.h"

#include "base/mem.h"
#include "base/pattern_opening.h"
#include "base/utf8.h"

#define SIEVE  4096 /* cells of a table; characters may share one */
#define SIEVED 64   /* patterns that have a bit */

struct member {
	struct pattern *pattern; /* anchored, if it is sieved */
	bool sieved;
};

struct sieve {
	uint64_t first[SIEVE]; /* by a first character */
	uint64_t pairs[SIEVE]; /* by it and the second, or 0 for any */
};

struct pattern_set {
	struct member *list;
	size_t n, room;
	struct sieve *sieve; /* NULL until a pattern needs it */
};

struct pattern_set *
pattern_set_new(void)
{
	return mem_zalloc(sizeof(struct pattern_set));
}

void
pattern_set_free(struct pattern_set *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++)
		pattern_free(s->list[i].pattern);
	mem_free(s->list);
	mem_free(s->sieve);
	mem_free(s);
}

static size_t
cell_of_pair(uint32_t first, uint32_t second)
{
	return (first * 37 + second) % SIEVE;
}

static void
add_openings(struct pattern_set *s, const uint32_t *list, size_t n)
{
	uint64_t bit = (uint64_t)1 << s->n;

	if (s->sieve == NULL)
		s->sieve = mem_zalloc(sizeof(*s->sieve));
	for (size_t i = 0; i < n; i++) {
		uint32_t first = list[i] >> 16;

		s->sieve->first[first % SIEVE] |= bit;
		s->sieve->pairs[cell_of_pair(first, list[i] & 0xFFFF)] |= bit;
	}
}

/* A sieve asks at many places of a text: each must not cost all of it. */
static struct pattern *
compile_sieved(struct slice text, struct err *e)
{
	struct pattern *p = pattern_compile(text, PATTERN_ANCHORED, e);

	if (p == NULL || pattern_has_jit(p))
		return p;
	pattern_free(p);
	return NULL;
}

long
pattern_set_add(struct pattern_set *s, struct slice text, struct err *e)
{
	size_t n = 0;
	uint32_t *list = s->n < SIEVED ? opening_read(text, &n) : NULL;
	struct pattern *p = list != NULL ? compile_sieved(text, e) : NULL;
	bool sieved = p != NULL;

	if (sieved)
		add_openings(s, list, n);
	else
		p = pattern_compile(text, 0, e);
	mem_free(list);
	if (p == NULL)
		return -1;
	s->list = mem_room(s->list, s->n, &s->room, sizeof(*s->list));
	s->list[s->n] = (struct member){ p, sieved };
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

/* Those of the patterns that two characters let begin at a place. */
static uint64_t
beginning(const struct sieve *s, struct slice text, size_t at, size_t *next)
{
	uint32_t first = key_at(text, at, next);
	uint64_t patterns = s->first[first % SIEVE], then;
	size_t behind;

	if (patterns == 0)
		return 0;
	then = s->pairs[cell_of_pair(first, 0)];
	if (*next < text.n)
		then |=
		    s->pairs[cell_of_pair(first, key_at(text, *next, &behind))];
	return patterns & then;
}

struct pattern_places
pattern_set_survey(
    const struct pattern_set *s, struct slice text, struct arena *arena)
{
	struct pattern_places places = { NULL, 0 };
	size_t room = 0;

	for (size_t at = 0, next; at < text.n && s->sieve != NULL; at = next) {
		uint64_t patterns = beginning(s->sieve, text, at, &next);

		if (patterns == 0)
			continue;
		places.list = arena_room(
		    arena, places.list, places.n, &room, sizeof(*places.list));
		places.list[places.n++] =
		    (struct pattern_place){ at, patterns };
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

	if (!one->sieved)
		return pattern_search(one->pattern, text, from, m, e);
	for (size_t i = first_place(places, from); i < places->n && found == 0;
	     i++)
		if (places->list[i].patterns >> number & 1)
			found = pattern_search(
			    one->pattern, text, places->list[i].at, m, e);
	return found;
}
