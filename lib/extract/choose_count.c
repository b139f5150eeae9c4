/*
 * How many objects a group has, as a field that counts them answers.
 */
#include "extract/choose_part.h"

#define FIRST_SIGNS "\xE2\x91" /* of ① and those of its block */

/* Whether the clause of a place has a word that announces an object. */
static bool
is_announced(const struct reading *r, const struct field *id, uint32_t at)
{
	const struct clause *c = reading_clause(r, at);

	for (size_t k = c->hit; id != NULL && k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_ANCHOR && &r->type->fields[w->field] == id)
			return true;
	}
	return id == NULL || !id->announced;
}

/* "多发小片低回声,考虑炎症,非结节": of what the sentence takes back. */
static bool
is_taken_back(const struct reading *r, const struct field *f, uint32_t at)
{
	const uint32_t sentence = reading_clause(r, at)->sentence;

	for (size_t k = reading_first_hit(r, at); k < r->nhits &&
	     reading_clause(r, r->hits[k].from)->sentence == sentence;
	     k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_EXCLUDE && w->value == (uint32_t)f->counts)
			return true;
	}
	return false;
}

static bool
is_vague(const struct chooser *x, size_t field)
{
	const struct reading *r = x->r;
	const struct field *f = &r->type->fields[field];

	for (size_t i = 0; i < r->nhits; i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);

		if (w->role == ROLE_VAGUE && w->field == field &&
		    (reading_context(r, h->from, h->to) &
			(CANDIDATE_OUT | 1u << CUE_NEGATED)) == 0 &&
		    reading_concerns(r, f, h->from, h->to) &&
		    !is_taken_back(r, f, h->to) &&
		    is_announced(
			r, r->type->groups[f->counts].identify, h->from))
			return true;
	}
	return false;
}

/* The larger anywhere, the main ones before the list: "主要位于右叶" is none. */
static bool
picks_one(struct slice text)
{
	static const char *const picked[] = { "较大", "最大", "大者", NULL };
	const char *list = slice_find(text, SLICE(FIRST_SIGNS));

	for (size_t i = 0; picked[i] != NULL; i++)
		if (slice_find(text, slice_of(picked[i])) != NULL)
			return true;
	return list != NULL &&
	    slice_find(slice_span(text.p, list), SLICE("主要")) != NULL;
}

/*
 * "多发结节:①…②…③…": all of them are told one by one, where each has a number
 * and none is picked out as the larger.
 */
static bool
is_listed(const struct chooser *x, size_t group)
{
	const struct cast *c = &x->r->casts[group];
	unsigned n = 0;

	for (size_t i = 0; i < c->n; i++) {
		if ((x->alive[group] & (uint32_t)1 << i) == 0)
			continue;
		if (c->objects[i].label.n != 3 ||
		    memcmp(c->objects[i].label.p, FIRST_SIGNS, 2) != 0)
			return false;
		n++;
	}
	return n > 1 && !picks_one(x->r->view.text);
}

/* Adds the places of words that announce objects; the anchor is told or any. */
static unsigned
add_announcers(
    const struct chooser *x, struct answer *a, size_t group, uint32_t anchor)
{
	const struct reading *r = x->r;
	const struct field *id = r->type->groups[group].identify;
	unsigned n = 0;

	for (size_t i = 0; i < r->nhits && n < x->out->groups[group].nobjects;
	     i++) {
		const struct hit *h = &r->hits[i];
		const struct word *w = reading_word(r, h);

		if (w->role != ROLE_ANCHOR ||
		    &r->type->fields[w->field] != id ||
		    (anchor != 0 && w->value != anchor) ||
		    !reading_concerns(r, id, h->from, h->to) ||
		    (reading_context(r, h->from, h->to) & CANDIDATE_OUT) != 0)
			continue;
		chooser_add_evidence(x, a, h->from, h->to);
		n++;
	}
	return n;
}

/* The words that announce the objects, or else where these are. */
static void
add_objects(const struct chooser *x, struct answer *a, size_t group)
{
	const struct cast *c = &x->r->casts[group];

	if (add_announcers(x, a, group, 1) > 0 ||
	    add_announcers(x, a, group, 0) > 0)
		return;
	for (size_t i = 0; i < c->n; i++)
		if ((x->alive[group] & (uint32_t)1 << i) &&
		    c->objects[i].part[0].code >= 0)
			chooser_add_evidence(x, a, c->objects[i].part[0].from,
			    c->objects[i].part[0].to);
}

void
chooser_count_group(const struct chooser *x, size_t field, struct answer *a)
{
	const struct field *f = &x->r->type->fields[field];
	size_t g = (size_t)f->counts;
	const struct cast *c = &x->r->casts[g];
	unsigned n = x->out->groups[g].nobjects;
	struct tally t;

	for (size_t i = 0; i < c->n; i++)
		if ((x->alive[g] & (uint32_t)1 << i) && c->objects[i].gone)
			n--;
	if (!tally_places(&t, x->r, f, x->found->first[field]))
		tally_objects(&t, x->r, f, x->found->first[field], n,
		    is_vague(x, field) && !is_listed(x, g));
	chooser_from_tally(x, a, &t);
	if (t.n == 0 && t.value.n > 0)
		add_objects(x, a, g);
}
