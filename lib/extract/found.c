/*
 * What the patterns of a pack find.
 */
#include "extract/finder.h"

#include "extract/tally.h"

#define MOST_GROWTH 10 /* characters that a text takes in before its match */

/* "2024年8月6mm,本次7mm": to the field of earlier values its own is of its time. */
static const struct measure *
of_its_time(
    const struct finder *x, const struct field *f, const struct measure *m)
{
	struct measure *own;

	if (!m->past || (f->how.despite & 1u << CUE_HISTORY) == 0)
		return m;
	own = arena_dup(x->r->arena, m, sizeof(*m));
	own->past = false;
	return own;
}

/* The first measure of [from,to) that the field takes, or NULL. */
static const struct measure *
measure_between(
    const struct finder *x, const struct field *f, uint32_t from, uint32_t to)
{
	size_t i = reading_first_measure(x->r, from);

	/* One that begins before may reach into it. */
	for (i = i < 2 ? 0 : i - 2;
	     i < x->r->nmeasures && x->r->measures[i].from < to; i++) {
		const struct measure *m = &x->r->measures[i];

		if (m->to > from && m->from < to &&
		    candidate_fits(f, of_its_time(x, f, m)))
			return m;
	}
	return NULL;
}

long
finder_code_between(
    const struct finder *x, uint32_t field, uint32_t from, uint32_t to)
{
	const struct field *f = &x->r->type->fields[field];
	long held = -1;

	for (size_t i = reading_first_hit(x->r, from);
	     i < x->r->nhits && x->r->hits[i].from < to; i++) {
		const struct hit *h = &x->r->hits[i];
		const struct word *w = reading_word(x->r, h);

		if (w->role == ROLE_CODE && w->field == field &&
		    h->from >= from && h->to <= to && held < 0)
			held = (long)w->value;
	}
	for (size_t i = 0; i < f->ncodes; i++)
		for (size_t k = 0; k < f->codes[i].nspellings; k++)
			if (slice_eq(f->codes[i].spellings[k],
				(struct slice){
				    x->r->view.text.p + from, to - from }))
				return (long)i;
	return held;
}

/* A count of what is denied is 0, if no number is told elsewhere. */
static void
none(
    struct finder *x, uint32_t field, uint32_t from, uint32_t to, uint32_t rule)
{
	struct candidate *k;

	if ((reading_context(x->r, from, to) & 1u << CUE_NEGATED) == 0)
		return;
	k = finder_add(x, field, from, to, SCORE_BARE);
	if (k == NULL)
		return;
	k->rule = rule;
	k->context &= ~(1u << CUE_NEGATED);
	k->value = SLICE("0");
}

/*
 * "边界清晰 左上叶结节": in a telegraphic line what an object is said to be ends
 * where a blank parts it from the next object, field or subject.
 */
static uint32_t
end_of_words(const struct finder *x, uint32_t field, uint32_t from, uint32_t to)
{
	const struct reading *r = x->r;

	if (r->view.spaced || !r->type->fields[field].how.own)
		return to;
	for (size_t i = reading_first_hit(r, from + 1);
	     i < r->nhits && r->hits[i].from < to; i++) {
		const struct word *w = reading_word(r, &r->hits[i]);

		if (r->view.gap[r->hits[i].from] &&
		    (w->role == ROLE_SUBJECT || w->role == ROLE_PART ||
			w->role == ROLE_SECTION || w->role == ROLE_CODE ||
			w->role == ROLE_ANCHOR) &&
		    (w->field != field || w->role == ROLE_SUBJECT))
			return r->hits[i].from;
	}
	return to;
}

static bool
ends_in(const char *p, uint32_t at, struct slice word)
{
	return at >= word.n && memcmp(p + at - word.n, word.p, word.n) == 0;
}

/*
 * "出现颈前区轻度[肿胀]": the words before a match that are part of what it tells,
 * up to one at which its growth ends; "+耳后" is no end, though 后 is.
 */
static uint32_t
grown(const struct finder *x, const struct field *f, uint32_t from)
{
	const struct view *v = &x->r->view;
	const char *p = v->text.p;

	for (int n = 0; f->how.grows.n > 0 && n < MOST_GROWTH; n++) {
		uint32_t step = 3;
		bool ends = false;

		if (from < 3 || (unsigned char)p[from - 3] < 0xE4 ||
		    (unsigned char)p[from - 3] > 0xE9 ||
		    (v->gap[from] && !v->spaced && !v->noisy))
			break;
		for (size_t i = 0; i < f->how.grows.n; i++) {
			struct slice w = f->how.grows.list[i];

			if (w.n > 1 && *w.p == '+') {
				w = (struct slice){ w.p + 1, w.n - 1 };
				if (ends_in(p, from, w)) {
					step = (uint32_t)w.n;
					ends = false;
					break;
				}
			} else if (ends_in(p, from, w)) {
				ends = true;
			}
		}
		if (ends)
			break;
		from -= step;
	}
	return from;
}

/* "左右叶各见2枚": what is counted of each of several places, in all. */
static const struct measure *
of_each(const struct finder *x, const struct measure *m)
{
	const struct reading *r = x->r;
	const struct clause *c = reading_clause(r, m->from);
	unsigned places = tally_each(
	    slice_span(r->view.text.p + c->from, r->view.text.p + m->from));
	struct measure *all;
	struct decimal n = decimal_of_long((long)places, r->arena);
	struct err e;

	if (places < 2 || m->kind != MEASURE_NUMBER)
		return m;
	all = arena_dup(r->arena, m, sizeof(*m));
	return decimal_mul(&m->value[0], &n, r->arena, &all->value[0], &e) ? all
									   : m;
}

/*
 * "标本:咳痰 外观:": behind a blank what the next heading is called is no part of
 * what the one before says.
 */
static uint32_t
end_at_heading(const struct reading *r, uint32_t from, uint32_t to)
{
	if (r->view.spaced || r->view.noisy || to == r->view.text.n ||
	    r->view.text.p[to] != ':')
		return to;
	for (uint32_t at = to; at-- > from + 1;)
		if (r->view.gap[at])
			return at;
	return to;
}

/* What a pattern's match is worth to its field. */
static void
matched(struct finder *x, uint32_t field, uint32_t from, uint32_t to,
    unsigned group, struct span whole, uint32_t rule)
{
	const struct field *f = &x->r->type->fields[field];
	const struct measure *m = measure_between(x, f, from, to);
	const struct clause *c = reading_clause(x->r, from);
	long code = -1;
	struct candidate *k;

	if (candidate_is_measured(f)) {
		if (m != NULL && finder_is_of_unknown(x, f, m, c))
			return;
		if (m != NULL) {
			k = finder_number(x, field,
			    f->counts >= 0 ? of_each(x, m)
					   : of_its_time(x, f, m),
			    SCORE_ANCHORED + SCORE_STRONG, rule, c);
			x->taken[m - x->r->measures] = true;
			/* "两枚实性结节": what is counted is evidence too. */
			if (k != NULL && f->d->type == TYPE_INTEGER) {
				k->from = whole.from;
				k->to = whole.to;
			}
		} else if ((code = finder_code_between(x, field, from, to)) >=
		    0) {
			k = finder_add(x, field, from, to, SCORE_ANCHORED);
			if (k != NULL)
				k->value = f->codes[code].code;
		} else if (f->d->type == TYPE_INTEGER) {
			none(x, field, from, to, rule);
		}
		return;
	}
	if (f->d->type == TYPE_CODE &&
	    (code = finder_code_between(x, field, from, to)) < 0)
		return;
	if (f->d->type == TYPE_TEXT) {
		to = end_at_heading(
		    x->r, from, end_of_words(x, field, from, to));
		from = grown(x, f, from);
	}
	k = finder_add(x, field, from, to,
	    group > 1 ? SCORE_ANCHORED - (int)(group - 1) * SCORE_RANK
		      : SCORE_ANCHORED);
	if (k == NULL)
		return;
	k->rule = rule;
	if (f->d->type == TYPE_BOOL && group > 0)
		k->context |= 1u << CUE_NEGATED;
	k->code = code < 0 ? 0 : (uint32_t)code;
	k->value = f->d->type == TYPE_CODE
	    ? finder_quoted(x, f->codes[code].code)
	    : f->d->type != TYPE_BOOL        ? finder_written(x, from, to)
	    : k->context & 1u << CUE_NEGATED ? SLICE("false")
					     : SLICE("true");
}

/* The first group that takes part in a match; 0: none. */
static unsigned
first_group(const struct pattern_match *m)
{
	for (unsigned g = 1; g < m->ngroups; g++)
		if (m->from[g] < m->to[g])
			return g;
	return 0;
}

/*
 * The first group of a pattern is the value, else all that it matched; what
 * only a later group takes is outweighed by what an earlier one does.  Of a number
 * the first measure in it, which then is no other field's.  Of a yes or
 * no a group that takes part denies.
 */
void
finder_pattern(struct finder *x, uint32_t field, const struct announcer *a)
{
	const struct field *f = &x->r->type->fields[field];
	struct pattern_match m;
	size_t at = 0, n = x->r->view.text.n;

	while (at < n && reading_match(x->r, a->pattern, at, &m)) {
		unsigned taking = first_group(&m);
		unsigned g = f->d->type == TYPE_BOOL ? 0 : taking;
		uint32_t from = (uint32_t)m.from[g], to = (uint32_t)m.to[g];

		at = m.to[0] > at ? m.to[0] : at + 1;
		if (from != to &&
		    finder_standing_at(
			x, f, reading_clause(x->r, from), from, to))
			matched(x, field, from, to, taking,
			    (struct span){
				(uint32_t)m.from[0], (uint32_t)m.to[0] },
			    a->number);
	}
}
