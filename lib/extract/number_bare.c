/*
 * A number that no word claims.
 */
#include "extract/number_part.h"

/* ",7mm,": the clause is the measure, and its sentence speaks of an object. */
static bool
is_all_of_clause(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m)
{
	return m->from == c->from &&
	    (m->to + 1 >= c->to ||
		slice_is(slice_span(x->r->view.text.p + m->to,
			     x->r->view.text.p + c->to),
		    "。")) &&
	    reading_focus(x->r, f, c).objects != 0;
}

/*
 * "左上叶 6mm": a lone length directly behind where its object is, or all of
 * what is said next.
 */
static bool
follows_place(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m)
{
	const struct doctype *t = x->r->type;

	if (f->group < 0)
		return false;
	if (is_all_of_clause(x, f, c, m))
		return true;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);
		const struct field *of = &t->fields[w->field];

		if ((w->role == ROLE_CODE || w->role == ROLE_PART) &&
		    (of == t->groups[f->group].identify ||
			of == t->groups[f->group].also) &&
		    h->to <= m->from && m->from - h->to <= 1)
			return true;
	}
	return false;
}

/* "两性霉素B50mg": the letters that a number is glued to name its object. */
static bool
is_named_at(const struct finder *x, const struct field *f, uint32_t at)
{
	const struct cast *c;

	if (f->group < 0)
		return false;
	c = &x->r->casts[f->group];
	for (size_t i = 0; i < c->nnamings && c->namings[i].from < at; i++)
		if (c->namings[i].to == at)
			return true;
	return false;
}

/* "肌层<1/2", "上2/3层": a share of a thickness, and no count of so many. */
static bool
is_fraction(const struct finder *x, const struct measure *m)
{
	static const char *const of[] = { "层", "肌层", "以上", "以下", "周",
		"圈", "厚", "壁", "上皮", "段", "组", "/", NULL };
	static const struct slice inner[] = { SPELT("层内"), SPELT("壁内"),
		SPELT("浅"), SPELT("深"), SPELT("外"), SPELT_END };
	const struct slice s = x->r->view.text;
	struct slice rest = slice_span(s.p + m->to, s.p + s.n);

	if (m->kind != MEASURE_RATIO)
		return false;
	if ((m->from > 0 && strchr("<>", s.p[m->from - 1]) != NULL) ||
	    slice_ends_in(s.p, m->from, inner) > 0)
		return true;
	for (size_t i = 0; of[i] != NULL; i++)
		if (slice_starts(rest, of[i]))
			return true;
	return false;
}

/*
 * Whether a word keeps a bare measure of the clause off: one that blanks part
 * from it in a telegraphic line does so from near only.
 */
static bool
is_barred(const struct finder *x, uint32_t field, const struct clause *c,
    const struct measure *m)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);

		if (w->role == ROLE_NEVER && w->field == field &&
		    !number_is_within(h, m) && !number_is_aside(x, h, m) &&
		    (finder_distance(h, m) <= NEAR_UNITLESS ||
			!(h->to <= m->from
				? reading_parts(x->r, h->to, m->from)
				: reading_parts(x->r, m->to, h->from))))
			return true;
	}
	return false;
}

void
number_bare(struct finder *x, const struct measure *m, const struct clause *c)
{
	const struct doctype *t = x->r->type;

	if (is_fraction(x, m))
		return;
	for (size_t k = 0; k < t->nbare; k++) {
		uint32_t i = t->bare[k];
		const struct field *f = &t->fields[i];

		if (candidate_fits(f, m) &&
		    (!m->glued || is_named_at(x, f, m->from)) &&
		    (m->kind == MEASURE_DIMS || !candidate_lacks_unit(f, m)) &&
		    finder_standing_at(x, f, c, m->from, m->from) &&
		    !number_is_first_size(x, f, c, m) &&
		    (f->d->type != TYPE_DIMS || m->n > 1 ||
			follows_place(x, f, c, m)) &&
		    !is_barred(x, i, c, m) && !finder_is_of_unknown(x, f, m, c))
			finder_number(x, i, m, SCORE_BARE, 0, c);
	}
}
