#include "sources/word_use.h"

#include <string.h>

#include "base/arena.h"
#include "base/mem.h"

/* A kind that has names of a word, and how many. */
struct use {
	size_t kind;
	unsigned names;
	struct use *next;
};

struct word_use {
	struct use **of; /* of each word */
	size_t nwords;
	unsigned *names; /* of each kind */
	size_t nkinds;
	struct arena *arena;
};

/* What a kind is taken to have of a word that none of its names has. */
static const double seldom = 0.05;

struct word_use *
word_use_new(void)
{
	struct word_use *u = mem_zalloc(sizeof(*u));

	u->arena = arena_new();
	return u;
}

void
word_use_free(struct word_use *u)
{
	if (u == NULL)
		return;
	mem_free(u->of);
	mem_free(u->names);
	arena_free(u->arena);
	mem_free(u);
}

/* The array with a place for i, new ones zero. */
static void *
grown(void *array, size_t *n, size_t i, size_t size)
{
	size_t more = 2 * i + 64;

	if (i < *n)
		return array;
	array = mem_resize(array, more, size);
	memset((char *)array + *n * size, 0, (more - *n) * size);
	*n = more;
	return array;
}

static void
learn_word(struct word_use *u, size_t kind, uint32_t word)
{
	struct use *s;

	u->of = grown(u->of, &u->nwords, word, sizeof(*u->of));
	for (s = u->of[word]; s != NULL && s->kind != kind;)
		s = s->next;
	if (s == NULL) {
		s = arena_zalloc(u->arena, sizeof(*s));
		s->kind = kind;
		s->next = u->of[word];
		u->of[word] = s;
	}
	s->names++;
}

void
word_use_learn(struct word_use *u, size_t kind, const struct wording *w)
{
	u->names = grown(u->names, &u->nkinds, kind, sizeof(*u->names));
	u->names[kind]++;
	for (size_t i = 0; i < w->n; i++)
		learn_word(u, kind, w->id[i]);
}

/* Multiplies by the part of each kind's names that have the word. */
static void
weigh(const struct word_use *u, const struct use *uses, double *likely)
{
	for (size_t k = 0; k < u->nkinds; k++)
		if (u->names[k] > 0)
			likely[k] *= seldom / u->names[k];
	for (const struct use *s = uses; s != NULL; s = s->next)
		likely[s->kind] *= 1 + s->names / seldom;
}

bool
word_use_cast(const struct word_use *u, const struct wording *w,
    unsigned points, unsigned *tally)
{
	double *likely = mem_alloc((u->nkinds + 1) * sizeof(*likely));
	double sum = 0;
	bool known = false;

	for (size_t k = 0; k < u->nkinds; k++)
		likely[k] = u->names[k] > 0;
	for (size_t i = 0; i < w->n; i++) {
		if (w->id[i] >= u->nwords || u->of[w->id[i]] == NULL)
			continue;
		known = true;
		weigh(u, u->of[w->id[i]], likely);
	}
	for (size_t k = 0; k < u->nkinds; k++)
		sum += likely[k];
	for (size_t k = 0; known && k < u->nkinds; k++)
		if (likely[k] > 0)
			tally[k] += (unsigned)(points * likely[k] / sum);
	mem_free(likely);
	return known;
}
