#include "terms/training.h"

#include <assert.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/mem.h"
#include "terms/candidate.h"
#include "terms/logistic.h"

#define FOLDS 5
#define RIDGE 1.0
#define NEW   3 /* every third term is fitted as if its codes were new */

struct lesson {
	struct slice term;
	uint32_t *labels;
	size_t n;
	unsigned fold;
};

struct training {
	const struct lexicon *list;
	bool whole;
	const struct synonyms *synonyms;
	struct arena *arena;
	struct index *codes;
	struct slice *displays; /* by number of codes */
	size_t displays_room;
	struct lesson *lessons;
	size_t n, room;
	float *features; /* of the examples at hand */
	bool *right;
	size_t nexamples, features_room, right_room;
};

struct training *
training_new(
    const struct lexicon *list, bool whole, const struct synonyms *synonyms)
{
	struct training *t = mem_zalloc(sizeof(*t));

	t->list = list;
	t->whole = whole;
	t->synonyms = synonyms;
	t->arena = arena_new();
	t->codes = index_new();
	return t;
}

void
training_free(struct training *t)
{
	if (t == NULL)
		return;
	arena_free(t->arena);
	index_free(t->codes);
	mem_free(t->displays);
	mem_free(t->lessons);
	mem_free(t->features);
	mem_free(t->right);
	mem_free(t);
}

void
training_add(struct training *t, struct slice folded, const struct slice *codes,
    const struct slice *displays, size_t n)
{
	struct lesson *l;

	t->lessons = mem_room(t->lessons, t->n, &t->room, sizeof(*t->lessons));
	l = &t->lessons[t->n++];
	*l = (struct lesson){ .term = arena_slice(t->arena, folded),
		.labels = arena_alloc(t->arena, (n + 1) * sizeof(*l->labels)),
		.n = n,
		.fold = (lexicon_slot(folded) >> 3) % FOLDS };
	for (size_t i = 0; i < n; i++) {
		bool fresh;
		size_t k = index_add(t->codes, codes[i], &fresh);

		if (fresh) {
			t->displays = mem_room(t->displays, k,
			    &t->displays_room, sizeof(*t->displays));
			t->displays[k] = arena_slice(t->arena, displays[i]);
		}
		l->labels[i] = (uint32_t)k;
	}
}

size_t
training_terms(const struct training *t)
{
	return t->n;
}

/* --- one fold ------------------------------------------------------------ */

/* What was counted on all lessons but those of one fold. */
struct counted {
	struct lexicon_maker *maker;
	struct slice parts[LEXICON_PARTS];
	struct lexicon terms;
	struct buf starts, pairs;
	struct translation translation;
	struct candidate_search *search;
};

/* Labels keep their numbers in every fold. */
static void
count(const struct training *t, unsigned but, struct counted *c)
{
	struct arena *arena = arena_new();
	struct err e = { 0 };
	bool ok;

	*c = (struct counted){ .maker = lexicon_maker_new(t->synonyms) };
	for (size_t i = 0; i < index_count(t->codes); i++)
		lexicon_maker_entry(
		    c->maker, index_name(t->codes, i), t->displays[i]);
	for (size_t i = 0; i < t->n; i++)
		for (size_t k = 0;
		     t->lessons[i].fold != but && k < t->lessons[i].n; k++)
			lexicon_maker_name(c->maker, t->lessons[i].labels[k],
			    t->lessons[i].term);
	lexicon_maker_parts(c->maker, c->parts);
	ok = lexicon_open(&c->terms, c->parts, &e);
	translation_make(&c->terms,
	    translation_plains(&c->terms, t->synonyms, arena), &c->starts,
	    &c->pairs);
	ok = ok &&
	    translation_open(&c->translation, &c->terms, buf_slice(&c->starts),
		buf_slice(&c->pairs), &e);
	assert(ok);
	c->search = candidate_new(
	    t->list, t->whole, &c->terms, &c->translation, t->synonyms);
	arena_free(arena);
}

static void
counted_release(struct counted *c)
{
	candidate_free(c->search);
	lexicon_maker_free(c->maker);
	buf_release(&c->starts);
	buf_release(&c->pairs);
}

static bool
is_label(const struct training *t, const struct lesson *l, struct slice code)
{
	long number = index_find(t->codes, code);

	for (size_t i = 0; number >= 0 && i < l->n; i++)
		if (l->labels[i] == (uint32_t)number)
			return true;
	return false;
}

static void
add_examples(
    struct training *t, const struct counted *c, const struct lesson *l)
{
	struct candidate *found;
	size_t n;

	candidate_hide(c->search, lexicon_find_name(&c->terms, l->term),
	    lexicon_slot(l->term) % NEW == 0);
	n = candidate_find(c->search, l->term, &found);

	for (size_t i = 0; i < n; i++) {
		float *to;

		while ((t->nexamples + 1) * FEATURES > t->features_room)
			t->features = mem_room(t->features, t->features_room,
			    &t->features_room, sizeof(*t->features));
		t->right = mem_room(
		    t->right, t->nexamples, &t->right_room, sizeof(*t->right));
		to = t->features + t->nexamples * FEATURES;
		for (size_t k = 0; k < FEATURES; k++)
			to[k] = (float)found[i].features[k];
		t->right[t->nexamples++] =
		    is_label(t, l, candidate_code(c->search, &found[i]));
	}
}

static void
fit(struct training *t, const struct counted *c, unsigned but, double *weights)
{
	t->nexamples = 0;
	for (size_t i = 0; i < t->n; i++)
		if (t->lessons[i].fold != but)
			add_examples(t, c, &t->lessons[i]);
	logistic_fit(
	    t->features, t->right, t->nexamples, FEATURES, RIDGE, weights);
	for (size_t i = 0; i < FEATURES; i++)
		weights[i] = model_quantum(weights[i]);
}

/* The lessons of the fold that was left out, as if they were new. */
static void
examine(const struct training *t, const struct counted *c, unsigned fold,
    const double *weights, struct scores *scores)
{
	candidate_hide(c->search, LEXICON_NONE, false);
	for (size_t i = 0; i < t->n; i++) {
		const struct lesson *l = &t->lessons[i];
		struct scored answers[CANDIDATE_MOST];
		struct candidate *found;
		size_t n;

		if (l->fold != fold)
			continue;
		n = candidate_find(c->search, l->term, &found);
		candidate_rank(found, n, weights);
		for (size_t k = 0; k < n; k++)
			answers[k] = (struct scored){ found[k].p,
				is_label(t, l,
				    candidate_code(c->search, &found[k])) };
		scores_add(scores, l->n, answers, n);
	}
}

void
training_run(struct training *t, struct scores *scores, struct model *model,
    struct buf *image)
{
	double *weights = model->weights;
	struct counted c;

	for (unsigned fold = 0; fold < FOLDS; fold++) {
		count(t, fold, &c);
		fit(t, &c, fold, weights);
		examine(t, &c, fold, weights, scores);
		counted_release(&c);
	}
	count(t, FOLDS, &c);
	fit(t, &c, FOLDS, weights);
	model->cut = model_quantum(scores_cut(scores));
	model_write(
	    model, c.parts, buf_slice(&c.starts), buf_slice(&c.pairs), image);
	counted_release(&c);
}
