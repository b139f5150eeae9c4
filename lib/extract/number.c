/*
 * Which field a measure belongs to: the one whose word stands nearest.
 */
#include "extract/finder.h"

#include "base/ascii.h"
#include "extract/number_part.h"

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

/* "500s×2次", "5min×2循环": of each time, and no total. */
static bool
is_repeated(const struct slice s, const struct measure *m)
{
	static const char *const times[] = { "次", "循环", "周期", "轮", "遍",
		"个循环", "个周期", "点", "针", NULL };
	uint32_t at = m->to;

	if (at >= s.n || (s.p[at] != 'x' && s.p[at] != '*'))
		return false;
	for (at++; at < s.n && is_digit((unsigned char)s.p[at]);)
		at++;
	for (size_t i = 0; at > m->to + 1 && times[i] != NULL; i++)
		if (slice_starts(slice_span(s.p + at, s.p + s.n), times[i]))
			return true;
	return false;
}

/* What ends a text is an ordinal: "第2" before 次, "末" before 段. */
static bool
ends_in_ordinal(const char *p, uint32_t at)
{
	static const struct slice ends[] = { SPELT("首"), SPELT("末"),
		SPELT_END };

	if (slice_ends_in(p, at, ends) > 0)
		return true;
	if (at >= 3 && (unsigned char)p[at - 1] >= 0x80)
		at -= 3;
	else
		while (at > 0 && is_digit((unsigned char)p[at - 1]))
			at--;
	return at >= 3 && memcmp(p + at - 3, "第", 3) == 0;
}

/* "第三点80秒", "第2次后退1cm消融1min": a part, by the ordinal before it. */
static bool
numbers_a_part(
    const struct finder *x, const struct clause *c, const struct measure *m)
{
	static const char *const parts[] = { "点", "次", "针", "段", "步",
		"个点", "循环", "周期", "轮", "处", NULL };
	const char *p = x->r->view.text.p;

	if (is_repeated(x->r->view.text, m))
		return true;
	for (uint32_t at = c->from + 3; at < m->from; at++)
		for (size_t i = 0; parts[i] != NULL; i++)
			if (slice_starts(
				slice_span(p + at, p + m->from), parts[i]) &&
			    ends_in_ordinal(p, at))
				return true;
	return false;
}

/* "SpO2 82%(未吸氧)": the clause tells a code that makes a value outweigh others. */
static bool
stands_beside(
    const struct finder *x, const struct field *f, const struct clause *c)
{
	if (f->beside == NULL)
		return false;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);

		if (w->role != ROLE_CODE ||
		    &x->r->type->fields[w->field] != f->beside)
			continue;
		for (size_t i = 0; i < f->how.beside_codes.n; i++)
			if (slice_eq(f->beside->codes[w->value].code,
				f->how.beside_codes.list[i]))
				return true;
	}
	return false;
}

/* "消融术后2年": days and longer are none of what takes seconds. */
static bool
is_of_other_scale(const struct field *f, const struct measure *m)
{
	return f->d->type == TYPE_DURATION && f->unit != NULL &&
	    strcmp(f->unit->factor, "1") == 0 && m->unit != NULL &&
	    strlen(m->unit->factor) >= strlen("86400");
}

struct candidate *
finder_number(struct finder *x, uint32_t field, const struct measure *m,
    int score, uint32_t rule, const struct clause *c)
{
	const struct field *f = &x->r->type->fields[field];
	bool outside = false, past = number_is_past(x, f, c, m);
	struct slice value;
	struct candidate *k;

	if (m->kind == MEASURE_RATIO && f->ratio != NULL)
		return both_of_ratio(x, field, m, score, rule, c);
	if ((past && f->past == NULL && x->past) ||
	    number_is_elsewhere(x, f, m, c))
		return NULL;
	if (past && f->past != NULL)
		field = (uint32_t)(f->past - x->r->type->fields);
	if (is_total(x, field, c, m) && number_is_of_all_times(x, f, c))
		return NULL;
	value = candidate_value(f, m, x->r->arena, &outside);
	if (value.n == 0 ||
	    (outside &&
		(rule == 0 || is_of_other_scale(f, m) ||
		    candidate_lacks_unit(f, m) || f->how.pick == PICK_COUNT)))
		return NULL;
	k = finder_add(x, field, m->from, m->to, score);
	if (k == NULL)
		return NULL;
	if (past)
		k->context &= ~(1u << CUE_HISTORY);
	if (f->past == NULL && (f->how.despite & 1u << CUE_HISTORY) == 0 &&
	    number_is_dated_before(x, c, m))
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
	if (f->d->type == TYPE_DIMS && number_is_of_now(x, c, m))
		k->score += SCORE_NOW;
	if (stands_beside(x, f, c))
		k->score += SCORE_BESIDE;
	k->total = is_total(x, field, c, m);
	k->part = f->how.pick == PICK_TOTAL && numbers_a_part(x, c, m);
	if (k->total)
		k->score += SCORE_TOTAL;
	return k;
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
	number_claims_of(x, c, c, m, list, &n);
	if (c > x->r->clauses && c[-1].sentence == c->sentence)
		number_claims_of(x, c - 1, c, m, list, &n);
	if (n == 0) {
		number_bare(x, m, c);
		return;
	}
	for (size_t i = 0; i < n; i++)
		if (list[i].score > best)
			best = list[i].score;
	for (size_t i = 0; i < n; i++)
		if (list[i].score == best ||
		    number_is_shared(x, c, &list[i], best, list, n))
			finder_number(x, list[i].field,
			    list[i].alone ? number_as_ratio(x, m) : m,
			    best + number_lesser(x, c, &list[i], m),
			    list[i].rule, c);
}
