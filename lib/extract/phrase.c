#include "extract/phrase.h"

#define MOST      128 /* phrases of a field in a text */
#define STEPS     32  /* words between a phrase and its anchor */
#define FILLER    120 /* bytes between a phrase and a weak word */
#define LINK_WORD 6   /* bytes of a link that is more than a mark of a list */

#define BAD_CONTEXT                                                    \
	(1u << CUE_HISTORY | 1u << CUE_PLANNED | 1u << CUE_ELSEWHERE | \
	    1u << CUE_INSTRUCTS | 1u << CUE_NEGATED | 1u << CUE_UNCERTAIN)

struct finder {
	const struct reading *r;
	const struct field *field;
	struct phrase *list;
	size_t n;
};

static bool
has_role(const struct finder *x, const struct hit *h, enum role role)
{
	const struct word *w = reading_word(x->r, h);

	return w->role == role && &x->r->type->fields[w->field] == x->field;
}

/* The longest word of the role that begins at the byte; NULL where none does. */
static const struct hit *
word_at(const struct finder *x, uint32_t at, enum role role)
{
	const struct reading *r = x->r;

	for (size_t k = reading_first_hit(r, at);
	     k < r->nhits && r->hits[k].from == at; k++)
		if (has_role(x, &r->hits[k], role))
			return &r->hits[k];
	return NULL;
}

static const struct hit *
piece_at(const struct finder *x, uint32_t at)
{
	const struct hit *noun = word_at(x, at, ROLE_CODE);
	const struct hit *more = word_at(x, at, ROLE_CHAIN);

	if (noun == NULL || (more != NULL && more->to > noun->to))
		return more;
	return noun;
}

/* The piece where the phrase ends, or one that overlaps its end: 第5肋, 肋骨. */
static const struct hit *
next_piece(const struct finder *x, const struct phrase *p)
{
	const struct hit *h = piece_at(x, p->to);

	for (size_t k = reading_first_hit(x->r, p->to); h == NULL && k-- > 0;) {
		const struct hit *o = &x->r->hits[k];

		if (o->from <= p->from)
			break;
		if (o->to > p->to && has_role(x, o, ROLE_CODE))
			h = o;
	}
	return h;
}

/*
 * Grows a phrase over the pieces that touch.  It ends where an anchor that
 * holds the organ's name begins (左肺下叶 before 肺癌), once it has a noun.
 */
static bool
grow(const struct finder *x, uint32_t from, struct phrase *p)
{
	const struct hit *piece;
	bool noun = false;

	*p = (struct phrase){ .from = from, .to = from };
	while ((piece = next_piece(x, p)) != NULL) {
		if (noun && word_at(x, p->to, ROLE_ANCHOR) != NULL)
			break;
		noun |= has_role(x, piece, ROLE_CODE);
		p->to = piece->to;
	}
	return noun;
}

/*
 * "双侧颈部多发淋巴结": a word of a link, which is no mark of a list, stands
 * within the place.  Returns where the whole ends.
 */
static uint32_t
grow_on(const struct finder *x, struct phrase *p)
{
	const struct hit *link = word_at(x, p->to, ROLE_LINK);
	struct phrase more;

	if (link == NULL || link->to - link->from < LINK_WORD ||
	    word_at(x, link->to, ROLE_CODE) == NULL ||
	    !grow(x, link->to, &more))
		return p->to;
	p->rest = more.from;
	return p->end = more.to;
}

/* Whether nothing but links and other places stands before an anchor. */
static bool
leads_to_anchor(const struct finder *x, uint32_t at)
{
	for (unsigned i = 0; i < STEPS; i++) {
		const struct hit *h, *piece;

		if (word_at(x, at, ROLE_ANCHOR) != NULL)
			return true;
		h = word_at(x, at, ROLE_LINK);
		piece = piece_at(x, at);
		if (h == NULL || (piece != NULL && piece->to > h->to))
			h = piece;
		if (h == NULL)
			return false;
		at = h->to;
	}
	return false;
}

/* "肺癌": the anchor that the phrase begins or lies in ends behind it. */
static bool
lies_in_anchor(const struct finder *x, const struct phrase *p)
{
	const struct reading *r = x->r;

	for (size_t k = reading_first_hit(r, p->from);
	     k < r->nhits && r->hits[k].from < p->to; k++)
		if (has_role(x, &r->hits[k], ROLE_ANCHOR) &&
		    r->hits[k].to > p->to)
			return true;
	return false;
}

/* Whether a word that announces what follows it ends at the byte. */
static bool
follows_strong(const struct finder *x, uint32_t at)
{
	const struct clause *c = reading_clause(x->r, at);

	for (size_t k = c->hit; k < c->hits_end && x->r->hits[k].from < at; k++)
		if (x->r->hits[k].to == at &&
		    has_role(x, &x->r->hits[k], ROLE_STRONG))
			return true;
	return false;
}

/* Whether a weak word comes in the clause before another place. */
static bool
leads_to_weak(const struct finder *x, const struct phrase *p)
{
	const struct clause *c = reading_clause(x->r, p->from);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];

		if (h->from < p->to)
			continue;
		if (h->from - p->to > FILLER || has_role(x, h, ROLE_CODE) ||
		    has_role(x, h, ROLE_NEVER))
			return false;
		if (has_role(x, h, ROLE_WEAK))
			return true;
	}
	return false;
}

static bool
is_never(const struct finder *x, const struct phrase *p)
{
	const struct hit *h = word_at(x, p->to, ROLE_NEVER);

	return h != NULL;
}

static bool
holds(const struct reading *r, uint32_t from, uint32_t to)
{
	return (reading_context(r, from, to) & BAD_CONTEXT) == 0;
}

/* Whether an anchor stands in the sentence of the byte. */
static bool
has_anchor_near(const struct finder *x, uint32_t at)
{
	const struct reading *r = x->r;
	const struct clause *c = reading_clause(r, at);
	const struct clause *first = c, *last = c;

	while (first > r->clauses && first[-1].sentence == c->sentence)
		first--;
	while (last + 1 < r->clauses + r->nclauses &&
	    last[1].sentence == c->sentence)
		last++;
	for (size_t k = first->hit; k < last->hits_end; k++)
		if (has_role(x, &r->hits[k], ROLE_ANCHOR) &&
		    holds(r, r->hits[k].from, r->hits[k].to))
			return true;
	return false;
}

enum announced { BY_ANCHOR, BY_WEAK_WORD, WITHIN_ANCHOR };

static bool
is_announced(const struct finder *x, const struct phrase *p, uint32_t end,
    enum announced how, bool led)
{
	switch (how) {
	case BY_ANCHOR:
		return led || leads_to_anchor(x, end);
	case BY_WEAK_WORD:
		return leads_to_weak(x, p);
	default:
		return lies_in_anchor(x, p);
	}
}

static void
find(struct finder *x, enum announced how)
{
	const struct reading *r = x->r;
	uint32_t done = 0;
	bool listed = false; /* the phrase before was announced from before */

	for (size_t k = 0; k < r->nhits && x->n < MOST; k++) {
		const struct hit *h = &r->hits[k];
		const struct hit *anchor;
		struct phrase p;
		uint32_t end;
		bool led;

		if (h->from < done ||
		    (!has_role(x, h, ROLE_CODE) && !has_role(x, h, ROLE_CHAIN)))
			continue;
		if (!grow(x, h->from, &p)) {
			done = p.to;
			continue;
		}
		led = follows_strong(x, p.from) ||
		    (listed && x->n > 0 &&
			word_at(x, x->list[x->n - 1].to, ROLE_LINK) != NULL &&
			word_at(x, x->list[x->n - 1].to, ROLE_LINK)->to ==
			    p.from);
		end = grow_on(x, &p);
		anchor = word_at(x, end, ROLE_ANCHOR);
		done = anchor != NULL ? anchor->to : end;
		listed = led;
		if (is_never(x, &p) || !holds(r, p.from, p.to) ||
		    !is_announced(x, &p, end, how, led))
			continue;
		x->list[x->n++] = p;
	}
}

/* Of those by weak words the ones in an anchor's sentence, else the first. */
static void
keep_nearest(struct finder *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		if (has_anchor_near(x, x->list[i].from))
			x->list[n++] = x->list[i];
	x->n = n > 0 || x->n == 0 ? n : 1;
}

/* An anchor that stands: something is said to be there, if not where. */
static bool
has_anchor(const struct finder *x)
{
	for (size_t k = 0; k < x->r->nhits; k++)
		if (has_role(x, &x->r->hits[k], ROLE_ANCHOR) &&
		    holds(x->r, x->r->hits[k].from, x->r->hits[k].to))
			return true;
	return false;
}

/* Whether all of a stands in b, in its order: 右肺 in 右肺上叶. */
static bool
is_within(
    const struct reading *r, const struct phrase *a, const struct phrase *b)
{
	uint32_t k = b->from;

	for (uint32_t i = a->from; i < a->to; i++) {
		while (k < b->to && r->view.text.p[k] != r->view.text.p[i])
			k++;
		if (k++ >= b->to)
			return false;
	}
	return true;
}

/* Phrases of one place have one code, and know the longest of them. */
static void
tell_places(struct finder *x)
{
	int codes = 0;

	for (size_t i = 0; i < x->n; i++) {
		struct phrase *p = &x->list[i];

		p->code = codes;
		p->best = (uint32_t)i;
		for (size_t k = 0; k < i; k++) {
			const struct phrase *o = &x->list[k];

			if (!is_within(x->r, p, o) && !is_within(x->r, o, p))
				continue;
			p->code = o->code;
			p->best = o->best;
			break;
		}
		if (p->code == codes)
			codes++;
		if (p->to - p->from <=
		    x->list[p->best].to - x->list[p->best].from)
			continue;
		for (size_t k = 0; k <= i; k++)
			if (x->list[k].code == p->code)
				x->list[k].best = (uint32_t)i;
	}
}

struct phrase *
phrases_find(const struct reading *r, const struct field *f, size_t *n)
{
	struct finder x = { r, f,
		arena_alloc(r->arena, MOST * sizeof(struct phrase)), 0 };

	find(&x, BY_ANCHOR);
	if (x.n == 0 && f->how.weak.n > 0 && has_anchor(&x)) {
		find(&x, BY_WEAK_WORD);
		keep_nearest(&x);
	}
	if (x.n == 0)
		find(&x, WITHIN_ANCHOR);
	tell_places(&x);
	*n = x.n;
	return x.list;
}
