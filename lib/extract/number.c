/*
 * Which field a measure belongs to: the one whose word stands nearest.
 */
#include "extract/finder.h"

#include "base/ascii.h"

enum {
	NEAR_UNITLESS = 24, /* bytes from an anchor to a number without unit */
	NEAR_SINGLE = 15,   /* bytes from an anchor to a lone diameter */
	LONGEST_NOUN = 32   /* bytes of a word for a place */
};

struct claim {
	uint32_t field, rule;
	int score;
	uint32_t near;
	bool alone; /* one number of a ratio, told without the other */
};

#define CLAIMS 16

#define ANYWHERE UINT32_MAX

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

/* "长16mm宽11mm厚9mm": the 厚 is the name of a diameter. */
static bool
is_within(const struct hit *h, const struct measure *m)
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
		    is_within(o, m) ||
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

/* "收缩压118mmHg": the number as a ratio, each of whose parts it is. */
static const struct measure *
as_ratio(const struct finder *x, const struct measure *m)
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

/*
 * "30W 60s 12x10x9mm": behind an event a size is what came of it only where one
 * has been told before, and no place with it: "左叶6x5mm(30W),右叶7x6mm(30W)".
 */
static bool
is_first_size(const struct finder *x, const struct field *f,
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
    const struct clause *words, const struct clause *c, const struct measure *m)
{
	const struct field *f;
	uint32_t d;

	if (w->role != ROLE_ANCHOR && w->role != ROLE_STRONG &&
	    w->role != ROLE_ALONE)
		return false;
	f = &x->r->type->fields[w->field];
	d = finder_distance(h, m);
	if (f->panel ||
	    !candidate_fits(f, w->role == ROLE_ALONE ? as_ratio(x, m) : m))
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
		is_first_size(x, f, c, m)))
		return false;
	if (m->unit == NULL && (f->how.unitless || f->unit != NULL) &&
	    (h->to > m->from || d > NEAR_UNITLESS))
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

/* "降至76/40mmHg,补液后回升至110/65": what goes on with the one before it. */
static bool
goes_on(const struct finder *x, const struct measure *m)
{
	static const char *const to[] = { "升至", "降至", "升到", "降到",
		"恢复至", "恢复到", "维持在", "稳定在", "回升", "回落至",
		NULL };
	const char *p = x->r->view.text.p;

	for (size_t i = 0; to[i] != NULL; i++) {
		size_t n = strlen(to[i]);

		if (m->lead >= n && memcmp(p + m->lead - n, to[i], n) == 0)
			return true;
	}
	return false;
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
	bool next = words != c && !only_strong && goes_on(x, m);

	if (words == c && c->each && respectively(x, c, m, list, n))
		return;

	for (size_t k = words->hit; k < words->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);

		if (only_strong && w->role != ROLE_STRONG)
			continue;
		if (may_claim(x, w, h, words, c, m))
			claim(list, n, w,
			    next ? SCORE_ANCHORED : worth(h, w, m, words == c),
			    finder_distance(h, m));
	}
}

/* "左肺上叶结节": where one of these is said, a place with the other is none. */
static bool
contradicts(struct slice said, struct slice own)
{
	static const char *const sides[] = { "左", "右", NULL };
	static const char *const lobes[] = { "上叶", "中叶", "下叶", NULL };
	static const char *const *const kinds[] = { sides, lobes, NULL };

	for (size_t k = 0; kinds[k] != NULL; k++) {
		bool both = false, one = false, other = false;

		for (size_t i = 0; kinds[k][i] != NULL; i++) {
			struct slice word = slice_of(kinds[k][i]);
			bool here = slice_find(said, word) != NULL;
			bool there = slice_find(own, word) != NULL;

			both |= here && there;
			one |= here;
			other |= there;
		}
		if (one && other && !both)
			return true;
	}
	return false;
}

/* Whether the words of a hit belong to one place with what touches them. */
static bool
is_piece(const struct reading *r, const struct field *id, const struct hit *h)
{
	const struct word *w = reading_word(r, h);

	return (w->role == ROLE_CHAIN || w->role == ROLE_CODE) &&
	    &r->type->fields[w->field] == id;
}

/* What touches a spelling behind it, as far as the field's words reach. */
static uint32_t
end_of_place(const struct reading *r, const struct field *id,
    const struct clause *c, const struct hit *h)
{
	uint32_t to = h->to;

	for (const struct hit *o = h; ++o < r->hits + c->hits_end;)
		if (is_piece(r, id, o) && o->from == to)
			to = o->to;
	return to;
}

/*
 * "乳腺癌", "T2稍高信号": an organ's name, or a level's, that begins a word for
 * what is there, or how it looks.
 */
static bool
names_no_place(
    const struct reading *r, const struct field *id, const struct hit *h)
{
	for (size_t k = reading_first_hit(r, h->from);
	     k < r->nhits && r->hits[k].from == h->from; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if ((w->role == ROLE_ANCHOR || w->role == ROLE_LINK) &&
		    &r->type->fields[w->field] == id && r->hits[k].to > h->to)
			return true;
	}
	return false;
}

/* What touches a spelling before it, as far as the field's words reach. */
static uint32_t
begin_of_place(const struct reading *r, const struct field *id,
    const struct clause *c, const struct hit *h)
{
	uint32_t from = h->from;

	for (const struct hit *o = h; o-- > r->hits + c->hit;)
		if (is_piece(r, id, o) && o->to == from)
			from = o->from;
	return from;
}

/* Whether a word of the field begins or ends [from,to): 肝 is none in 结肠肝曲. */
static bool
is_word_of(
    const struct reading *r, const struct field *id, uint32_t from, uint32_t to)
{
	const uint32_t low = from < LONGEST_NOUN ? 0 : from - LONGEST_NOUN;

	for (size_t k = reading_first_hit(r, low);
	     k < r->nhits && r->hits[k].from <= from; k++)
		if (&r->type->fields[reading_word(r, &r->hits[k])->field] ==
			id &&
		    (r->hits[k].from == from || r->hits[k].to == to))
			return true;
	return false;
}

/* Whether the spelling at a hit is part of an object's place. */
static bool
is_own_place(const struct finder *x, const struct field *id,
    const struct clause *c, const struct hit *h)
{
	const struct cast *cast = &x->r->casts[id->group];
	const char *p = x->r->view.text.p;
	struct slice name = slice_span(p + h->from, p + h->to);
	struct slice whole = slice_span(p + begin_of_place(x->r, id, c, h),
	    p + end_of_place(x->r, id, c, h));

	for (size_t i = 0; i < cast->n; i++) {
		const struct mention *m = &cast->objects[i].part[0];
		struct slice own = slice_span(p + m->from, p + m->to);
		const char *at = slice_find(own, name);

		if (at != NULL &&
		    is_word_of(x->r, id, (uint32_t)(at - p),
			(uint32_t)(at - p + name.n)) &&
		    !contradicts(whole, own))
			return true;
	}
	return false;
}

/* Whether a word of the field in this role stands at [from,…) in the clause. */
static bool
has_role(const struct reading *r, const struct clause *c, const struct field *f,
    enum role role, uint32_t from)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == role && &r->type->fields[w->field] == f &&
		    (from == ANYWHERE || r->hits[k].from == from))
			return true;
	}
	return false;
}

/*
 * "肝S5段肿块7.3cm;脾长径15.2cm": the place that was named last before the
 * measure in its sentence is no object's, and no neighbour that one invades.
 * An organ whose own size is told (子宫增大) is none either.
 */
static bool
is_elsewhere(const struct finder *x, const struct field *f,
    const struct measure *m, const struct clause *c)
{
	const struct reading *r = x->r;
	const struct field *id;

	if (f->how.neighbours.n == 0)
		return false;
	id = r->type->groups[f->group].identify;
	for (size_t i = (size_t)(c - r->clauses) + 1; i-- > 0;) {
		const struct clause *at = &r->clauses[i];
		const struct hit *last = NULL;

		if (at->sentence != c->sentence)
			break;
		for (size_t k = at->hit; k < at->hits_end; k++) {
			const struct hit *h = &r->hits[k];
			const struct word *w = reading_word(r, h);
			const struct field *of = &r->type->fields[w->field];

			if (h->to > m->from)
				break;
			if (w->role == ROLE_CODE && of == id &&
			    (last == NULL || h->to > last->to) &&
			    !names_no_place(r, id, h))
				last = h;
		}
		if (last == NULL) {
			if (at == c && has_role(r, c, id, ROLE_WEAK, ANYWHERE))
				return false;
			continue;
		}
		if (is_own_place(x, id, at, last))
			return has_role(r, at, f, ROLE_NEVER, last->from);
		if (!has_role(r, at, f, ROLE_NEIGHBOUR, ANYWHERE))
			return true;
	}
	return false;
}

/* Whether the bytes from a place on begin with a word of this time. */
static bool
begins_now(const struct reading *r, uint32_t at)
{
	static const char *const now[] = { "本次", "此次", "目前", "现片",
		NULL };

	for (size_t i = 0; now[i] != NULL; i++)
		if (slice_starts(slice_span(r->view.text.p + at,
				     r->view.text.p + r->view.text.n),
			now[i]))
			return true;
	return false;
}

/* Whether a word that turns to this time stands in [from,to): 现. */
static bool
is_resumed(const struct reading *r, uint32_t from, uint32_t to)
{
	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].to <= to; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CUE && w->value >> 8 == CUE_RESUMES)
			return true;
	}
	return false;
}

/*
 * "2025-06-12肿块48x40mm;本次29x22mm", "2022年6x5mm,2023年7x6mm,本次8x7mm": what a
 * date before it in its clause tells of is of then, where the sentence goes on
 * to now, or the next one begins so.
 */
static bool
is_dated_before(
    const struct finder *x, const struct clause *c, const struct measure *m)
{
	const struct reading *r = x->r;
	const struct clause *end = r->clauses + r->nclauses, *next = c + 1;
	const struct measure *date = NULL;

	for (size_t i = reading_first_measure(r, c->from);
	     i < r->nmeasures && r->measures[i].from < m->from; i++)
		if (r->measures[i].kind == MEASURE_DATE)
			date = &r->measures[i];
	if (date == NULL || is_resumed(r, date->to, m->from))
		return false;
	while (next < end && next->sentence == c->sentence &&
	    !begins_now(r, next->from))
		next++;
	return next < end && begins_now(r, next->from);
}

/* Whether a value is an earlier one's, for which the field has another. */
static bool
is_past(const struct finder *x, const struct field *f, const struct clause *c,
    const struct measure *m)
{
	return x->past ||
	    (f->past != NULL &&
		((reading_context(x->r, m->from, m->to) & 1u << CUE_HISTORY) !=
			0 ||
		    is_dated_before(x, c, m)));
}

/* One number of a ratio, as a measure of its own. */
static const struct measure *
part_of(const struct finder *x, const struct measure *m, size_t i)
{
	struct measure *one = arena_dup(x->r->arena, m, sizeof(*m));

	one->kind = MEASURE_NUMBER;
	one->value[0] = m->value[i];
	one->n = 1;
	return one;
}

/* "左室57/37mm": the first is the field's, the second of the one it names. */
static struct candidate *
both_of_ratio(struct finder *x, uint32_t field, const struct measure *m,
    int score, uint32_t rule, const struct clause *c)
{
	const struct field *other = x->r->type->fields[field].ratio;

	if (finder_standing_at(x, other, c, m->from, m->from))
		finder_number(x, (uint32_t)(other - x->r->type->fields),
		    part_of(x, m, 1), score, rule, c);
	return finder_number(x, field, part_of(x, m, 0), score, rule, c);
}

/* Whether a measure that the field could take begins in [from,to). */
static bool
holds_another(
    const struct finder *x, const struct field *f, uint32_t from, uint32_t to)
{
	for (size_t i = reading_first_measure(x->r, from);
	     i < x->r->nmeasures && x->r->measures[i].from < to; i++)
		if (candidate_fits(f, &x->r->measures[i]))
			return true;
	return false;
}

/*
 * "①1min②2min,总计3min", "4min10s(累计)": a word makes a total of the next
 * measure, or of the one that it stands behind if none comes.
 */
static bool
is_total(const struct finder *x, uint32_t field, const struct clause *c,
    const struct measure *m)
{
	const struct field *f = &x->r->type->fields[field];

	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);

		/* "(转移数/总数)" tells what the ratios are of. */
		if (w->role != ROLE_TOTAL || w->field != field ||
		    x->r->view.text.p[h->to] == ')')
			continue;
		if (h->to > m->from ? !holds_another(x, f, m->to, c->to)
				    : !holds_another(x, f, h->to, m->from))
			return true;
	}
	return false;
}

/*
 * "共4.8ml(术前、术后各半)": a total before all that its sentence tells of times is
 * of none of them.
 */
static bool
is_of_all_times(
    const struct finder *x, const struct field *f, const struct clause *c)
{
	const struct clause *end = x->r->clauses + x->r->nclauses;

	if (x->r->type->events == 0 || f->sections == 0 || f->group >= 0 ||
	    c->marked)
		return false;
	for (const struct clause *k = c + 1;
	     k < end && k->sentence == c->sentence; k++)
		if (k->marked &&
		    (k->sections & ~f->sections & ~x->r->type->events) != 0)
			return true;
	return false;
}

/* "500s×2次": of each time, and no total. */
static bool
is_repeated(const struct slice s, const struct measure *m)
{
	uint32_t at = m->to;

	if (at >= s.n || (s.p[at] != 'x' && s.p[at] != '*'))
		return false;
	for (at++; at < s.n && is_digit((unsigned char)s.p[at]);)
		at++;
	return at > m->to + 1 &&
	    slice_starts(slice_span(s.p + at, s.p + s.n), "次");
}

/* "第三点80秒", "第2次1min": a part, by the ordinal before it. */
static bool
numbers_a_part(const struct finder *x, const struct measure *m)
{
	static const char *const parts[] = { "点", "次", "针", "段", "步",
		"个点", "循环", "周期", "轮", "处", NULL };
	const char *p = x->r->view.text.p;

	if (is_repeated(x->r->view.text, m))
		return true;
	for (size_t i = 0; parts[i] != NULL; i++) {
		size_t n = strlen(parts[i]);
		uint32_t at = m->from - (uint32_t)n;

		if (m->from < n + 4 || memcmp(p + at, parts[i], n) != 0)
			continue;
		if ((unsigned char)p[at - 1] >= 0x80)
			at -= 3;
		else
			while (at > 0 && is_digit(p[at - 1]))
				at--;
		if (at >= 3 && memcmp(p + at - 3, "第", 3) == 0)
			return true;
	}
	return false;
}

/* "今日复测21mm": of two sizes of one object the one that is told as of now. */
static bool
is_of_now(
    const struct finder *x, const struct clause *c, const struct measure *m)
{
	static const char *const now[] = { "今日", "本次", "目前", "此次",
		NULL };
	const struct reading *r = x->r;
	const char *p = r->view.text.p;
	const struct clause *b = c;

	while (b > r->clauses && b[-1].sentence == c->sentence && c - b < 2)
		b--;
	for (size_t k = b->hit; k < r->nhits && r->hits[k].from < m->from; k++)
		for (size_t i = 0; now[i] != NULL; i++)
			if (reading_word(r, &r->hits[k])->role == ROLE_CUE &&
			    slice_is(slice_span(p + r->hits[k].from,
					 p + r->hits[k].to),
				now[i]))
				return true;
	return false;
}

struct candidate *
finder_number(struct finder *x, uint32_t field, const struct measure *m,
    int score, uint32_t rule, const struct clause *c)
{
	const struct field *f = &x->r->type->fields[field];
	bool outside = false, past = is_past(x, f, c, m);
	struct slice value;
	struct candidate *k;

	if (m->kind == MEASURE_RATIO && f->ratio != NULL)
		return both_of_ratio(x, field, m, score, rule, c);
	if ((past && f->past == NULL && x->past) || is_elsewhere(x, f, m, c))
		return NULL;
	if (past && f->past != NULL)
		field = (uint32_t)(f->past - x->r->type->fields);
	if ((f->how.pick == PICK_TOTAL && numbers_a_part(x, m)) ||
	    (is_total(x, field, c, m) && is_of_all_times(x, f, c)))
		return NULL;
	value = candidate_value(f, m, x->r->arena, &outside);
	if (value.n == 0 ||
	    (outside &&
		(rule == 0 || candidate_lacks_unit(f, m) ||
		    f->how.pick == PICK_COUNT)))
		return NULL;
	k = finder_add(x, field, m->from, m->to, score);
	if (k == NULL)
		return NULL;
	if (past)
		k->context &= ~(1u << CUE_HISTORY);
	if (f->past == NULL && (f->how.despite & 1u << CUE_HISTORY) == 0 &&
	    is_dated_before(x, c, m))
		k->context |= 1u << CUE_HISTORY;
	k->rule = rule;
	k->measure = m;
	k->value = value;
	k->outside = outside;
	k->score += outside ? SCORE_OUTSIDE : SCORE_PLAUSIBLE;
	if (candidate_lacks_unit(f, m))
		k->score += SCORE_UNITLESS;
	if (finder_is_weak(x, field, m->from))
		k->score += SCORE_WEAK;
	if (f->d->type == TYPE_DIMS && f->how.own && is_of_now(x, c, m))
		k->score += SCORE_NOW;
	k->total = is_total(x, field, c, m);
	if (k->total)
		k->score += SCORE_TOTAL;
	return k;
}

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

/* "LN 0/26(癌结节0枚)": in the brackets behind a measure. */
static bool
is_aside(const struct finder *x, const struct hit *h, const struct measure *m)
{
	return h->from > m->to && x->r->view.text.p[m->to] == '(' &&
	    reading_brackets_end(x->r, h->from, h->to) != UINT32_MAX;
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
		    !is_within(h, m) && !is_aside(x, h, m) &&
		    (finder_distance(h, m) <= NEAR_UNITLESS ||
			!(h->to <= m->from
				? reading_parts(x->r, h->to, m->from)
				: reading_parts(x->r, m->to, h->from))))
			return true;
	}
	return false;
}

bool
finder_is_of_unknown(const struct finder *x, const struct field *f,
    const struct measure *m, const struct clause *c)
{
	static const char *const words[] = { "首剂", "首次", "负荷", "剂量",
		"剂", "量", "每次", "每日", "次", "日", "用", "予", "给", "改",
		"增", "减", "加", "至", "为", "到", "后", "续", "继", "以",
		"再", "维持", "静滴", "静脉", "滴注", "注", "口服", "鼻饲",
		"泵", "入", "雾化", "吸", "今", "现", "起", "晨", "第", "天",
		"小时", "约", "由", "已", "当前", "目前", "均", "各", "、",
		"调整", "调", "更", "仍", "疗程", "治疗", "抗感染", "使", "应",
		"服", "满", "共", NULL };
	const char *p = x->r->view.text.p;
	struct slice rest = slice_span(p + c->from, p + m->from);
	const struct group *g;

	if (f->group < 0)
		return false;
	g = &x->r->type->groups[f->group];
	if (!g->how->named || g->identify == NULL ||
	    g->identify->d->type != TYPE_CODE || reading_names(x->r, f, c))
		return false;
	while (rest.n > 0) {
		size_t i = 0, n = 1;

		while ((unsigned char)*rest.p >= 0x80 && words[i] != NULL &&
		    !slice_starts(rest, words[i]))
			i++;
		if ((unsigned char)*rest.p >= 0x80) {
			if (words[i] == NULL)
				return true;
			n = strlen(words[i]);
		}
		rest = (struct slice){ rest.p + n, rest.n - n };
	}
	return false;
}

static void
bare(struct finder *x, const struct measure *m, const struct clause *c)
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
		    !is_first_size(x, f, c, m) &&
		    (f->d->type != TYPE_DIMS || m->n > 1 ||
			follows_place(x, f, c, m)) &&
		    !is_barred(x, i, c, m) && !finder_is_of_unknown(x, f, m, c))
			finder_number(x, i, m, SCORE_BARE, 0, c);
	}
}

/* "脉搏128次/分(心率146次/分)": an anchor that others of the field outweigh. */
static int
lesser(const struct finder *x, const struct clause *c, const struct claim *k,
    const struct measure *m)
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

/*
 * "术前、术后各用1.5ml": a clause that stands in several sections tells the same
 * of the fields that differ in their section alone.
 */
static bool
is_shared(const struct finder *x, const struct clause *c,
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

/* "…,10min后复查": a time that begins what is said is one that went by. */
static bool
is_interval(
    const struct finder *x, const struct clause *c, const struct measure *m)
{
	static const char *const behind[] = { "后", "左右后", "许后", NULL };
	const struct slice s = x->r->view.text;

	if (m->from != c->from || m->unit == NULL ||
	    m->unit->dimension != DIM_TIME)
		return false;
	for (size_t i = 0; behind[i] != NULL; i++)
		if (slice_starts(slice_span(s.p + m->to, s.p + s.n), behind[i]))
			return true;
	return false;
}

/*
 * A measure belongs to the field whose word stands nearest; several have it
 * only where the same word announces them.
 */
void
finder_measure(struct finder *x, const struct measure *m)
{
	const struct clause *c = reading_clause(x->r, m->from);
	struct claim list[CLAIMS];
	size_t n = 0;
	int best = 0;

	if (m->kind == MEASURE_DATE || is_interval(x, c, m))
		return;
	x->past = m->past;
	if (m->past) {
		struct measure *now = arena_dup(x->r->arena, m, sizeof(*m));

		now->past = false;
		m = now;
	}
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
		if (list[i].score == best ||
		    is_shared(x, c, &list[i], best, list, n))
			finder_number(x, list[i].field,
			    list[i].alone ? as_ratio(x, m) : m,
			    best + lesser(x, c, &list[i], m), list[i].rule, c);
}
