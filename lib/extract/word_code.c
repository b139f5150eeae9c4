/*
 * What the spelling of a code tells: whether it is of the field, and its value.
 */
#include "extract/take.h"
#include "extract/word_part.h"

#define WORST 10 /* points that distance may cost the worst of several */

/* Whether the spelling of a code also denies, as 未见 of the code 无 does. */
static bool
is_denial(const struct finder *x, const struct hit *h)
{
	const struct clause *c = reading_clause(x->r, h->from);

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);

		if (w->role == ROLE_CUE && w->value >> 8 == CUE_NEGATED &&
		    o->from == h->from)
			return true;
	}
	return false;
}

static struct slice
spelled(const struct finder *x, const struct field *f, const struct hit *h,
    const struct word *w)
{
	struct slice code = f->codes[w->value].code;

	switch (f->d->type) {
	case TYPE_TEXT:
		return finder_written(x, h->from, h->to);
	case TYPE_BOOL:
		return slice_is(code, "true") ? SLICE("true") : SLICE("false");
	default:
		return candidate_is_measured(f) ? code : finder_quoted(x, code);
	}
}

/*
 * Whether a word that keeps the field off stands in what is said with the
 * spelling: in its clause, but for what blanks part of a telegraphic line.
 */
static bool
is_kept_off(const struct finder *x, const struct clause *c, const struct hit *h,
    uint32_t field)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *o = &x->r->hits[k];
		const struct word *w = reading_word(x->r, o);

		if (w->role == ROLE_NEVER && w->field == field &&
		    (w->value & NEVER_OVER) == 0 &&
		    !(o->to < h->from ? reading_parts(x->r, o->to, h->from)
				      : reading_parts(x->r, h->to, o->from)))
			return true;
	}
	return false;
}

/*
 * "内见血流信号余未见占位": a denial behind its anchor, with something else to deny
 * behind it, says nothing of the anchor.
 */
static bool
denies_other(const struct finder *x, const struct clause *c,
    const struct hit *h, uint32_t field)
{
	static const char *const ends[] = { "明显", "明确", "异常", "确切",
		"显示", "信号", "血流", "彩色", "。", "、", NULL };
	const struct reading *r = x->r;
	struct slice rest =
	    slice_span(r->view.text.p + h->to, r->view.text.p + r->view.text.n);

	if (!is_denial(x, h) || rest.n == 0 || (unsigned char)*rest.p < 0x80 ||
	    r->view.gap[h->to])
		return false;
	for (size_t i = 0; ends[i] != NULL; i++)
		if (slice_starts(rest, ends[i]))
			return false;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_ANCHOR && w->field == field &&
		    r->hits[k].from >= h->from)
			return false;
	}
	return true;
}

/* "重度减轻至轻度", "中度→轻度": the first was, the second is. */
static bool
gives_way(const struct finder *x, const struct hit *h, uint32_t field)
{
	static const char *const verbs[] = { "已", "逐渐", "减轻", "减少", "减",
		"加重", "增加", "增多", "升高", "升", "降低", "下降", "降",
		"好转", "改善", "恢复", "进展", "转", "变", NULL };
	static const char *const to[] = { "至", "到", "为", "成", "→", "->",
		NULL };
	static const char *const now[] = { "目前", "现在", "现", "今", "本次",
		"的", "约", NULL };
	const struct reading *r = x->r;
	struct slice s =
	    slice_span(r->view.text.p + h->to, r->view.text.p + r->view.text.n);
	uint32_t at;

	take_each(&s, verbs);
	if (!take_each(&s, to))
		return false;
	take_each(&s, now);
	at = (uint32_t)(s.p - r->view.text.p);
	for (size_t k = reading_first_hit(r, at);
	     k < r->nhits && r->hits[k].from == at; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CODE && w->field == field)
			return true;
	}
	return false;
}

/* "加重为中度": a spelling of one character is the end of a word for change. */
static bool
ends_change(const struct finder *x, const struct hit *h)
{
	static const char *const begins[] = { "加", "减", "增", "趋", NULL };
	const char *p = x->r->view.text.p;

	for (size_t i = 0; begins[i] != NULL; i++) {
		size_t n = strlen(begins[i]);

		if (h->to - h->from == n && h->from >= n &&
		    memcmp(p + h->from - n, begins[i], n) == 0)
			return true;
	}
	return false;
}

void
word_code(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct field *f = &x->r->type->fields[w->field];
	const struct clause *c = reading_clause(x->r, h->from);
	const struct measure here = {
		.from = h->from, .to = h->to, .lead = h->from
	};
	uint32_t near = finder_nearest(x, c, ROLE_ANCHOR, w->field, &here);
	uint32_t never = finder_nearest(x, c, ROLE_NEVER, w->field, &here);
	int score = SCORE_ANCHORED;
	struct candidate *k;

	if (!finder_standing_at(x, f, c, h->from, h->to) || ends_change(x, h) ||
	    (f->d->type != TYPE_BOOL && f->npatterns > 0 && !f->announced) ||
	    (f->announced && f->group >= 0 && denies_other(x, c, h, w->field)))
		return;
	if (f->announced
		? never != UINT32_MAX && never <= near && !is_denial(x, h)
		: is_kept_off(x, c, h, w->field))
		return;
	if (f->announced && near == UINT32_MAX && f->d->type != TYPE_BOOL &&
	    f->subjects == 0 && f->group < 0 &&
	    word_is_listed(x->r, c, w->field))
		near = 0;
	if (f->announced && near == UINT32_MAX && f->d->type != TYPE_BOOL) {
		if (!word_announced_before(x, c, h, w->field) &&
		    !word_announced_after(x, c, w->field))
			return;
		score += SCORE_OTHER_CLAUSE;
		near = 0;
	}
	/* Of what is worst among several, no matter which is told nearer. */
	if (f->how.pick == PICK_WORST && near != UINT32_MAX && near > WORST)
		near = WORST;
	if (f->announced && near != UINT32_MAX)
		score -= (int)(near < SCORE_FARTHEST ? near : SCORE_FARTHEST);
	if (finder_is_weak(x, w->field, h->from))
		score += SCORE_WEAK;
	k = finder_add(x, w->field, h->from, h->to, score);
	if (k == NULL)
		return;
	if (gives_way(x, h, w->field))
		k->context |= 1u << CUE_HISTORY;
	/* "有创通气:否" */
	if (f->group < 0 && !f->announced && reading_mark(x->r, h->to) < 0)
		k->context |= 1u << CUE_NEGATED;
	k->code = w->value;
	k->value = spelled(x, f, h, w);
	if (is_denial(x, h))
		k->context &= ~(1u << CUE_NEGATED);
	/* "否认神志不清" denies; "未见神志清楚" says nothing. */
	if (f->d->type == TYPE_BOOL && (k->context & 1u << CUE_NEGATED) != 0) {
		if (slice_is(k->value, "false"))
			k->context |= 1u << CUE_ELSEWHERE;
		k->value = SLICE("false");
	}
}

/* The number of the code that two parts make, or -1. */
static long
joined_code(const struct field *f, uint32_t first, uint32_t second)
{
	struct slice a = f->parts[0]->codes[first].code;
	struct slice b = f->parts[1]->codes[second].code;

	for (size_t i = 0; i < f->ncodes; i++) {
		struct slice code = f->codes[i].code;

		if (code.n == a.n + b.n && memcmp(code.p, a.p, a.n) == 0 &&
		    memcmp(code.p + a.n, b.p, b.n) == 0)
			return (long)i;
	}
	return -1;
}

void
word_parts(struct finder *x, const struct hit *h, const struct word *w)
{
	const struct reading *r = x->r;
	const struct field *f = &r->type->fields[w->field];
	uint32_t sentence = reading_clause(r, h->from)->sentence;
	uint32_t at = UINT32_MAX;

	if (w->value >> 16 == 0)
		return;
	for (size_t k = (size_t)(h - r->hits); k-- > 0;) {
		const struct hit *o = &r->hits[k];
		const struct word *first = reading_word(r, o);
		struct hit whole = { h->from, h->to, h->word };
		long n;

		if (o->from < at && at != UINT32_MAX)
			return;
		if (reading_clause(r, o->from)->sentence != sentence)
			return;
		if (first->role != ROLE_PART || first->field != w->field ||
		    first->value >> 16 != 0 || o->to > h->from)
			continue;
		at = o->from;
		if (o->to == h->from)
			whole.from = o->from;
		n = joined_code(f, first->value, w->value & 0xFFFF);
		if (n >= 0)
			word_code(x, &whole,
			    &(struct word){ ROLE_CODE, w->field, (uint32_t)n });
	}
}
