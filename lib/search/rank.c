#include "search/rank.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/tokenizer.h"
#include "base/utf8.h"
#include "json/scan.h"

#define K1 1.2
#define B  0.75
/*
 * A hospital's index holds a million names and codes of five characters beside
 * its notes of three hundred, so the mean says little about a note.  Beyond so
 * many means a passage counts as no longer: else every short field that shares
 * half the question would stand before the note that answers it.
 */
#define LONGEST 4.0

struct posting {
	uint64_t passage;
	double weight;
};

struct candidate {
	size_t corpus;
	struct posting at;
};

struct candidates {
	struct candidate *list;
	size_t n, room;
};

/* --- what the words are worth ------------------------------------------- */

static double
idf_of(double all, double with)
{
	return log(1 + (all - with + 0.5) / (with + 0.5));
}

static bool
weigh(const struct search *s, struct question *q, double *mean, struct err *e)
{
	uint64_t all = 0, characters = 0;

	for (size_t i = 0; i < s->ncorpora; i++) {
		all += s->corpora[i]->passages;
		characters += s->corpora[i]->characters;
	}
	*mean = all == 0 ? 1 : (double)characters / (double)all;
	for (size_t t = 0; t < q->nterms; t++) {
		q->terms[t].passages = 0;
		for (size_t i = 0; i < s->ncorpora; i++) {
			int64_t n = corpus_frequency(
			    s->corpora[i], q->terms[t].text, e);

			if (n < 0)
				return false;
			q->terms[t].passages += (uint64_t)n;
		}
		q->terms[t].idf =
		    idf_of((double)all, (double)q->terms[t].passages);
	}
	return true;
}

/* --- candidates ---------------------------------------------------------- */

static int
by_rarity(const void *a, const void *b)
{
	const struct term *const *x = a, *const *y = b;

	if ((*x)->passages != (*y)->passages)
		return (*x)->passages < (*y)->passages ? -1 : 1;
	return slice_cmp((*x)->text, (*y)->text);
}

/* The terms to read postings of, rarest first. */
static size_t
choose(const struct search *s, const struct question *q,
    const struct term **chosen)
{
	uint64_t postings = 0;
	size_t n = 0, taken = 0;

	for (size_t i = 0; i < q->nterms; i++)
		if (q->terms[i].passages > 0)
			chosen[n++] = &q->terms[i];
	qsort(chosen, n, sizeof(*chosen), by_rarity);
	while (taken < n) {
		postings += chosen[taken]->passages;
		if (taken > 0 && !s->all && s->selections == NULL &&
		    postings > s->effort)
			break;
		taken++;
	}
	return taken;
}

struct gather {
	struct posting *list;
	size_t n, room;
};

/* The postings of a term in one corpus; *left bounds them. */
static bool
read_postings(struct corpus *c, const struct selection *sel,
    const struct term *t, uint64_t *left, struct gather *g, struct err *e)
{
	struct statement *st = c->postings;
	int got = 0;

	statement_bind(st, 1, t->text);
	while (*left > 0 && (got = statement_step(st, e)) == 1) {
		uint64_t passage = (uint64_t)statement_int(st, 0);

		if (sel != NULL && !selection_has(sel, passage))
			continue;
		g->list = mem_room(g->list, g->n, &g->room, sizeof(*g->list));
		g->list[g->n++] =
		    (struct posting){ passage, t->weight * t->idf };
		--*left;
	}
	statement_reset(st);
	return got >= 0;
}

static int
by_passage(const void *a, const void *b)
{
	const struct posting *x = a, *y = b;

	return x->passage < y->passage ? -1 : x->passage > y->passage;
}

/* One entry a passage, its weights added up. */
static void
add_up(struct gather *g)
{
	size_t n = 0;

	if (g->n > 0)
		qsort(g->list, g->n, sizeof(*g->list), by_passage);
	for (size_t i = 0; i < g->n; i++)
		if (n > 0 && g->list[n - 1].passage == g->list[i].passage)
			g->list[n - 1].weight += g->list[i].weight;
		else
			g->list[n++] = g->list[i];
	g->n = n;
}

static void
add_candidate(struct candidates *all, size_t corpus, struct posting at)
{
	all->list = mem_room(all->list, all->n, &all->room, sizeof(*all->list));
	all->list[all->n++] = (struct candidate){ corpus, at };
}

static void
add_selected(struct candidates *all, size_t corpus, const struct selection *s)
{
	for (uint64_t i = 0; i < s->size; i++)
		if (selection_has(s, i))
			add_candidate(
			    all, corpus, (struct posting){ .passage = i });
}

static int
by_weight(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->at.weight != y->at.weight)
		return x->at.weight > y->at.weight ? -1 : 1;
	if (x->corpus != y->corpus)
		return x->corpus < y->corpus ? -1 : 1;
	return by_passage(&x->at, &y->at);
}

/*
 * A selection is applied before anything is cut off, never behind the ranking:
 * hits would be lost in silence.
 */
static bool
find_candidates(const struct search *s, const struct question *q,
    struct candidates *all, struct err *e)
{
	const struct term **chosen =
	    mem_alloc((q->nterms + 1) * sizeof(*chosen));
	size_t nchosen = choose(s, q, chosen);
	bool ok = true;

	for (size_t i = 0; ok && i < s->ncorpora; i++) {
		const struct selection *sel =
		    s->selections == NULL ? NULL : &s->selections[i];
		uint64_t left = s->all ? UINT64_MAX : s->effort;
		struct gather g = { 0 };

		if (sel != NULL && sel->passages <= RANK_CANDIDATES) {
			add_selected(all, i, sel);
			continue;
		}
		for (size_t t = 0; ok && t < nchosen; t++)
			ok = read_postings(
			    s->corpora[i], sel, chosen[t], &left, &g, e);
		add_up(&g);
		for (size_t k = 0; ok && k < g.n; k++)
			add_candidate(all, i, g.list[k]);
		mem_free(g.list);
	}
	mem_free(chosen);
	if (all->n > 0)
		qsort(all->list, all->n, sizeof(*all->list), by_weight);
	if (!s->all && s->selections == NULL && all->n > RANK_CANDIDATES)
		all->n = RANK_CANDIDATES;
	return ok;
}

/* --- scores -------------------------------------------------------------- */

struct tally {
	const struct question *q;
	unsigned *counts;
};

static bool
count_token(void *ctx, const struct token *t)
{
	struct tally *tally = ctx;
	long n;

	/* A single that is a run of one comes as a pair, too: count it once. */
	if (t->kind == TOKEN_PAIR && utf8_count(t->text.p, t->text.n) == 1)
		return true;
	if ((n = index_find(tally->q->words, t->text)) >= 0)
		tally->counts[n]++;
	return true;
}

double
rank_score(
    const struct question *q, struct slice text, double mean, double *cover)
{
	unsigned small[256], *counts = small;
	struct tally tally = { q, NULL };
	double length = (double)utf8_count(text.p, text.n);
	double norm = K1 *
	    (1 - B + B * (length < LONGEST * mean ? length / mean : LONGEST));
	double score = 0, whole = 0, met = 0;

	if (q->nterms > 256)
		counts = mem_alloc(q->nterms * sizeof(*counts));
	memset(counts, 0, q->nterms * sizeof(*counts));
	tally.counts = counts;
	tokenize(text, TOKEN_SINGLES | TOKEN_PARTS, count_token, &tally);
	for (size_t i = 0; i < q->nterms; i++) {
		double worth = q->terms[i].weight * q->terms[i].idf;
		double n = counts[i];

		whole += worth;
		if (n > 0) {
			met += worth;
			score += worth * n * (K1 + 1) / (n + norm);
		}
	}
	if (counts != small)
		mem_free(counts);
	if (cover != NULL)
		*cover = whole > 0 ? met / whole : 0;
	return score;
}

static bool
allowed(const struct question *q, struct slice text, struct buf *b)
{
	bool ok = true;

	if (q->nmust == 0 && q->nmust_not == 0)
		return true;
	buf_reset(b);
	fold_text(text, b);
	for (size_t i = 0; ok && i < q->nmust; i++)
		ok = slice_find(buf_slice(b), q->must[i]) != NULL;
	for (size_t i = 0; ok && i < q->nmust_not; i++)
		ok = slice_find(buf_slice(b), q->must_not[i]) == NULL;
	return ok;
}

/* The text of a passage out of the spelling of its member. */
static struct slice
cut_text(
    struct slice spelling, uint64_t begin, uint64_t behind, struct arena *a)
{
	struct slice all = json_text(json_of(spelling), a);
	size_t from = utf8_offset(all.p, all.n, begin);
	size_t n = utf8_offset(all.p + from, all.n - from, behind - begin);

	return (struct slice){ all.p + from, n };
}

static bool
score_candidate(const struct search *s, const struct question *q,
    const struct candidate *c, double mean, struct hits *hits, struct buf *b,
    struct err *e)
{
	struct statement *st = s->corpora[c->corpus]->passage;
	struct arena *a = hits->arena;
	struct hit h = { .corpus = c->corpus };
	int got;

	statement_bind_int(st, 1, (int64_t)c->at.passage);
	if ((got = statement_step(st, e)) == 1) {
		h.begin = (uint64_t)statement_int(st, 4);
		h.behind = (uint64_t)statement_int(st, 5);
		h.text = cut_text(statement_blob(st, 2), h.begin, h.behind, a);
		h.score = rank_score(q, h.text, mean, &h.cover);
		if (h.score > 0 && allowed(q, h.text, b)) {
			h.record = statement_int(st, 0);
			h.id = arena_slice(a, statement_text(st, 1));
			h.path = arena_slice(a, statement_text(st, 3));
			h.text = arena_slice(a, h.text);
			hits->list = mem_room(hits->list, hits->n, &hits->room,
			    sizeof(*hits->list));
			hits->list[hits->n++] = h;
		}
	}
	statement_reset(st);
	return got >= 0;
}

bool
rank_question(const struct search *s, struct question *q, struct hits *hits,
    struct err *e)
{
	struct candidates all = { 0 };
	struct buf b = { 0 };
	double mean;
	bool ok;

	*hits = (struct hits){ .arena = arena_new() };
	ok = weigh(s, q, &mean, e) && find_candidates(s, q, &all, e);
	for (size_t i = 0; ok && i < all.n; i++)
		ok = score_candidate(s, q, &all.list[i], mean, hits, &b, e);
	buf_release(&b);
	mem_free(all.list);
	rank_settle(hits, s->passages);
	return ok;
}

/* --- hits ---------------------------------------------------------------- */

static int
by_score(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	int order;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if ((order = slice_cmp(x->id, y->id)) != 0 ||
	    (order = slice_cmp(x->path, y->path)) != 0)
		return order;
	if (x->begin != y->begin)
		return x->begin < y->begin ? -1 : 1;
	return x->corpus < y->corpus ? -1 : x->corpus > y->corpus;
}

void
rank_settle(struct hits *hits, bool passages)
{
	struct index *seen = index_new();
	size_t n = 0, room = 0, *owner = NULL; /* corpus of a record's first */

	if (hits->n > 0)
		qsort(hits->list, hits->n, sizeof(*hits->list), by_score);
	for (size_t i = 0; i < hits->n; i++) {
		const struct hit *h = &hits->list[i];
		bool fresh;
		size_t k = index_add(seen, h->id, &fresh);

		if (fresh) {
			owner = mem_room(owner, k, &room, sizeof(*owner));
			owner[k] = h->corpus;
		}
		if (fresh || (passages && owner[k] == h->corpus))
			hits->list[n++] = *h;
	}
	hits->n = n;
	mem_free(owner);
	index_free(seen);
}

void
rank_release(struct hits *hits)
{
	arena_free(hits->arena);
	mem_free(hits->list);
	*hits = (struct hits){ 0 };
}

/* --- marks --------------------------------------------------------------- */

struct marker {
	const struct question *q;
	struct mark *list;
	size_t n, room;
};

static bool
mark_token(void *ctx, const struct token *t)
{
	struct marker *m = ctx;
	long n = index_find(m->q->words, t->text);

	if (n < 0 || !m->q->terms[n].marks)
		return true;
	if (m->n > 0 && t->from <= m->list[m->n - 1].to) {
		if (t->to > m->list[m->n - 1].to)
			m->list[m->n - 1].to = t->to;
		return true;
	}
	m->list = mem_room(m->list, m->n, &m->room, sizeof(*m->list));
	m->list[m->n++] = (struct mark){ t->from, t->to };
	return true;
}

size_t
rank_marks(const struct question *q, struct slice text, struct arena *a,
    struct mark **marks)
{
	struct marker m = { .q = q };

	tokenize(text, TOKEN_SINGLES | TOKEN_PARTS, mark_token, &m);
	*marks = arena_dup(a, m.list, m.n * sizeof(*m.list));
	mem_free(m.list);
	return m.n;
}
