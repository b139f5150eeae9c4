#include "terms/near.h"

#include <math.h>

#include "base/mem.h"

#define BLOCK 16 /* names that are looked at together */

/*
 * Postings are added up in one number a name, list by list, without a branch;
 * then one pass takes the best and clears.  The best are a heap whose root is
 * the least of them: once it is full, a name costs one comparison.
 */
struct near_search {
	const struct lexicon *lexicon;
	float *sums; /* BLOCK of them more than names */
};

struct near_search *
near_new(const struct lexicon *l)
{
	struct near_search *s = mem_zalloc(sizeof(*s));

	s->lexicon = l;
	s->sums = mem_zalloc((l->nnames + BLOCK) * sizeof(*s->sums));
	return s;
}

void
near_free(struct near_search *s)
{
	if (s == NULL)
		return;
	mem_free(s->sums);
	mem_free(s);
}

static bool
is_worse(const struct near *a, const struct near *b)
{
	return a->cosine != b->cosine ? a->cosine < b->cosine
				      : a->name > b->name;
}

static void
sink(struct near *heap, size_t n, size_t i)
{
	struct near one = heap[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= n)
			break;
		if (child + 1 < n && is_worse(&heap[child + 1], &heap[child]))
			child++;
		if (!is_worse(&heap[child], &one))
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = one;
}

static void
rise(struct near *heap, size_t i)
{
	struct near one = heap[i];

	while (i > 0 && is_worse(&one, &heap[(i - 1) / 2])) {
		heap[i] = heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	heap[i] = one;
}

static float
add_up(struct near_search *s, const uint32_t *grams, size_t n)
{
	const struct lexicon *l = s->lexicon;
	double square = 0;

	for (size_t i = 0; i < n; i++) {
		const struct lexicon_gram *g = lexicon_gram(l, grams[i]);
		const uint32_t *p, *end;
		float weight;

		if (g == NULL) {
			square += (double)l->rare;
			continue;
		}
		weight = g->weight;
		square += (double)weight;
		end = l->postings + g[1].postings;
		for (p = l->postings + g->postings; p < end; p++)
			s->sums[*p] += weight;
	}
	return (float)sqrt(square);
}

struct best {
	struct near *heap;
	size_t n, room;
	float length; /* of the text */
	float least;  /* a sum must be above this times its name's length */
};

/* Whether any name of a whole block may be among the best. */
static bool
any_above(const float *sums, const float *lengths, float least)
{
	int above = 0;

	for (int i = 0; i < BLOCK; i++)
		above |= sums[i] > lengths[i] * least;
	return above != 0;
}

static void
take(struct best *b, uint32_t name, float sum, float length)
{
	struct near one = { name, sum / (b->length * length) };

	if (b->n < b->room) {
		b->heap[b->n] = one;
		rise(b->heap, b->n++);
	} else if (is_worse(&b->heap[0], &one)) {
		b->heap[0] = one;
		sink(b->heap, b->n, 0);
	}
	if (b->n == b->room)
		b->least = b->heap[0].cosine * b->length * 0.99999f;
}

size_t
near_find(struct near_search *s, const uint32_t *grams, size_t n,
    const bool *hidden, struct near *heap, size_t room)
{
	const struct lexicon *l = s->lexicon;
	struct best b = { .heap = heap, .room = room };

	b.length = add_up(s, grams, n);
	for (uint32_t i = 0; i < l->nnames; i += BLOCK) {
		uint32_t end = i + BLOCK < l->nnames ? i + BLOCK : l->nnames;

		if (end - i == BLOCK &&
		    !any_above(s->sums + i, l->lengths + i, b.least))
			continue;
		for (uint32_t k = i; k < end; k++)
			if (s->sums[k] > l->lengths[k] * b.least &&
			    (hidden == NULL || !hidden[k]))
				take(&b, k, s->sums[k], l->lengths[k]);
	}
	memset(s->sums, 0, l->nnames * sizeof(*s->sums));
	for (size_t k = b.n; k > 1; k--) {
		struct near worst = heap[0];

		heap[0] = heap[k - 1];
		sink(heap, k - 1, 0);
		heap[k - 1] = worst;
	}
	return b.n;
}
