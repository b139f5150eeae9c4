#include "extract/phrase.h"

#include <stdlib.h>

#define MOST         128 /* phrases of a field in a text */
#define STEPS        32  /* words between a phrase and its anchor */
#define FILLER       120 /* bytes between a phrase and a weak word */
#define BRACKET      60  /* bytes of what is told of a place in brackets */
#define LONGEST_WORD 96  /* bytes of an anchor */
#define LINK_WORD    6 /* bytes of a link that is more than a mark of a list */
#define HAN          3 /* bytes of a character */
#define NAMED        6 /* characters of a name that no lexicon has */

#define BAD_CONTEXT                                                         \
	(1u << CUE_HISTORY | 1u << CUE_OUTSIDE | 1u << CUE_PLANNED |        \
	    1u << CUE_ELSEWHERE | 1u << CUE_INSTRUCTS | 1u << CUE_NEGATED | \
	    1u << CUE_UNCERTAIN)

/* The place that was looked up last: several roles are asked for at each. */
struct spot {
	uint32_t at;
	size_t first; /* the first hit from there on */
};

struct finder {
	const struct reading *r;
	const struct field *field;
	struct phrase *list;
	size_t n;
	struct spot *spot;
};

static bool
holds(const struct reading *r, uint32_t from, uint32_t to)
{
	return (reading_context(r, from, to) & BAD_CONTEXT) == 0;
}

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

	if (x->spot->at != at)
		*x->spot = (struct spot){ at, reading_first_hit(r, at) };
	for (size_t k = x->spot->first; k < r->nhits && r->hits[k].from == at;
	     k++)
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

/* The first of the words that begins at the byte, or NULL. */
static const char *
begins(const struct reading *r, uint32_t at, const char *const *words)
{
	struct slice rest =
	    slice_span(r->view.text.p + at, r->view.text.p + r->view.text.n);

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(rest, words[i]))
			return words[i];
	return NULL;
}

static bool
is_side(const struct finder *x, uint32_t at)
{
	static const char *const sides[] = { "左", "右", "双", NULL };

	return begins(x->r, at, sides) != NULL;
}

/* A blank before a side begins the next place: 左腋窝 左侧锁骨上. */
static bool
begins_anew(const struct finder *x, uint32_t at)
{
	const struct view *v = &x->r->view;

	return v->gap[at] && !v->spaced && is_side(x, at);
}

/*
 * "[右侧喉返神经]旁淋巴结": of a vessel or nerve that is in no lexicon the
 * place is told all the same.  How far left of the byte the name begins: at
 * most NAMED characters that no word of the field or cue holds.
 */
static uint32_t
named_before(const struct finder *x, uint32_t at)
{
	static const char *const beside[] = { "旁", "周围", NULL };
	static const char *const none[] = { "见", "示", "为", "及", "和", "与",
		"伴", "有", "的", "其", "余", "至", "等", "现", "或", "多",
		"另", "于", "在", "是", "、", "。", "→", NULL };
	const struct reading *r = x->r;
	uint32_t from = at;

	if (begins(r, at, beside) == NULL)
		return at;
	for (unsigned i = 0; from >= HAN; i++) {
		uint32_t c = from - HAN;

		if (i == NAMED)
			return at;
		if ((unsigned char)r->view.text.p[c] < 0xE3 ||
		    r->view.gap[from] || begins(r, c, none) != NULL ||
		    word_at(x, c, ROLE_LINK) != NULL ||
		    word_at(x, c, ROLE_ANCHOR) != NULL)
			break;
		from = c;
		if (is_side(x, from))
			break;
	}
	return from;
}

/* "右半结肠(肝曲)": pieces in brackets are of the place before them. */
static bool
grow_in_brackets(const struct finder *x, struct phrase *p)
{
	const struct slice s = x->r->view.text;
	struct phrase inner = { .from = p->to + 1, .to = p->to + 1 };
	const struct hit *piece;

	if (p->to >= s.n || s.p[p->to] != '(')
		return false;
	while ((piece = piece_at(x, inner.to)) != NULL)
		inner.to = piece->to;
	if (inner.to == inner.from || inner.to >= s.n || s.p[inner.to] != ')')
		return false;
	p->to = inner.to + 1;
	return true;
}

/*
 * "鼻咽右侧壁[及顶后壁]": further parts of the same place, where the field lists
 * no places (no such link), and none of the parts is a place by itself.
 */
static bool
grow_on_parts(const struct finder *x, struct phrase *p)
{
	static const char *const joints[] = { "及", "和", "与", "、", NULL };
	const char *joint =
	    p->to < x->r->view.text.n ? begins(x->r, p->to, joints) : NULL;
	uint32_t to, from;

	if (joint == NULL || word_at(x, p->to, ROLE_LINK) != NULL)
		return false;
	from = to = p->to + (uint32_t)strlen(joint);
	for (;;) {
		const struct hit *more = word_at(x, to, ROLE_CHAIN);

		if (word_at(x, to, ROLE_ANCHOR) != NULL || more == NULL ||
		    word_at(x, to, ROLE_CODE) != NULL)
			break;
		to = more->to;
	}
	if (to == from || word_at(x, to, ROLE_CODE) != NULL)
		return false;
	p->to = to;
	return true;
}

/*
 * Grows a phrase over the pieces that touch.  Once it has a noun it ends where
 * an anchor that holds the organ's name begins (左肺下叶 before 肺癌), or a link
 * that is more than the piece there (中央型, not 中央).
 */
static bool
grow(const struct finder *x, uint32_t from, struct phrase *p)
{
	const struct hit *piece;
	bool noun = false;

	*p = (struct phrase){ .from = from, .to = from };
	while ((piece = next_piece(x, p)) != NULL ||
	    (noun && (grow_in_brackets(x, p) || grow_on_parts(x, p)))) {
		const struct hit *link = word_at(x, p->to, ROLE_LINK);

		if (piece == NULL)
			continue;
		if (noun &&
		    (word_at(x, p->to, ROLE_ANCHOR) != NULL ||
			(link != NULL && link->to > piece->to) ||
			begins_anew(x, p->to)))
			break;
		/* "上腹[部左侧]肾上腺": of a region that is none of ours. */
		if (!noun && piece->from > p->from && is_side(x, piece->from))
			p->from = piece->from;
		noun |= has_role(x, piece, ROLE_CODE) ||
		    word_at(x, piece->from, ROLE_CODE) != NULL;
		p->to = piece->to;
	}
	return noun;
}

/* Where a bracket that begins at the byte ends, if it is short; else the byte. */
static uint32_t
behind_brackets(const struct finder *x, uint32_t at)
{
	const struct slice s = x->r->view.text;
	const char *end;

	if (at >= s.n || s.p[at] != '(')
		return at;
	end = memchr(
	    s.p + at, ')', s.n - at < BRACKET ? s.n - at : (size_t)BRACKET);
	return end == NULL ? at : (uint32_t)(end + 1 - s.p);
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
	    word_at(x, link->to, ROLE_ANCHOR) != NULL ||
	    !grow(x, link->to, &more))
		return p->to;
	p->rest = more.from;
	return p->end = more.to;
}

/* "左侧肾盂[内]充盈缺损": where the thing is, not of what it is a part. */
static void
leave_inside(const struct finder *x, struct phrase *p)
{
	static const char inside[] = "内";
	const uint32_t n = sizeof(inside) - 1;
	const char *p0 = x->r->view.text.p;
	const struct hit *last = word_at(x, p->to - n, ROLE_CHAIN);

	if (p->to - p->from > n && memcmp(p0 + p->to - n, inside, n) == 0 &&
	    last != NULL && last->to == p->to)
		p->to -= n;
}

/* Whether nothing but links and other places stands before an anchor. */
static bool
leads_to_anchor(const struct finder *x, uint32_t at)
{
	for (unsigned i = 0; i < STEPS; i++) {
		const struct hit *h, *piece;

		if ((h = word_at(x, at, ROLE_ANCHOR)) != NULL)
			return holds(x->r, h->from, h->to);
		h = word_at(x, at, ROLE_LINK);
		piece = piece_at(x, at);
		if (h == NULL || (piece != NULL && piece->to > h->to))
			h = piece;
		if (h == NULL && behind_brackets(x, at) == at)
			return false;
		at = h == NULL ? behind_brackets(x, at) : h->to;
	}
	return false;
}

/* "肺癌", from "肺" on: an anchor that begins in the phrase ends behind it. */
static bool
lies_in_anchor(const struct finder *x, uint32_t from, const struct phrase *p)
{
	const struct reading *r = x->r;

	for (size_t k = reading_first_hit(r, from);
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

/* "RCC,右肾中部": what tells of it stands directly before. */
static bool
follows_anchor(const struct finder *x, uint32_t at)
{
	const struct reading *r = x->r;
	uint32_t low = at < LONGEST_WORD ? 0 : at - LONGEST_WORD;

	for (size_t k = reading_first_hit(r, low);
	     k < r->nhits && r->hits[k].from < at; k++)
		if (has_role(x, &r->hits[k], ROLE_ANCHOR) &&
		    holds(r, r->hits[k].from, r->hits[k].to) &&
		    (r->hits[k].to == at ||
			(r->hits[k].to + 1 == at &&
			    strchr(",:(", r->view.text.p[at - 1]) != NULL)))
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

enum announced { BY_ANCHOR, BY_WEAK_WORD, WITHIN_ANCHOR, BEHIND_ANCHOR };

static bool
is_announced(const struct finder *x, const struct phrase *p, uint32_t end,
    enum announced how, bool led)
{
	switch (how) {
	case BY_ANCHOR:
		/* "升结肠癌": "结肠癌" does not say all of it. */
		return led || leads_to_anchor(x, end) ||
		    lies_in_anchor(x, p->from + 1, p);
	case BY_WEAK_WORD:
		return leads_to_weak(x, p);
	case BEHIND_ANCHOR:
		return follows_anchor(x, p->from);
	default:
		return lies_in_anchor(x, p->from, p);
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
		p.from = named_before(x, p.from);
		if (how == BY_WEAK_WORD)
			leave_inside(x, &p);
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

static bool
same_sentence(
    const struct finder *x, const struct phrase *a, const struct phrase *b)
{
	return reading_clause(x->r, a->from)->sentence ==
	    reading_clause(x->r, b->from)->sentence;
}

/*
 * Whether a phrase by a weak word tells more than the first n do: it is of an
 * anchor that has no place of its own (磨玻璃结节,病理微浸润腺癌), or says more
 * closely where one in its sentence is (前列腺外周带结节,前列腺癌).
 */
static bool
tells_more(const struct finder *x, const struct phrase *p, size_t n)
{
	bool alone = has_anchor_near(x, p->from);

	for (size_t i = 0; i < n; i++) {
		const struct phrase *o = &x->list[i];

		if (!same_sentence(x, o, p))
			continue;
		if (is_within(x->r, o, p))
			return p->to - p->from > o->to - o->from;
		alone = false;
	}
	return alone;
}

static int
by_place(const void *a, const void *b)
{
	const struct phrase *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static void
add_closer(struct finder *x)
{
	struct finder weak = { x->r, x->field,
		arena_alloc(x->r->arena, MOST * sizeof(struct phrase)), 0,
		x->spot };
	size_t n = x->n;

	find(&weak, BY_WEAK_WORD);
	for (size_t i = 0; i < weak.n && x->n < MOST; i++)
		if (tells_more(x, &weak.list[i], n))
			x->list[x->n++] = weak.list[i];
	qsort(x->list, x->n, sizeof(*x->list), by_place);
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
	struct spot none = { UINT32_MAX, 0 };
	struct finder x = { r, f,
		arena_alloc(r->arena, MOST * sizeof(struct phrase)), 0, &none };

	find(&x, BY_ANCHOR);
	if (f->how.weak.n > 0 && has_anchor(&x)) {
		if (x.n > 0) {
			add_closer(&x);
		} else {
			find(&x, BY_WEAK_WORD);
			keep_nearest(&x);
		}
	}
	if (x.n == 0)
		find(&x, WITHIN_ANCHOR);
	if (x.n == 0)
		find(&x, BEHIND_ANCHOR);
	tell_places(&x);
	*n = x.n;
	return x.list;
}
