/*
 * The words that live: a longer one speaks for its parts, and none runs over a
 * blank that parts two.
 */
#include "extract/reading_part.h"

#define WINDOW 96 /* what a longer word would shadow is not looked for */

/* "无" in "无水乙醇" denies nothing: a longer word speaks for its parts. */
static bool
shadows(const struct word *a, const struct word *b)
{
	switch (b->role) {
	case ROLE_CUE:
		return a->role == ROLE_CUE || a->role == ROLE_CODE ||
		    a->role == ROLE_ANCHOR || a->role == ROLE_STRONG ||
		    a->role == ROLE_SECTION;
	case ROLE_SECTION:
	case ROLE_SUBJECT:
	case ROLE_EXCLUDE:
		return a->role == b->role ||
		    (b->role == ROLE_EXCLUDE && a->role == ROLE_CUE);
	case ROLE_ALONE:  /* 收缩压 in 肺动脉收缩压 */
	case ROLE_STRONG: /* 原发灶: in 查原发灶: */
		return a->field == b->field && a->role == ROLE_NEVER;
	case ROLE_NEVER: /* 厚 in 长宽厚 */
		return a->field == b->field &&
		    (a->role == ROLE_ANCHOR || a->role == ROLE_STRONG ||
			a->role == ROLE_CODE);
	case ROLE_VAGUE: /* 多发 in 多发点状强回声 */
		return a->role == ROLE_CODE;
	case ROLE_EMPTY: /* 脱机 in 脱机训练 */
		return (a->role == ROLE_CUE && a->value >> 8 == CUE_PSEUDO) ||
		    (a->field == b->field &&
			(a->role == b->role || a->role == ROLE_CODE ||
			    a->role == ROLE_NEVER));
	case ROLE_CODE: /* 骨 in 骨质破坏 */
	case ROLE_PART:
	case ROLE_ANCHOR:
		return a->field == b->field &&
		    (a->role == b->role || a->role == ROLE_NEVER ||
			a->role == ROLE_EMPTY ||
			(b->role == ROLE_CODE && a->role == ROLE_LINK));
	case ROLE_SIDE: /* 右肺 in 右肺上叶 */
	case ROLE_HALF:
		return a->field == b->field &&
		    (a->role == b->role || a->role == ROLE_CODE);
	case ROLE_CHAIN: /* 外 in 除外 */
		return a->role == ROLE_CUE && a->value >> 8 == CUE_UNCERTAIN;
	default:
		return false;
	}
}

/*
 * "未见癌", a code of margins, begins with a denial that still holds for what
 * else is said there.
 */
static bool
denies_itself(
    const struct reading *r, const struct hit *code, const struct hit *cue)
{
	const struct word *w = reading_word(r, cue);

	return reading_word(r, code)->role == ROLE_CODE &&
	    w->role == ROLE_CUE && w->value >> 8 == CUE_NEGATED &&
	    code->from == cue->from;
}

/* "头孢哌酮 舒巴坦": a name may have a blank in it, a place is told in words. */
static bool
names_object(const struct reading *r, const struct word *w)
{
	const struct field *f = &r->type->fields[w->field];

	return w->role == ROLE_CODE && f->group >= 0 &&
	    r->type->groups[f->group].how->named &&
	    r->type->groups[f->group].identify == f;
}

/*
 * "左叶上[极 低回声]结节", "[右叶 大小]": a code that runs over a blank between
 * two words, of which the second is one, or any such word that keeps off.
 */
static bool
is_torn(const struct reading *r, const struct hit *all, size_t n, size_t i)
{
	const struct hit *h = &all[i];
	const struct word *w = reading_word(r, h);

	if ((w->role != ROLE_NEVER && w->role != ROLE_CODE) ||
	    memchr(r->view.gap + h->from + 1, 1, h->to - h->from - 1) == NULL ||
	    names_object(r, w))
		return false;
	if (w->role == ROLE_NEVER)
		return true;
	for (size_t j = i + 1; j < n && all[j].from < h->to; j++) {
		const struct word *o = reading_word(r, &all[j]);

		if (all[j].to == h->to && all[j].from > h->from &&
		    o->role == ROLE_CODE && o->field == w->field &&
		    r->view.gap[all[j].from])
			return true;
	}
	return false;
}

static size_t
drop_torn(const struct reading *r, struct hit *all, size_t n)
{
	size_t kept = 0;

	if (r->view.noisy || r->view.gaps == 0)
		return n;
	for (size_t i = 0; i < n; i++)
		if (!is_torn(r, all, n, i))
			all[kept++] = all[i];
	return kept;
}

/*
 * "左叶上[极低回声]结节": a code that begins within a place and holds another
 * of its own behind it.
 */
static bool
straddles(const struct reading *r, const struct hit *all, size_t n,
    size_t place, size_t code)
{
	const struct hit *h = &all[code];
	const struct word *w = reading_word(r, h);

	if (reading_word(r, &all[place])->role != ROLE_PART ||
	    all[place].from >= h->from || all[place].to <= h->from ||
	    all[place].to >= h->to || w->role != ROLE_CODE)
		return false;
	for (size_t k = code + 1; k < n && all[k].from < h->to; k++) {
		const struct word *o = reading_word(r, &all[k]);

		if (all[k].from == all[place].to && all[k].to == h->to &&
		    o->role == ROLE_CODE && o->field == w->field)
			return true;
	}
	return false;
}

/* "[血流分布]于周边": what keeps off is no more than the begin of a code. */
static bool
begins_code(const struct reading *r, const struct hit *all, size_t i)
{
	const struct word *w = reading_word(r, &all[i]);

	for (size_t j = i; j-- > 0 && all[j].from == all[i].from;) {
		const struct word *o = reading_word(r, &all[j]);

		if (o->role == ROLE_CODE && o->field == w->field &&
		    all[j].to > all[i].to)
			return true;
	}
	return false;
}

/*
 * reach, in what follows: where the hits up to each end at the latest.
 *
 * "微钙化(-)": the spelling 钙化(-), which begins within another of its field, is
 * none, and leaves the mark alive.
 */
static bool
is_dead(const struct reading *r, const struct hit *all, size_t n, size_t i,
    const uint32_t *reach)
{
	const struct word *w = reading_word(r, &all[i]);

	if (w->role == ROLE_NEVER)
		return begins_code(r, all, i);
	if (w->role != ROLE_CODE || r->type->fields[w->field].how.chain.n > 0)
		return false;
	for (size_t j = i; j-- > 0 && reach[j] > all[i].from &&
	     all[i].from - all[j].from < WINDOW;) {
		const struct word *before = reading_word(r, &all[j]);

		if (straddles(r, all, n, j, i))
			return true;
		if (before->role == ROLE_CODE && before->field == w->field &&
		    all[j].from < all[i].from && all[j].to > all[i].from)
			return true;
	}
	return false;
}

/* Whether a word that overlaps another may take its life in some way. */
static bool
may_shadow(const struct word *a, const struct word *b)
{
	return (a->role == ROLE_PART && b->role == ROLE_CODE) ||
	    (a->role == b->role && a->field == b->field) || shadows(a, b);
}

static bool
is_shadowed(const struct reading *r, const struct hit *all, size_t n, size_t i,
    const uint32_t *reach)
{
	const struct hit *h = &all[i];
	const struct word *w = reading_word(r, h);

	for (size_t j = i;
	     j-- > 0 && reach[j] > h->from && h->from - all[j].from < WINDOW;) {
		const struct word *before = reading_word(r, &all[j]);

		if (all[j].to <= h->from || !may_shadow(before, w))
			continue;
		if (straddles(r, all, n, j, i))
			return true;
		if (all[j].to >= h->to &&
		    all[j].to - all[j].from > h->to - h->from &&
		    !denies_itself(r, &all[j], h) && shadows(before, w) &&
		    !is_dead(r, all, n, j, reach))
			return true;
		/* "无创呼吸机" leaves nothing for "呼吸机辅助". */
		if (((w->role == ROLE_CODE && before->role == ROLE_CODE) ||
			(w->role == ROLE_PART && before->role == ROLE_PART &&
			    w->value >> 16 == before->value >> 16)) &&
		    before->field == w->field && all[j].from < h->from &&
		    !is_dead(r, all, n, j, reach) &&
		    all[j].to - all[j].from >= h->to - h->from &&
		    r->type->fields[w->field].how.chain.n == 0)
			return true;
	}
	return false;
}

/* "既往史:": what may be said of all that follows. */
static void
find_headings(struct reading *r)
{
	const unsigned kinds = 1u << CUE_HISTORY | 1u << CUE_OUTSIDE;

	r->headings = arena_alloc(r->arena, (r->ncues + 1) * sizeof(*r->cues));
	for (size_t k = 0; k < r->ncues; k++) {
		const struct hit *h = &r->hits[r->cues[k]];

		if ((kinds >> (reading_word(r, h)->value >> 8) & 1) != 0 &&
		    h->to < r->view.text.n && r->view.text.p[h->to] == ':')
			r->headings[r->nheadings++] = r->cues[k];
	}
}

static void
find_wide(struct reading *r)
{
	uint32_t next = (uint32_t)r->ncues;

	r->wide = arena_alloc(r->arena, (r->ncues + 1) * sizeof(*r->wide));
	for (size_t k = r->ncues; k-- > 0;) {
		switch (reading_word(r, &r->hits[r->cues[k]])->value & 0xFF) {
		case SCOPE_SENTENCE:
		case SCOPE_UNTIL:
		case SCOPE_WHOLE:
			next = (uint32_t)k;
		}
		r->wide[k] = next;
	}
}

void
reading_keep_living(struct reading *r, struct hit *all, size_t n)
{
	uint32_t *reach;

	n = drop_torn(r, all, n);
	reach = arena_alloc(r->arena, (n + 1) * sizeof(*reach));
	r->hits = arena_alloc(r->arena, (n + 1) * sizeof(*r->hits));
	r->cues = arena_alloc(r->arena, (n + 1) * sizeof(*r->cues));
	for (size_t i = 0; i < n; i++) {
		reach[i] = i > 0 && reach[i - 1] > all[i].to ? reach[i - 1]
							     : all[i].to;
		if (is_shadowed(r, all, n, i, reach))
			continue;
		if (reading_word(r, &all[i])->role == ROLE_CUE)
			r->cues[r->ncues++] = (uint32_t)r->nhits;
		r->hits[r->nhits++] = all[i];
	}
	find_wide(r);
	find_headings(r);
}
