#include "terms/finder.h"

#include <stdlib.h>

#include "base/mem.h"
#include "terms/candidate.h"
#include "terms/fold.h"
#include "terms/mapped.h"
#include "terms/terms_part.h"

/* The search of one field in one system, made when it is first asked for. */
struct place {
	const struct vocabulary *list;
	const struct model *model;
	struct slice asked;    /* where there is neither: the system */
	struct mapped *mapped; /* of it; NULL: no mapping names it */
	struct candidate_search *search;
};

struct finder {
	const struct terms *terms;
	struct finder_options options;
	struct place *places;
	size_t n, room;
};

bool
finder_options_parse(
    const char *accept, uint64_t top, struct finder_options *o, struct err *e)
{
	const char *p = accept == NULL ? "0.9" : accept;
	char *end = NULL;

	*o = (struct finder_options){ .best = strcmp(p, "f1") == 0,
		.top = (size_t)top };
	if (!o->best)
		o->accept = strtod(p, &end);
	if (!o->best &&
	    (end == p || *end != '\0' || !(o->accept > 0) || o->accept > 1))
		return err_set(e, ERR_USAGE,
		    "--accept: '%s' is neither a probability above 0 nor f1",
		    p);
	if (top < 1 || top > FINDER_MOST)
		return err_set(
		    e, ERR_USAGE, "--top: from 1 to %d", FINDER_MOST);
	return true;
}

struct finder *
finder_new(const struct terms *t, const struct finder_options *o)
{
	struct finder *f = mem_zalloc(sizeof(*f));

	f->terms = t;
	f->options = *o;
	return f;
}

void
finder_free(struct finder *f)
{
	if (f == NULL)
		return;
	for (size_t i = 0; i < f->n; i++) {
		candidate_free(f->places[i].search);
		mapped_free(f->places[i].mapped);
	}
	mem_free(f->places);
	mem_free(f);
}

static struct place *
new_place(struct finder *f)
{
	f->places = mem_room(f->places, f->n, &f->room, sizeof(*f->places));
	return &f->places[f->n++];
}

static struct place *
place_of(
    struct finder *f, const struct vocabulary *list, const struct model *model)
{
	struct place *p;

	for (size_t i = 0; i < f->n; i++)
		if (f->places[i].asked.n == 0 && f->places[i].list == list &&
		    f->places[i].model == model)
			return &f->places[i];
	p = new_place(f);
	*p = (struct place){ .list = list,
		.model = model,
		.search = candidate_new(
		    list == NULL ? NULL : vocabulary_lexicon(list),
		    list != NULL && !vocabulary_partial(list),
		    model == NULL ? NULL : &model->terms,
		    model == NULL ? NULL : &model->translation,
		    terms_synonyms(f->terms)) };
	return p;
}

/* Of a system without a list: among the codes that mappings name. */
static struct place *
mapped_place(struct finder *f, struct slice system)
{
	struct place *p;

	for (size_t i = 0; i < f->n; i++)
		if (slice_eq(f->places[i].asked, system))
			return &f->places[i];
	p = new_place(f);
	*p = (struct place){ .asked = system,
		.mapped = mapped_new(f->terms, system) };
	if (p->mapped != NULL)
		p->search = candidate_new(mapped_lexicon(p->mapped), false,
		    NULL, NULL, terms_synonyms(f->terms));
	return p;
}

/* --- one term ------------------------------------------------------------ */

struct finding {
	struct slice system, version;
	const struct place *place;
	struct candidate *found;
	size_t n;
};

static bool
search(struct finder *f, const struct term_query *q, struct slice folded,
    struct finding *to)
{
	struct slice system = q->nsystems > 0 ? q->systems[0] : SLICE("");
	const struct vocabulary *list = terms_list(f->terms, system);
	const struct model *model = terms_model(f->terms, q->field, system);

	if (folded.n == 0 || system.n == 0)
		return false;
	to->place = list != NULL || model != NULL ? place_of(f, list, model)
						  : mapped_place(f, system);
	if (to->place->search == NULL)
		return false;
	if (list != NULL) {
		to->system = vocabulary_system(list);
		to->version = vocabulary_version(list);
	} else if (model != NULL) {
		to->system = model->system;
		to->version = model->version;
	} else {
		to->system = mapped_system(to->place->mapped);
		to->version = mapped_version(to->place->mapped);
	}
	to->n = candidate_find(to->place->search, folded, &to->found);
	candidate_rank(to->found, to->n, model == NULL ? NULL : model->weights);
	return to->n > 0;
}

static struct term_code
code_of(const struct finding *g, size_t i)
{
	const struct candidate *c = &g->found[i];
	bool learned = g->place->model != NULL;

	return (struct term_code){ candidate_code(g->place->search, c),
		candidate_display(g->place->search, c), g->system, g->version,
		learned ? "learned" : "similar",
		learned ? c->p : (double)c->cosine };
}

/* 7: what is sure enough is written. */
static void
accept(struct finder *f, const struct term_query *q, const struct finding *g,
    struct arena *arena, struct term_answer *a)
{
	const struct model *model = g->place->model;
	double cut =
	    f->options.best && model != NULL ? model->cut : f->options.accept;
	double least = 1;

	for (size_t i = 0; i < g->n; i++) {
		struct term_code code = code_of(g, i);

		if ((model == NULL || code.p < cut) &&
		    !(f->options.best && i == 0))
			continue;
		term_add_code(&a->codes, &a->ncodes, arena, &code);
		least = code.p < least ? code.p : least;
	}
	if (a->ncodes == 0) {
		a->status = TERM_REVIEW;
		a->reason = "below_accept";
		return;
	}
	a->status = TERM_AUTO;
	a->reason = NULL;
	term_follow(f->terms, q, arena, a);
	for (size_t i = 0; i < a->ncodes; i++)
		if (a->codes[i].p == 0)
			a->codes[i].p = least;
}

static int
surest(const void *a, const void *b)
{
	const struct term_code *x = a, *y = b;

	if (x->p != y->p)
		return x->p > y->p ? -1 : 1;
	return slice_cmp(x->code, y->code);
}

/*
 * The best of the search, and those of the tables with what it says of them;
 * all of one system, for a review file names it once.
 */
static void
offer(struct finder *f, const struct finding *g, struct arena *arena,
    struct term_answer *a)
{
	size_t top = f->options.top, n = 0, told;
	struct term_code *list =
	    arena_alloc(arena, (top + a->ncandidates + 1) * sizeof(*list));

	for (size_t k = 0; k < a->ncandidates; k++) {
		if (!slice_eq(a->candidates[k].system, g->system))
			continue;
		list[n] = a->candidates[k];
		for (size_t i = 0; i < g->n; i++)
			if (slice_eq(code_of(g, i).code, list[n].code))
				list[n].p = code_of(g, i).p;
		n++;
	}
	told = n;
	for (size_t i = 0; i < g->n && i < top; i++) {
		struct term_code code = code_of(g, i);
		bool known = false;

		for (size_t k = 0; k < told && !known; k++)
			known = slice_eq(list[k].code, code.code);
		if (!known)
			list[n++] = code;
	}
	qsort(list, n, sizeof(*list), surest);
	a->candidates = list;
	a->ncandidates = n < top ? n : top;
}

/* Which list the answer is of, for who has to find a code by hand. */
static void
name_system(
    const struct finder *f, const struct term_query *q, struct term_answer *a)
{
	const struct vocabulary *list =
	    q->nsystems == 0 ? NULL : terms_list(f->terms, q->systems[0]);

	a->system = a->version = SLICE("");
	if (list != NULL) {
		a->system = vocabulary_system(list);
		a->version = vocabulary_version(list);
	} else if (q->nsystems > 0) {
		a->system = q->systems[0];
	}
}

void
finder_find(struct finder *f, const struct term_query *q, bool all,
    struct arena *arena, struct term_answer *a)
{
	struct finding g = { 0 };
	bool open;

	terms_find(f->terms, q, arena, a);
	name_system(f, q, a);
	for (size_t i = 0; i < a->ncodes; i++)
		a->codes[i].p = 1;
	open = a->status == TERM_UNMAPPED;
	if (!all && !open && a->status != TERM_REVIEW)
		return;
	if (!search(f, q, fold_term(q->term, arena), &g))
		return;
	if (open)
		accept(f, q, &g, arena, a);
	if (all || a->status == TERM_REVIEW)
		offer(f, &g, arena, a);
}
