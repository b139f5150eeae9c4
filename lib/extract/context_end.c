/*
 * Words that tell of an end: which thing ends, and whether it does.
 */
#include "extract/context_part.h"

#include "extract/candidate.h"

#define STOP_LENGTH 3 /* bytes of a full stop */

/* Whether a word names something that can end, and no quantity. */
static bool
names_thing(const struct reading *r, const struct hit *h)
{
	const struct word *w = reading_word(r, h);

	return (w->role == ROLE_ANCHOR || w->role == ROLE_CODE) &&
	    !candidate_is_measured(&r->type->fields[w->field]);
}

bool
context_can_end(const struct reading *r, uint32_t from, uint32_t to)
{
	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].from < to; k++)
		if (names_thing(r, &r->hits[k]))
			return true;
	return false;
}

/* "停用A、B及C": a sign that joins stands before a place. */
static bool
is_joined(const struct reading *r, uint32_t at)
{
	static const struct slice links[] = { SPELT("、"), SPELT("及"),
		SPELT("和"), SPELT("与"), SPELT("/"), SPELT("+"), SPELT("以及"),
		SPELT("并"), SPELT_END };

	return context_ends_in(r, at, links);
}

/*
 * "停用A后予B", "气管插管接呼吸机CRRT已停": an end is that of the thing next to
 * its word and of what is joined to this, not of the others in the clause.
 */
bool
context_is_of_other(
    const struct reading *r, const struct hit *end, uint32_t from, uint32_t to)
{
	static const char *const turns[] = { "后", "改", "换", "予", "续", "仍",
		"维持", "保留", NULL };
	const bool before = end->from >= to;
	uint32_t at = before ? to : end->to, until = before ? end->from : from;
	struct slice between =
	    slice_span(r->view.text.p + at, r->view.text.p + until);
	uint32_t known = before ? to : 0;

	for (size_t i = 0; !before && turns[i] != NULL; i++)
		if (slice_find(between, slice_of(turns[i])) != NULL)
			return true;
	for (size_t k = reading_first_hit(r, at);
	     k < r->nhits && r->hits[k].from < until; k++) {
		const struct hit *h = &r->hits[k];

		if (!names_thing(r, h) || h->from < known)
			continue;
		if (known != 0 && !is_joined(r, h->from))
			return true;
		known = h->to;
	}
	return !before && known > at && known <= from && !is_joined(r, from);
}

/* "计划明日将A改为B": of a change the first thing in the clause before it. */
bool
context_is_replaced(const struct reading *r, uint32_t from, uint32_t to)
{
	const struct clause *c = reading_clause(r, from);

	if (!context_can_end(r, from, to))
		return false;
	for (size_t k = reading_first_hit(r, to); k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CUE &&
		    w->value == (CUE_RESUMES << 8 | SCOPE_SENTENCE))
			return true;
		if (names_thing(r, &r->hits[k]))
			return false;
	}
	return false;
}

/* Whether [from,to) tells no more than when, and why: "今晨6时因低血压". */
static bool
is_time(const struct reading *r, uint32_t from, uint32_t to)
{
	static const char *const words[] = { "今", "昨", "前", "当", "次", "日",
		"天", "晨", "早", "晚", "夜", "间", "上午", "下午", "中午",
		"时", "点", "分", "许", "现", "已", "均", "予", "以", "于",
		"后", "遂", "并", "再", "月", ":", ".", "第", "起", "目", "此",
		"之", "其", "小", "钟", "约", "仅", "用", "即", "共", "累计",
		"术", "毕", "h", "min", NULL };
	static const char *const reasons[] = { "因", "由于", NULL };

	while (from < to) {
		struct slice rest =
		    slice_span(r->view.text.p + from, r->view.text.p + to);
		size_t i = 0;

		if (*rest.p >= '0' && *rest.p <= '9') {
			from++;
			continue;
		}
		while (words[i] != NULL && !slice_starts(rest, words[i]))
			i++;
		if (words[i] == NULL)
			return slice_starts(rest, reasons[0]) ||
			    slice_starts(rest, reasons[1]);
		from += (uint32_t)strlen(words[i]);
	}
	return true;
}

/* "今晨停用", "此后未再做": a clause of no more than an end, or a denial. */
bool
context_tells_end(
    const struct reading *r, const struct clause *c, const struct hit *h)
{
	static const char *const verbs[] = { "", "做", "用", "行", "予", "再做",
		"再用", "再行", "使用", "再使用", NULL };
	const struct word *w = reading_word(r, h);
	struct slice rest =
	    slice_span(r->view.text.p + h->to, r->view.text.p + c->to);

	if (w->role != ROLE_CUE || !is_time(r, c->from, h->from))
		return false;
	if (w->value >> 8 == CUE_ENDED)
		return rest.n <= STOP_LENGTH || slice_starts(rest, "后") ||
		    slice_starts(rest, "观察") || slice_starts(rest, "使用") ||
		    slice_starts(rest, "治疗");
	if (w->value != (CUE_NEGATED << 8 | SCOPE_CLAUSE))
		return false;
	for (size_t i = 0; verbs[i] != NULL; i++) {
		size_t n = strlen(verbs[i]);

		if (slice_starts(rest, verbs[i]) && rest.n <= n + STOP_LENGTH)
			return n > 0 || h->to - h->from > STOP_LENGTH;
	}
	return false;
}

/*
 * "昨日曾用A,今晨停用": an end that names nothing is of what the clause before
 * it named last.  Its word, or NULL.
 */
const struct hit *
context_end_behind(const struct reading *r, const struct clause *c, uint32_t to)
{
	static const struct slice plans[] = { SPELT("拟"), SPELT("计划"),
		SPELT("准备"), SPELT("建议"), SPELT("考虑"), SPELT("可"),
		SPELT_END };
	const struct clause *last = r->clauses + r->nclauses - 1;

	for (size_t k = reading_first_hit(r, to);
	     k < r->nhits && r->hits[k].from < c->to; k++)
		if (names_thing(r, &r->hits[k]) &&
		    !is_joined(r, r->hits[k].from))
			return NULL;
	while (c < last && c[1].sentence == c->sentence) {
		c++;
		if (context_ends_in(r, c->from, plans))
			return NULL;
		for (size_t k = c->hit; k < c->hits_end; k++) {
			const struct hit *h = &r->hits[k];

			if (names_thing(r, h))
				return NULL;
			if (context_tells_end(r, c, h))
				return h;
		}
	}
	return NULL;
}

/*
 * "未停", "不能停", "今日评估停药", "再用3天停药": what does not end, or not yet,
 * goes on.
 */
bool
reading_goes_on(const struct reading *r, const struct hit *end)
{
	static const struct slice words[] = { SPELT("未"), SPELT("未能"),
		SPELT("未予"), SPELT("未曾"), SPELT("尚未"), SPELT("不"),
		SPELT("不能"), SPELT("不宜"), SPELT("不予"), SPELT("勿"),
		SPELT("无法"), SPELT("难以"), SPELT("没有"), SPELT("评估"),
		SPELT("评估是否"), SPELT("拟"), SPELT("计划"), SPELT("准备"),
		SPELT("可"), SPELT("考虑"), SPELT("将"), SPELT("待"),
		SPELT("择期"), SPELT("是否"), SPELT("建议"), SPELT("明日"),
		SPELT("明晨"), SPELT("次日"), SPELT("尝试"), SPELT("试"),
		SPELT("如"), SPELT("若"), SPELT("方可"), SPELT("才"),
		SPELT("再"), SPELT_END };
	static const char *const first[] = { "再用", "续用", "满后", "后可",
		"后再", "正常后", "稳定后", "好转后", NULL };
	const struct clause *c = reading_clause(r, end->from);
	struct slice before =
	    slice_span(r->view.text.p + c->from, r->view.text.p + end->from);

	for (size_t i = 0; first[i] != NULL; i++)
		if (slice_find(before, slice_of(first[i])) != NULL)
			return true;
	return context_ends_in(r, end->from, words);
}
