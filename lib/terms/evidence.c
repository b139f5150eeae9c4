#include "terms/evidence.h"

#include <math.h>

#include "terms/plain_math.h"

/* --- what the text means, character by character ------------------------- */

static void
set_share(struct candidate_search *s, uint16_t character, float share)
{
	if (s->share[character] == 0)
		s->touched[s->ntouched++] = character;
	if (share > s->share[character])
		s->share[character] = share;
}

/* Whether a label of the left-out term has the character. */
static void
stamp_own(struct candidate_search *s, uint32_t but)
{
	const struct lexicon *l = s->terms;
	uint16_t characters[GRAM_CHARACTERS];

	s->turn++;
	if (but == LEXICON_NONE)
		return;
	for (uint32_t k = l->names[but].senses; k < l->names[but + 1].senses;
	     k++) {
		size_t n = gram_characters(s->plains[l->senses[k]], characters);

		for (size_t i = 0; i < n; i++)
			s->stamp[characters[i]] = s->turn;
	}
}

/* The left-out term had each gram of the text, and was counted there. */
static void
translate(struct candidate_search *s, uint32_t but)
{
	const struct lexicon *l = s->terms;
	const struct part *whole = &s->parts[0];
	bool out = but != LEXICON_NONE;

	for (size_t i = 0; i < s->ntouched; i++)
		s->share[s->touched[i]] = 0;
	s->ntouched = 0;
	for (size_t i = 0; i < whole->ncharacters; i++)
		set_share(s, whole->characters[i], 1);
	stamp_own(s, but);
	for (size_t i = 0; i < whole->ngrams; i++) {
		const struct lexicon_gram *g = lexicon_gram(l, whole->grams[i]);
		const struct translated *p, *end;
		float all;

		if (g == NULL)
			continue;
		p = s->translation->pairs +
		    s->translation->starts[g - l->grams];
		end = s->translation->pairs +
		    s->translation->starts[g - l->grams + 1];
		all = (float)(g[1].postings - g->postings + 1 - out);
		for (; p < end; p++) {
			unsigned own = out && s->stamp[p->character] == s->turn;

			if (p->count > own)
				set_share(s, p->character,
				    (float)(p->count - own) / all);
		}
	}
}

/* --- what the grams say of labels ---------------------------------------- */

static void
keep_best(float best[5], float p)
{
	for (size_t i = 0; i < 5; i++)
		if (p > best[i]) {
			float old = best[i];

			best[i] = p;
			p = old;
		}
}

/* Adds to or clears the count of each label of a term with the gram. */
static void
count_gram(struct candidate_search *s, const struct lexicon_gram *g, bool clear)
{
	const struct lexicon *l = s->terms;

	for (uint32_t i = g->postings; i < g[1].postings; i++) {
		uint32_t name = l->postings[i];

		if (s->hidden[name])
			continue;
		for (uint32_t k = l->names[name].senses;
		     k < l->names[name + 1].senses; k++)
			s->labels[l->senses[k]].now =
			    clear ? 0 : s->labels[l->senses[k]].now + 1;
	}
}

/* A gram of very many terms says nothing of one label. */
#define COMMON 300

static void
ask_labels(struct candidate_search *s, uint32_t but)
{
	const struct part *whole = &s->parts[0];

	for (size_t c = 0; c < s->nfound; c++)
		if (s->found[c].label != LEXICON_NONE)
			s->labels[s->found[c].label] =
			    (struct label_evidence){ 0 };
	for (size_t i = 0; i < whole->ngrams; i++) {
		const struct lexicon_gram *g =
		    lexicon_gram(s->terms, whole->grams[i]);
		float all;

		if (g == NULL || g[1].postings - g->postings > COMMON)
			continue;
		all = (float)(g[1].postings - g->postings + 1 -
		    (but != LEXICON_NONE));
		count_gram(s, g, false);
		for (size_t c = 0; c < s->nfound; c++) {
			uint32_t label = s->found[c].label;

			if (label != LEXICON_NONE && s->labels[label].now > 0)
				keep_best(s->labels[label].best,
				    (float)s->labels[label].now / all);
		}
		count_gram(s, g, true);
	}
}

/* --- features of one candidate ------------------------------------------- */

/* The candidate's name: the one most like the text, else its display. */
static struct slice
plain_name(const struct candidate_search *s, const struct candidate *c)
{
	const struct lexicon *l = s->list;

	if (c->name != LEXICON_NONE)
		return lexicon_plain(l, c->name);
	if (c->entry != LEXICON_NONE &&
	    l->entries[c->entry].called < l->entries[c->entry + 1].called)
		return lexicon_plain(l, l->called[l->entries[c->entry].called]);
	return s->plains[c->label];
}

/* How much of the name is in the text, and of the part in the name. */
static void
compare_characters(
    struct candidate_search *s, struct candidate *c, struct slice name)
{
	const struct part *part = &s->parts[c->part];
	uint16_t characters[GRAM_CHARACTERS];
	size_t n = gram_characters(name, characters);
	float all = 0, plain = 0, translated = 0, explained = 0;

	s->turn++;
	for (size_t i = 0; i < n; i++) {
		uint16_t one = characters[i];
		float idf = s->idf[one];

		if (s->stamp[one] == s->turn)
			continue;
		s->stamp[one] = s->turn;
		all += idf;
		translated += idf * s->share[one];
		if (s->share[one] == 1)
			plain += idf;
	}
	c->features[FEATURE_SHARE] = all > 0 ? plain / all : 0;
	c->features[FEATURE_TRANSLATED] = all > 0 ? translated / all : 0;
	all = 0;
	for (size_t i = 0; i < part->ncharacters; i++) {
		uint16_t one = part->characters[i];

		all += s->idf[one];
		if (s->stamp[one] == s->turn)
			explained += s->idf[one];
	}
	c->features[FEATURE_EXPLAINED] = all > 0 ? explained / all : 0;
	c->features[FEATURE_TEXT_LENGTH] =
	    plain_log(1 + (double)part->ncharacters);
	c->features[FEATURE_NAME_LENGTH] = plain_log(1 + (double)n);
}

static double
prior(const struct candidate_search *s, uint32_t label)
{
	const struct lexicon *l = s->terms;
	unsigned n = 0;

	if (label == LEXICON_NONE)
		return 0;
	for (uint32_t i = l->entries[label].called;
	     i < l->entries[label + 1].called; i++)
		n += !s->hidden[l->called[i]];
	return plain_log(1 + (double)n);
}

static void
fill_one(struct candidate_search *s, struct candidate *c)
{
	struct slice name = plain_name(s, c);
	double *f = c->features;

	f[FEATURE_ONE] = 1;
	f[FEATURE_COSINE] = c->cosine;
	f[FEATURE_COSINE_SQUARE] = c->cosine * c->cosine;
	f[FEATURE_RANK] = c->rank == 0 ? 0 : 1.0 / c->rank;
	f[FEATURE_UNLISTED] = c->rank == 0;
	f[FEATURE_NEAR] = c->near;
	f[FEATURE_NEAR_CUBES] = c->cubes;
	f[FEATURE_STANDS] =
	    slice_find(s->parts[0].plain, name) != NULL && name.n > 0;
	f[FEATURE_PRIOR] = prior(s, c->label);
	f[FEATURE_PARTS] =
	    plain_log(s->nparts == 1 ? 1 : (double)s->nparts - 1);
	f[FEATURE_LABEL] = f[FEATURE_LABELS] = 0;
	if (c->label != LEXICON_NONE) {
		const float *best = s->labels[c->label].best;

		f[FEATURE_LABEL] = best[0];
		for (size_t i = 0; i < 5; i++)
			f[FEATURE_LABELS] += best[i] / 5;
	}
	compare_characters(s, c, name);
}

/* --- margins ------------------------------------------------------------- */

static double
likeness(const struct candidate *c, enum feature margin)
{
	switch (margin) {
	case FEATURE_COSINE_MARGIN:
		return c->features[FEATURE_COSINE];
	case FEATURE_NEAR_MARGIN:
		return c->features[FEATURE_NEAR];
	case FEATURE_SHARE_MARGIN:
		return c->features[FEATURE_TRANSLATED] +
		    c->features[FEATURE_EXPLAINED];
	default:
		return c->features[FEATURE_LABELS];
	}
}

/* The distance to the best other candidate of the same part. */
static void
fill_margin(struct candidate_search *s, enum feature margin)
{
	double best[1 + PART_MOST] = { 0 }, second[1 + PART_MOST] = { 0 };

	for (size_t i = 0; i < s->nfound; i++) {
		unsigned part = s->found[i].part;
		double x = likeness(&s->found[i], margin);

		if (x > best[part]) {
			second[part] = best[part];
			best[part] = x;
		} else if (x > second[part]) {
			second[part] = x;
		}
	}
	for (size_t i = 0; i < s->nfound; i++) {
		struct candidate *c = &s->found[i];
		double x = likeness(c, margin);

		c->features[margin] =
		    x - (x == best[c->part] ? second[c->part] : best[c->part]);
	}
}

/*
 * Most of what speaks for a candidate comes from terms that had its label.
 * For one that none had, likeness must count for more.
 */
static void
fill_new(struct candidate *c)
{
	double *f = c->features, new = f[FEATURE_PRIOR] == 0;

	f[FEATURE_NEW] = new;
	f[FEATURE_NEW_COSINE] = new *f[FEATURE_COSINE];
	f[FEATURE_NEW_TRANSLATED] = new *f[FEATURE_TRANSLATED];
	f[FEATURE_NEW_EXPLAINED] = new *f[FEATURE_EXPLAINED];
	f[FEATURE_NEW_MARGIN] = new *f[FEATURE_SHARE_MARGIN];
}

void
evidence_fill(struct candidate_search *s, uint32_t but)
{
	translate(s, but);
	ask_labels(s, but);
	for (size_t i = 0; i < s->nfound; i++)
		fill_one(s, &s->found[i]);
	for (enum feature f = FEATURE_COSINE_MARGIN; f < FEATURES; f++)
		fill_margin(s, f);
	for (size_t i = 0; i < s->nfound; i++)
		fill_new(&s->found[i]);
}
