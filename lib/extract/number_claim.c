/*
 * Which words claim a measure, and how strongly.
 */
#include "extract/number_part.h"

#define NEAR_SINGLE 15 /* bytes from an anchor to a lone diameter */

static int
worth(const struct hit *h, const struct word *w, const struct measure *m,
    bool same_clause)
{
	uint32_t d = finder_distance(h, m);
	int score =
	    SCORE_ANCHORED - (int)(d < SCORE_FARTHEST ? d : SCORE_FARTHEST);

	if (h->from < m->from)
		score += SCORE_BEFORE;
	if (w->role == ROLE_STRONG)
		score += SCORE_STRONG;
	if (!same_clause)
		score += SCORE_OTHER_CLAUSE;
	return score;
}

/* "EF(Teich)59% FS 31%": a word before a number of its own looks ahead. */
static bool
looks_ahead(const struct finder *x, const struct hit *h)
{
	const struct slice s = x->r->view.text;

	return h->to < s.n &&
	    ((s.p[h->to] >= '0' && s.p[h->to] <= '9') || s.p[h->to] == ':' ||
		s.p[h->to] == '=');
}

bool
number_is_within(const struct hit *h, const struct measure *m)
{
	return m->kind == MEASURE_DIMS && h->from >= m->from && h->to <= m->to;
}

/* Whether a word has such a number of its own between itself and the measure. */
static bool
is_used_up(const struct finder *x, const struct hit *h, const struct measure *m)
{
	for (size_t i = reading_first_measure(x->r, m->from); i-- > 0;) {
		const struct measure *o = &x->r->measures[i];

		if (o->from < h->to)
			return false;
		if ((o->kind == MEASURE_RATIO) == (m->kind == MEASURE_RATIO) &&
		    o->from < m->lead &&
		    (o->unit == NULL || m->unit == NULL ||
			o->unit->dimension == m->unit->dimension))
			return true;
	}
	return false;
}

/*
 * Whether a word of the clause that keeps the field off stands nearer than the
 * anchor, or directly before it (距肿块8cm); one behind the measure must stand
 * nearer still, RR 20(呼吸机).  One with a number of its own (最快130次/分,现110)
 * keeps off no other.
 */
static bool
is_kept_off(const struct finder *x, const struct word *w, const struct hit *h,
    const struct clause *c, const struct measure *m)
{
	uint32_t d = finder_distance(h, m);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *never = reading_word(x->r, o);
		uint32_t n;

		if (never->role != ROLE_NEVER || never->field != w->field ||
		    number_is_within(o, m) ||
		    (o->from >= m->to && looks_ahead(x, o)) ||
		    is_used_up(x, o, m))
			continue;
		n = finder_distance(o, m);
		if (n < d || (n == d && (d == 0 || h->to > m->from)) ||
		    (o->to == h->from && h->to <= m->from))
			return true;
	}
	return false;
}

/* Whether a word is followed by the measure, or by one that gave way to it. */
static bool
is_next(const struct finder *x, const struct hit *h, const struct measure *m)
{
	return h->to <= m->from &&
	    x->r->measures[reading_first_measure(x->r, h->to)].from >= m->lead;
}

const struct measure *
number_as_ratio(const struct finder *x, const struct measure *m)
{
	struct measure *both;

	if (m->kind != MEASURE_NUMBER &&
	    (m->kind != MEASURE_RANGE || !m->has[0] || !m->has[1]))
		return m;
	both = arena_dup(x->r->arena, m, sizeof(*m));
	both->kind = MEASURE_RATIO;
	both->n = 2 * m->n;
	for (size_t i = 0; i < both->n; i++)
		both->value[i] = m->value[i / 2];
	return both;
}

/* A number without its unit that could not be the field's: 116 no temperature. */
static bool
is_impossible(
    const struct finder *x, const struct field *f, const struct measure *m)
{
	bool outside = false;

	if (!candidate_lacks_unit(f, m) || m->kind != MEASURE_NUMBER)
		return false;
	candidate_value(f, m, x->r->arena, &outside);
	return outside;
}

bool
number_is_first_size(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m)
{
	const struct doctype *t = x->r->type;

	if (f->d->type != TYPE_DIMS || (f->sections & t->opening) != 0 ||
	    (f->sections & c->sections & ~t->events) != 0 ||
	    (f->sections & c->sections) == 0)
		return false;
	if (f->group >= 0 && reading_names(x->r, f, c))
		return true;
	for (size_t i = reading_first_measure(x->r, m->from); i-- > 0;)
		if (x->r->measures[i].kind == MEASURE_DIMS)
			return false;
	return true;
}

static bool
may_claim(const struct finder *x, const struct word *w, const struct hit *h,
    const struct clause *words, const struct clause *c, const struct measure *m,
    bool next)
{
	const struct field *f;
	uint32_t d;

	if (w->role != ROLE_ANCHOR && w->role != ROLE_STRONG &&
	    w->role != ROLE_ALONE)
		return false;
	f = &x->r->type->fields[w->field];
	d = finder_distance(h, m);
	if (f->panel ||
	    !candidate_fits(
		f, w->role == ROLE_ALONE ? number_as_ratio(x, m) : m))
		return false;
	if (w->role == ROLE_ALONE &&
	    (m->kind == MEASURE_RATIO || !is_next(x, h, m)))
		return false;
	if (m->glued && h->to != m->from)
		return false;
	if (h->from >= m->to && looks_ahead(x, h))
		return false;
	if (w->role != ROLE_STRONG &&
	    (!finder_standing_at(x, f, c, m->from, m->from) ||
		number_is_first_size(x, f, c, m)))
		return false;
	if (m->unit == NULL && (f->how.unitless || f->unit != NULL) &&
	    (h->to > m->from || (d > NEAR_UNITLESS && !next)))
		return false;
	/* A lone length is a size only where it is called one at once. */
	if (f->d->type == TYPE_DIMS && m->n == 1 && !m->named &&
	    d > NEAR_SINGLE)
		return false;
	return !is_kept_off(x, w, h, c, m) &&
	    (words == c || !is_kept_off(x, w, h, words, m)) &&
	    !is_impossible(x, f, m);
}

static void
claim(struct claim *list, size_t *n, const struct word *w, int score,
    uint32_t near)
{
	struct claim one = { w->field, w->value, score, near,
		w->role == ROLE_ALONE };

	for (size_t i = 0; i < *n; i++)
		if (list[i].field == w->field) {
			if (score > list[i].score)
				list[i] = one;
			return;
		}
	if (*n < CLAIMS)
		list[(*n)++] = one;
}

/* How many measures of the clause that the field could take stand before m. */
static unsigned
measures_before(const struct finder *x, const struct field *f,
    const struct clause *c, const struct measure *m)
{
	unsigned n = 0;

	for (const struct measure *o = m;
	     o > x->r->measures && o[-1].from >= c->from; o--)
		if (candidate_fits(f, &o[-1]))
			n++;
	return n;
}

/*
 * "EF、FS分别为65%、36%": where several fields are announced, the first has
 * the first measure, and so on.
 */
static bool
respectively(struct finder *x, const struct clause *c, const struct measure *m,
    struct claim *list, size_t *n)
{
	uint32_t fields[CLAIMS];
	size_t count = 0, turn;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);
		const struct field *f = &x->r->type->fields[w->field];
		bool known = false;

		if (w->role != ROLE_ANCHOR || h->from > m->from ||
		    f->group >= 0 || !candidate_fits(f, m) ||
		    !finder_in_section(f, c))
			continue;
		for (size_t i = 0; i < count; i++)
			known |= fields[i] == w->field;
		if (!known && count < CLAIMS)
			fields[count++] = w->field;
	}
	if (count < 2)
		return false;
	turn = measures_before(x, &x->r->type->fields[fields[0]], c, m);
	if (turn >= count)
		return false;
	list[(*n)++] =
	    (struct claim){ fields[turn], 1, SCORE_ANCHORED, 0, false };
	return true;
}

/*
 * "降至76/40mmHg,补液后回升至110/65mmHg", "补液后110/65mmHg": what goes on with the
 * one before it.
 */
static bool
goes_on(const struct finder *x, const struct measure *m)
{
	static const char *const to[] = { "升至", "降至", "升到", "降到",
		"恢复至", "恢复到", "维持在", "稳定在", "回升", "回落至",
		NULL };
	static const struct slice after[] = { SPELT("后"), SPELT_END };
	const char *p = x->r->view.text.p;

	if (m->kind == MEASURE_RATIO && slice_ends_in(p, m->lead, after) > 0)
		return true;
	for (size_t i = 0; to[i] != NULL; i++) {
		size_t n = strlen(to[i]);

		if (m->lead >= n && memcmp(p + m->lead - n, to[i], n) == 0)
			return true;
	}
	return false;
}

void
number_claims_of(struct finder *x, const struct clause *words,
    const struct clause *c, const struct measure *m, struct claim *list,
    size_t *n)
{
	bool only_strong = *n > 0;
	bool next = words != c && !only_strong && goes_on(x, m);

	if (words == c &&
	    (number_in_turn(x, c, m, list, n) ||
		(c->each && respectively(x, c, m, list, n))))
		return;

	for (size_t k = words->hit; k < words->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);

		if (only_strong && w->role != ROLE_STRONG)
			continue;
		if (may_claim(x, w, h, words, c, m, next))
			claim(list, n, w,
			    next ? SCORE_ANCHORED : worth(h, w, m, words == c),
			    finder_distance(h, m));
	}
}

bool
number_is_aside(
    const struct finder *x, const struct hit *h, const struct measure *m)
{
	return h->from > m->to && x->r->view.text.p[m->to] == '(' &&
	    reading_brackets_end(x->r, h->from, h->to) != UINT32_MAX;
}

int
number_lesser(const struct finder *x, const struct clause *c,
    const struct claim *k, const struct measure *m)
{
	const struct field *f = &x->r->type->fields[k->field];

	for (size_t i = f->how.weak.n == 0 ? c->hits_end : c->hit;
	     i < c->hits_end; i++) {
		const struct hit *h = &x->r->hits[i];

		if (reading_word(x->r, h)->role == ROLE_WEAK &&
		    reading_word(x->r, h)->field == k->field &&
		    finder_distance(h, m) == k->near)
			return SCORE_LESSER;
	}
	return 0;
}

bool
number_is_shared(const struct finder *x, const struct clause *c,
    const struct claim *one, int best, const struct claim *list, size_t n)
{
	const struct field *f = &x->r->type->fields[one->field];
	struct slice s =
	    slice_span(x->r->view.text.p + c->from, x->r->view.text.p + c->to);

	if (reading_bits(c->sections) < 2 || f->sections == 0 ||
	    one->score + SCORE_SHARED < best ||
	    (slice_find(s, SLICE("各")) == NULL &&
		slice_find(s, SLICE("均")) == NULL))
		return false;
	for (size_t i = 0; i < n; i++) {
		const struct field *o = &x->r->type->fields[list[i].field];

		if (list[i].score == best && o->unit == f->unit &&
		    o->d->type == f->d->type && o->sections != f->sections)
			return true;
	}
	return false;
}
