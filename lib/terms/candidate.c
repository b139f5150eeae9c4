#include "terms/candidate.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "terms/evidence.h"
#include "terms/fold.h"
#include "terms/plain_math.h"

#define FROM_WHOLE 60 /* names of the list */
#define FROM_PART  30
#define FROM_TERMS 20 /* approved terms */

/* --- making -------------------------------------------------------------- */

static void
link_labels(struct candidate_search *s)
{
	uint32_t entries = s->list == NULL ? 0 : s->list->nentries;
	uint32_t labels = s->terms == NULL ? 0 : s->terms->nentries;

	s->entry_of = mem_alloc((labels + 1) * sizeof(*s->entry_of));
	s->label_of = mem_alloc((entries + 1) * sizeof(*s->label_of));
	memset(s->label_of, 0xFF, (entries + 1) * sizeof(*s->label_of));
	for (uint32_t i = 0; i < labels; i++) {
		uint32_t entry = entries == 0
		    ? LEXICON_NONE
		    : lexicon_find_code(s->list, lexicon_code(s->terms, i));

		s->entry_of[i] = entry;
		if (entry != LEXICON_NONE)
			s->label_of[entry] = i;
	}
	s->place = mem_zalloc((entries + labels + 1) * sizeof(*s->place));
	s->labels = mem_zalloc((labels + 1) * sizeof(*s->labels));
}

/* The idf of each character; of one that no name has, the highest. */
static void
weigh_characters(struct candidate_search *s)
{
	const struct lexicon *l = s->list != NULL ? s->list : s->terms;

	s->idf = mem_alloc(CHARACTERS * sizeof(*s->idf));
	for (size_t i = 0; i < CHARACTERS; i++)
		s->idf[i] = l == NULL ? 1 : sqrtf(l->rare);
	for (uint32_t i = 0;
	     l != NULL && i < l->ngrams && l->grams[i].key < CHARACTERS; i++)
		s->idf[l->grams[i].key] = sqrtf(l->grams[i].weight);
}

struct candidate_search *
candidate_new(const struct lexicon *list, bool whole,
    const struct lexicon *terms, const struct translation *translation,
    const struct synonyms *synonyms)
{
	struct candidate_search *s = mem_zalloc(sizeof(*s));

	s->list = list;
	s->terms = terms;
	s->whole = whole;
	s->translation = translation;
	s->synonyms = synonyms;
	s->arena = arena_new();
	s->tables = arena_new();
	s->plains = terms == NULL
	    ? NULL
	    : translation_plains(terms, synonyms, s->tables);
	s->near_list = list == NULL ? NULL : near_new(list);
	s->near_terms = terms == NULL ? NULL : near_new(terms);
	s->share = mem_zalloc(CHARACTERS * sizeof(*s->share));
	s->stamp = mem_zalloc(CHARACTERS * sizeof(*s->stamp));
	s->hidden = mem_zalloc((terms == NULL ? 0 : terms->nnames) + 1);
	s->but = LEXICON_NONE;
	link_labels(s);
	weigh_characters(s);
	return s;
}

void
candidate_free(struct candidate_search *s)
{
	if (s == NULL)
		return;
	near_free(s->near_list);
	near_free(s->near_terms);
	mem_free(s->entry_of);
	mem_free(s->label_of);
	mem_free(s->place);
	mem_free(s->labels);
	mem_free(s->idf);
	mem_free(s->share);
	mem_free(s->stamp);
	mem_free(s->hidden);
	arena_free(s->arena);
	arena_free(s->tables);
	buf_release(&s->scratch);
	mem_free(s);
}

/* --- gathering ----------------------------------------------------------- */

static void
add_part(struct candidate_search *s, struct slice folded)
{
	struct part *p = &s->parts[s->nparts++];
	struct slice plain = synonyms_text(s->synonyms, folded, &s->scratch);

	p->plain = plain.p == folded.p ? folded : arena_slice(s->arena, plain);
	p->ngrams = gram_list(p->plain, p->grams);
	p->ncharacters = gram_characters(p->plain, p->characters);
}

/* The candidate of an entry or a label, made where it is new. */
static struct candidate *
candidate_of(struct candidate_search *s, uint32_t entry, uint32_t label)
{
	uint32_t *place = &s->place[entry != LEXICON_NONE
		? entry
		: (s->list == NULL ? 0 : s->list->nentries) + label];
	struct candidate *c;

	if (*place > 0)
		return &s->found[*place - 1];
	if (s->nfound == CANDIDATE_MOST)
		return NULL;
	c = &s->found[s->nfound++];
	*place = (uint32_t)s->nfound;
	*c = (struct candidate){
		.entry = entry, .label = label, .name = LEXICON_NONE
	};
	return c;
}

static void
from_list(struct candidate_search *s, unsigned part)
{
	const struct lexicon *l = s->list;
	struct near best[FROM_WHOLE];
	unsigned rank = 0;
	size_t n;

	if (l == NULL)
		return;
	n = near_find(s->near_list, s->parts[part].grams, s->parts[part].ngrams,
	    NULL, best, part == 0 ? FROM_WHOLE : FROM_PART);
	for (size_t i = 0; i < n; i++) {
		uint32_t k = l->names[best[i].name].senses;

		rank++;
		for (; k < l->names[best[i].name + 1].senses; k++) {
			uint32_t entry = l->senses[k];
			struct candidate *c =
			    candidate_of(s, entry, s->label_of[entry]);

			if (c == NULL || best[i].cosine <= c->cosine)
				continue;
			c->cosine = best[i].cosine;
			c->name = best[i].name;
			c->part = part;
			c->rank = rank;
		}
	}
}

static void
from_terms(struct candidate_search *s, unsigned part)
{
	const struct lexicon *l = s->terms;
	struct near best[FROM_TERMS];
	size_t n;

	if (l == NULL)
		return;
	n = near_find(s->near_terms, s->parts[part].grams,
	    s->parts[part].ngrams, s->hidden, best, FROM_TERMS);
	for (size_t i = 0; i < n; i++) {
		float cosine = best[i].cosine;
		uint32_t k = l->names[best[i].name].senses;

		for (; k < l->names[best[i].name + 1].senses; k++) {
			uint32_t label = l->senses[k];
			uint32_t entry = s->entry_of[label];
			struct candidate *c;

			if (entry == LEXICON_NONE && s->whole)
				continue;
			c = candidate_of(s, entry, label);
			if (c == NULL)
				continue;
			c->cubes += cosine * cosine * cosine;
			if (cosine <= c->near)
				continue;
			if (cosine > c->cosine)
				c->part = part;
			c->near = cosine;
		}
	}
}

static void
start(struct candidate_search *s, struct slice folded)
{
	struct slice parts[PART_MOST];
	size_t n = part_list(folded, parts);

	for (size_t i = 0; i < s->nfound; i++) {
		const struct candidate *c = &s->found[i];

		s->place[c->entry != LEXICON_NONE
			? c->entry
			: (s->list == NULL ? 0 : s->list->nentries) +
			    c->label] = 0;
	}
	s->nfound = s->nparts = 0;
	arena_reset(s->arena);
	add_part(s, folded);
	for (size_t i = 0; n > 1 && i < n; i++)
		add_part(s, parts[i]);
}

static void
set_hidden(struct candidate_search *s, uint32_t term, bool labels, bool hidden)
{
	const struct lexicon *l = s->terms;

	s->hidden[term] = hidden;
	for (uint32_t k = l->names[term].senses;
	     labels && k < l->names[term + 1].senses; k++) {
		const struct lexicon_entry *label = &l->entries[l->senses[k]];

		for (uint32_t i = label->called; i < label[1].called; i++)
			s->hidden[l->called[i]] = hidden;
	}
}

void
candidate_hide(struct candidate_search *s, uint32_t term, bool labels)
{
	if (s->but != LEXICON_NONE)
		set_hidden(s, s->but, true, false);
	s->but = term;
	if (term != LEXICON_NONE)
		set_hidden(s, term, labels, true);
}

size_t
candidate_find(
    struct candidate_search *s, struct slice folded, struct candidate **found)
{
	start(s, folded);
	for (unsigned i = 0; i < s->nparts; i++)
		from_list(s, i);
	for (unsigned i = 0; i < s->nparts; i++)
		from_terms(s, i);
	if (s->terms != NULL)
		evidence_fill(s, s->but);
	*found = s->found;
	return s->nfound;
}

/* --- ranking ------------------------------------------------------------- */

struct slice
candidate_code(const struct candidate_search *s, const struct candidate *c)
{
	return c->entry != LEXICON_NONE ? lexicon_code(s->list, c->entry)
					: lexicon_code(s->terms, c->label);
}

struct slice
candidate_display(const struct candidate_search *s, const struct candidate *c)
{
	return c->entry != LEXICON_NONE ? lexicon_display(s->list, c->entry)
					: lexicon_display(s->terms, c->label);
}

static int
best_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->p != y->p)
		return x->p > y->p ? -1 : 1;
	if (x->cosine != y->cosine)
		return x->cosine > y->cosine ? -1 : 1;
	if (x->entry != y->entry)
		return x->entry < y->entry ? -1 : 1;
	return x->label < y->label ? -1 : x->label > y->label;
}

void
candidate_rank(struct candidate *list, size_t n, const double *weights)
{
	for (size_t i = 0; i < n; i++) {
		double sum = 0;

		for (size_t k = 0; weights != NULL && k < FEATURES; k++)
			sum += weights[k] * list[i].features[k];
		list[i].p = weights == NULL ? 0 : plain_logistic(sum);
	}
	if (n > 0)
		qsort(list, n, sizeof(*list), best_first);
}
