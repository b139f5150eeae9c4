#include "extract/candidate.h"

#include "base/buf.h"
#include "json/write.h"

/*
 * Scores, in points; a byte of distance costs one.  Only their order counts:
 * a strong anchor beats any plain one, an anchor in the clause any outside it,
 * an anchor any bare measure, and a plausible value an implausible one.
 */
enum {
	SCORE_ANCHORED = 200,
	SCORE_FARTHEST = 90,
	SCORE_STRONG = 100,
	SCORE_BEFORE = 6, /* for standing before its measure */
	SCORE_OTHER_CLAUSE = -80,
	SCORE_TOTAL = 60,
	SCORE_PLAUSIBLE = 10,
	SCORE_OUTSIDE = -60,
	SCORE_BARE = 20,
	NEAR_SINGLE = 15 /* bytes from an anchor to a lone diameter */
};

struct finder {
	const struct reading *r;
	struct candidates *out;
};

static bool
standing_in(const struct field *f, const struct clause *c)
{
	return f->sections == 0 || (f->sections & c->sections) != 0;
}

static struct candidate *
add(struct finder *x, uint32_t field, uint32_t from, uint32_t to, int score)
{
	const struct focus focus = reading_focus(
	    x->r, &x->r->type->fields[field], reading_clause(x->r, from));
	struct candidate *k;

	if (x->out->count[field] >= CANDIDATE_MAX) {
		x->out->too_many[field] = true;
		return NULL;
	}
	x->out->count[field]++;
	k = arena_zalloc(x->r->arena, sizeof(*k));
	k->field = field;
	k->from = from;
	k->to = to;
	k->score = score;
	k->context = reading_context(x->r, from, to);
	k->objects = focus.objects;
	k->last = focus.last;
	if (x->out->last[field] == NULL)
		x->out->first[field] = k;
	else
		x->out->last[field]->next = k;
	x->out->last[field] = k;
	return k;
}

static uint32_t
distance(const struct hit *h, const struct measure *m)
{
	if (h->to <= m->from)
		return m->from - h->to;
	return h->from >= m->to ? h->from - m->to : 0;
}

/* The nearest word of this role and field in the clause, or UINT32_MAX. */
static uint32_t
nearest(const struct finder *x, const struct clause *c, enum role role,
    uint32_t field, const struct measure *m)
{
	uint32_t best = UINT32_MAX;

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);

		if (w->role == role && w->field == field &&
		    distance(&x->r->hits[k], m) < best)
			best = distance(&x->r->hits[k], m);
	}
	return best;
}

/* --- numbers ------------------------------------------------------------- */

struct claim {
	uint32_t field, rule;
	int score;
	uint32_t near;
};

#define CLAIMS 16

static int
worth(const struct hit *h, const struct word *w, const struct measure *m,
    bool same_clause)
{
	uint32_t d = distance(h, m);
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

static bool
may_claim(const struct finder *x, const struct word *w, const struct hit *h,
    const struct clause *c, const struct measure *m)
{
	const struct field *f = &x->r->type->fields[w->field];
	uint32_t d = distance(h, m);

	if (w->role != ROLE_ANCHOR && w->role != ROLE_STRONG)
		return false;
	if (!candidate_fits(f, m))
		return false;
	if (w->role == ROLE_ANCHOR && !standing_in(f, c))
		return false;
	/* A lone length is a size only where it is called one at once. */
	if (f->d->type == TYPE_DIMS && m->n == 1 && !m->named &&
	    d > NEAR_SINGLE)
		return false;
	return nearest(x, c, ROLE_NEVER, w->field, m) > d;
}

static void
claim(struct claim *list, size_t *n, const struct word *w, int score,
    uint32_t near)
{
	for (size_t i = 0; i < *n; i++)
		if (list[i].field == w->field) {
			if (score > list[i].score)
				list[i] = (struct claim){ w->field, w->value,
					score, near };
			return;
		}
	if (*n < CLAIMS)
		list[(*n)++] =
		    (struct claim){ w->field, w->value, score, near };
}

/*
 * Claims of the words of a clause: the measure's own or the one before it, of
 * which only strong words count where its own has claims.
 */
static void
claims_of(struct finder *x, const struct clause *words, const struct clause *c,
    const struct measure *m, struct claim *list, size_t *n)
{
	bool only_strong = *n > 0;

	for (size_t k = words->hit; k < words->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);

		if (only_strong && w->role != ROLE_STRONG)
			continue;
		if (may_claim(x, w, h, c, m))
			claim(list, n, w, worth(h, w, m, words == c),
			    distance(h, m));
	}
}

static void
number(struct finder *x, uint32_t field, const struct measure *m, int score,
    uint32_t rule, const struct clause *c)
{
	const struct field *f = &x->r->type->fields[field];
	bool outside;
	struct slice value = candidate_value(f, m, x->r->arena, &outside);
	struct candidate *k;

	if (value.n == 0 || (outside && rule == 0))
		return;
	k = add(x, field, m->from, m->to, score);
	if (k == NULL)
		return;
	k->rule = rule;
	k->measure = m;
	k->value = value;
	k->outside = outside;
	k->score += outside ? SCORE_OUTSIDE : SCORE_PLAUSIBLE;
	k->total = nearest(x, c, ROLE_TOTAL, field, m) != UINT32_MAX;
	if (k->total)
		k->score += SCORE_TOTAL;
}

static void
bare(struct finder *x, const struct measure *m, const struct clause *c)
{
	const struct doctype *t = x->r->type;

	for (uint32_t i = 0; i < t->nfields; i++) {
		const struct field *f = &t->fields[i];

		if (f->how.bare && candidate_fits(f, m) && standing_in(f, c) &&
		    (f->d->type != TYPE_DIMS || m->n > 1) &&
		    nearest(x, c, ROLE_NEVER, i, m) == UINT32_MAX)
			number(x, i, m, SCORE_BARE, 0, c);
	}
}

/*
 * A measure belongs to the field whose word stands nearest; several have it
 * only where the same word announces them.
 */
static void
measure(struct finder *x, const struct measure *m)
{
	const struct clause *c = reading_clause(x->r, m->from);
	struct claim list[CLAIMS];
	size_t n = 0;
	int best = 0;

	if (m->kind == MEASURE_DATE)
		return;
	claims_of(x, c, c, m, list, &n);
	if (c > x->r->clauses && c[-1].sentence == c->sentence)
		claims_of(x, c - 1, c, m, list, &n);
	if (n == 0) {
		bare(x, m, c);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (list[i].score > best)
			best = list[i].score;
	for (size_t i = 0; i < n; i++)
		if (list[i].score == best)
			number(x, list[i].field, m, best, list[i].rule, c);
}

/* --- words --------------------------------------------------------------- */

static struct slice
quoted(const struct finder *x, struct slice s)
{
	struct buf b = { 0 };
	struct slice out;

	json_put_string(&b, s);
	out = arena_slice(x->r->arena, buf_slice(&b));
	buf_release(&b);
	return out;
}

/* Whether a word of the role stands in the clause of a hit, and is no never. */
static bool
announced(
    const struct finder *x, const struct hit *h, uint32_t field, enum role role)
{
	const struct clause *c = reading_clause(x->r, h->from);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);

		if (w->role == role && w->field == field)
			return true;
	}
	return false;
}

static void
code(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	struct candidate *k;

	if (!standing_in(f, c) || announced(x, h, w->field, ROLE_NEVER))
		return;
	if (f->announced && !announced(x, h, w->field, ROLE_ANCHOR))
		return;
	k = add(x, w->field, h->from, h->to, SCORE_ANCHORED);
	if (k != NULL)
		k->value = quoted(x,
		    f->d->type == TYPE_TEXT
			? view_quote(&x->r->view, h->from, h->to)
			: f->codes[w->value].code);
}

/*
 * A denial whose clause names no section is of the whole: it counts for
 * fields of any section.
 */
static void
assertion(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	bool denied =
	    (reading_context(x->r, h->from, h->to) & 1u << CUE_NEGATED) != 0;
	bool here = w->role == ROLE_STRONG || standing_in(f, c);
	struct candidate *k;

	if (!here && !(denied && !c->marked))
		return;
	k = add(x, w->field, h->from, h->to, SCORE_ANCHORED);
	if (k == NULL)
		return;
	k->rule = w->value;
	k->everywhere = !here;
	k->value = denied ? SLICE("false") : SLICE("true");
}

static void
rest_of_clause(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	struct slice s = x->r->view.text;
	uint32_t from = h->to, to = c->to;
	struct candidate *k;
	size_t n;

	if (!standing_in(f, c))
		return;
	if (from < to && s.p[from] == ':')
		from++;
	for (n = 1; to > from; to -= (uint32_t)n) {
		if (s.p[to - 1] == ',' || s.p[to - 1] == ';' ||
		    s.p[to - 1] == '\n')
			n = 1;
		else if (to - from >= 3 && memcmp(s.p + to - 3, "。", 3) == 0)
			n = 3;
		else
			break;
	}
	if (from >= to ||
	    (k = add(x, w->field, from, to, SCORE_ANCHORED)) == NULL)
		return;
	k->rule = w->value;
	k->value = quoted(x, view_quote(&x->r->view, from, to));
}

/* The first group of a pattern is the value, else all that it matched. */
static void
pattern(struct finder *x, uint32_t field, const struct announcer *a)
{
	const struct field *f = &x->r->type->fields[field];
	struct slice s = x->r->view.text;
	struct pattern_match m;
	size_t at = 0;

	while (at < s.n &&
	    pattern_search(a->pattern, s, at, &m, &(struct err){ 0 }) == 1) {
		unsigned g = m.ngroups > 1 && m.from[1] < m.to[1] ? 1 : 0;
		uint32_t from = (uint32_t)m.from[g], to = (uint32_t)m.to[g];
		struct candidate *k = NULL;

		at = m.to[0] > at ? m.to[0] : at + 1;
		if (from == to || !standing_in(f, reading_clause(x->r, from)))
			continue;
		k = add(x, field, from, to, SCORE_ANCHORED);
		if (k == NULL)
			return;
		k->rule = a->number;
		k->value = f->d->type == TYPE_BOOL
		    ? (k->context & 1u << CUE_NEGATED ? SLICE("false")
						      : SLICE("true"))
		    : quoted(x, view_quote(&x->r->view, from, to));
	}
}

static void
word(struct finder *x, const struct hit *h)
{
	const struct word *w = reading_word(x->r, h);
	const struct field *f = &x->r->type->fields[w->field];

	if (w->role == ROLE_CODE) {
		if (f->group < 0 || f != x->r->type->groups[f->group].identify)
			code(x, h, w);
		return;
	}
	if (w->role != ROLE_ANCHOR && w->role != ROLE_STRONG)
		return;
	if (f->d->type == TYPE_BOOL)
		assertion(x, h, w);
	else if (f->d->type == TYPE_TEXT && f->npatterns == 0 && f->ncodes == 0)
		rest_of_clause(x, h, w);
}

void
candidates_find(struct candidates *out, const struct reading *r)
{
	struct finder x = { r, out };
	size_t n = r->type->nfields + 1;

	out->first = arena_zalloc(r->arena, n * sizeof(*out->first));
	out->last = arena_zalloc(r->arena, n * sizeof(*out->last));
	out->count = arena_zalloc(r->arena, n * sizeof(*out->count));
	out->too_many = arena_zalloc(r->arena, n * sizeof(*out->too_many));
	for (size_t i = 0; i < r->nmeasures; i++)
		measure(&x, &r->measures[i]);
	for (size_t i = 0; i < r->nhits; i++)
		word(&x, &r->hits[i]);
	for (size_t i = 0; i < r->type->nfields; i++)
		for (size_t k = 0; k < r->type->fields[i].npatterns; k++)
			pattern(
			    &x, (uint32_t)i, &r->type->fields[i].patterns[k]);
}
