/*
 * What the values of other fields tell of one that the text says nothing of.
 */
#include "extract/choose_part.h"

#include "extract/finder.h"

/* What a field that is named has for an object; best NULL: nothing. */
static struct election
elect_by_id(const struct chooser *x, struct slice id, unsigned object)
{
	const struct field *f = doctype_field(x->r->type, id);
	struct election n = { 0 };

	if (f != NULL)
		chooser_elect(
		    x, f, (size_t)(f - x->r->type->fields), object, &n);
	return n;
}

/* "PEEP 10,潮气量400ml": what is told of one thing says that there is another. */
static void
implied(const struct chooser *x, const struct field *f, struct answer *a)
{
	for (size_t i = 0; i < f->how.implied_by.n; i++) {
		struct election n =
		    elect_by_id(x, f->how.implied_by.list[i], 0);

		if (n.best == NULL)
			continue;
		a->status = STATUS_OK;
		a->value = slice_of(arena_printf(x->r->arena, "\"%.*s\"",
		    (int)f->how.implied.n, f->how.implied.p));
		chooser_from_candidate(x, a, n.best);
		return;
	}
}

/* The word that says so in a section of the field, and is meant; or NULL. */
static const struct hit *
says_same(const struct reading *r, const struct field *f)
{
	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];

		if (reading_word(r, h)->role == ROLE_SAME &&
		    &r->type->fields[reading_word(r, h)->field] == f &&
		    finder_in_section(f, reading_clause(r, h->from)) &&
		    (reading_context(r, h->from, h->to) & CANDIDATE_OUT) == 0)
			return h;
	}
	return NULL;
}

/* "术前1.5ml…术后同剂量": the value of another field. */
static void
same(const struct chooser *x, const struct field *f, unsigned object,
    struct answer *a)
{
	const struct hit *h = says_same(x->r, f);
	struct election n;

	if (h == NULL)
		return;
	n = elect_by_id(x, f->how.same_id, object);
	if (n.best == NULL || n.other != NULL)
		return;
	a->status = STATUS_OK;
	a->value = n.best->value;
	chooser_add_evidence(x, a, h->from, h->to);
	chooser_from_candidate(x, a, n.best);
}

/*
 * "拟行微波消融。…功率35W": the one code that is only planned, where a value tells
 * that it was done.
 */
static void
carried_out(
    const struct chooser *x, size_t field, unsigned object, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	const struct candidate *plan = NULL;
	bool done = false;

	for (size_t i = 0; i < f->how.carried.n && !done; i++)
		done =
		    elect_by_id(x, f->how.carried.list[i], object).best != NULL;
	for (const struct candidate *c = x->found->first[field];
	     done && c != NULL; c = c->next) {
		if (c->context != 1u << CUE_PLANNED ||
		    !chooser_speaks_of(x, c, object))
			continue;
		if (plan != NULL && plan->code != c->code)
			return;
		plan = c;
	}
	if (plan == NULL)
		return;
	a->status = STATUS_OK;
	a->value = plan->value;
	chooser_from_candidate(x, a, plan);
}

void
chooser_from_others(
    const struct chooser *x, size_t field, unsigned object, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];

	if (x->found->first[field] == NULL)
		implied(x, f, a);
	if (f->how.same_words.n > 0)
		same(x, f, object, a);
	if (f->how.carried.n > 0)
		carried_out(x, field, object, a);
}
