/*
 * How far a cue reaches ahead: what between it and a place behind it ends what
 * it says.
 */
#include "extract/context_part.h"
#include "extract/reading_part.h"

#define COMPARED 12 /* bytes from 较 to the time that it compares with */

/* Whether something is measured in [from,to), dates left out. */
static bool
holds_value(const struct reading *r, uint32_t from, uint32_t to)
{
	for (size_t i = reading_first_measure(r, from);
	     i < r->nmeasures && r->measures[i].from < to; i++)
		if (r->measures[i].kind != MEASURE_DATE)
			return true;
	return false;
}

/* "(前次:2024-02-18)": whether a day is told in [from,to). */
static bool
holds_date(const struct reading *r, uint32_t from, uint32_t to)
{
	size_t i = reading_first_measure(r, from);

	return i < r->nmeasures && r->measures[i].kind == MEASURE_DATE &&
	    r->measures[i].to <= to;
}

/*
 * One in the brackets of a heading, "痰培养(外院2-10):", holds behind them; one
 * that opens brackets with a value, "较昨日(60%)", or dates what the heading
 * compares with, "复查CT(前次:2024-02-18):", does not.
 */
static bool
is_bracketed_off(const struct reading *r, const struct hit *cue, uint32_t at)
{
	const char *p = r->view.text.p;
	uint32_t end = reading_brackets_end(r, cue->from, cue->to);

	if (end == UINT32_MAX && p[cue->to - 1] == '(') {
		end = reading_brackets_end(r, cue->to, cue->to);
		return end < at && holds_value(r, cue->to, end);
	}
	return end < at &&
	    !(end + 1 < r->view.text.n && p[end + 1] == ':' &&
		!(reading_word(r, cue)->value >> 8 == CUE_HISTORY &&
		    holds_date(r, cue->to, end)));
}

/* Whether a word that resumes ends what a cue of this kind governs. */
static bool
ends(unsigned kind, unsigned scope)
{
	switch (scope) {
	case SCOPE_BACK: /* 升至: of a value, that was */
		return kind == CUE_HISTORY;
	case SCOPE_WHOLE: /* back to the organ at hand */
		return kind == CUE_ELSEWHERE;
	case SCOPE_SENTENCE: /* 改用 */
		return kind != CUE_PLANNED && kind != CUE_OUTSIDE;
	default:
		return true;
	}
}

/* Whether a word leads back from what a cue of this kind governs. */
static bool
leads_back(const struct word *w, unsigned kind)
{
	if (w->role != ROLE_CUE)
		return false;
	/* "拟行A,今日完成:…": what follows is no plan any more. */
	if (w->value == (CUE_AFFIRMED << 8 | SCOPE_BEFORE))
		return kind == CUE_PLANNED;
	return w->value >> 8 == CUE_RESUMES && ends(kind, w->value & 0xFF);
}

/* "其弟发热,现用A": a word of time leads back from the past, not from others. */
static bool
tells_time(const struct reading *r, const struct hit *h)
{
	static const char *const words[] = { "现", "目前", "今", "当前", "此时",
		"复查", "复测", "再测", "→", "改", "换", NULL };
	static const char *const persons[] = { "患者", "本例", "本人", NULL };
	const char *p = r->view.text.p;
	struct slice s = slice_span(p + h->from, p + h->to);

	for (size_t i = 0; persons[i] != NULL; i++)
		if (slice_find(s, slice_of(persons[i])) != NULL ||
		    slice_starts(
			slice_span(p + h->to, p + r->view.text.n), persons[i]))
			return false;
	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(s, words[i]))
			return true;
	return false;
}

/*
 * Whether a word between the cue and a place ends what the cue began.  One that
 * only puts something new in the place of the old ("停用A,改用B") ends no plan
 * and leaves no house.
 */
static bool
resumed(const struct reading *r, const struct hit *cue, uint32_t to)
{
	unsigned kind = reading_word(r, cue)->value >> 8;
	/* "(前:A4天→B5天)": what is put in another's place was before, too. */
	bool bracket = r->view.text.p[cue->from] == '(';

	for (const struct hit *h = cue + 1;
	     h < r->hits + r->nhits && h->from <= to; h++) {
		const struct word *w = reading_word(r, h);

		if (h->from > cue->from && leads_back(w, kind) &&
		    !(bracket && (w->value & 0xFF) == SCOPE_SENTENCE) &&
		    !(kind == CUE_ELSEWHERE && tells_time(r, h)))
			return true;
	}
	return false;
}

/*
 * "对比2个月前CT:": an examination that is compared with, and what the colon
 * begins is of this one; not so "与前片比较:当时".
 */
static bool
is_comparison(const struct reading *r, const struct clause *own,
    const struct hit *cue, uint32_t from)
{
	static const char *const words[] = { "对比", "对照", "比较", "参照",
		"与", "同", "较", NULL };
	struct slice s =
	    slice_span(r->view.text.p + own->from, r->view.text.p + own->to);
	const char *end = r->view.text.p + cue->to;
	const char *colon;
	size_t i = 0;

	if (from < cue->to + 1)
		return false;
	while (words[i] != NULL && !slice_starts(s, words[i]))
		i++;
	colon = words[i] == NULL
	    ? NULL
	    : memchr(end, ':', from - cue->to < 9 ? from - cue->to : 9);
	return colon != NULL &&
	    slice_find(slice_span(end, colon), SLICE("比较")) == NULL;
}

/* "前次所见积液较前减少": what was there before is there still. */
static bool
is_taken_back(const struct reading *r, const struct clause *c, uint32_t to)
{
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CUE &&
		    w->value == (CUE_RESUMES << 8 | SCOPE_BEFORE) &&
		    r->hits[k].from >= to)
			return true;
	}
	return false;
}

/*
 * "A(外院,2月1日)", "A(既往)": the brackets behind a place tell when or where
 * it was, if nothing is measured in them.
 */
static bool
is_dated_by(const struct reading *r, const struct hit *cue, uint32_t to)
{
	uint32_t end;

	if (cue->from != to + 1 || r->view.text.p[to] != '(' ||
	    reading_word(r, cue)->value >> 8 == CUE_PLANNED)
		return false;
	end = reading_brackets_end(r, cue->from, cue->to);
	return end != UINT32_MAX && !holds_value(r, to, end);
}

/* "未见[明显]": only such words stand between a denial and what it denies. */
static bool
denies_at_once(const struct reading *r, uint32_t from, uint32_t to)
{
	static const char *const between[] = { "", "明显", "明确", "确切",
		"异常", "肿大", "增大", "侵犯", "侵及", "累及", "浸润", "侵袭",
		NULL };
	struct slice s = { r->view.text.p + from, to - from };

	for (size_t i = 0; between[i] != NULL; i++)
		if (slice_is(s, between[i]))
			return r->view.spaced || !r->view.gap[from];
	return false;
}

/*
 * "AR无 PR少量": what is denied of one subject is not of the next; but it is
 * where the next stands directly behind the denial ("未见纵隔淋巴结肿大").
 */
static bool
is_of_another(const struct reading *r, const struct hit *cue,
    const struct clause *c, uint32_t at)
{
	const struct topic *t, *of;

	if (r->ntopics == 0)
		return false;
	t = reading_topic(r, cue->from);
	of = reading_topic(r, at);
	if (of != NULL && of->from >= cue->to &&
	    denies_at_once(r, cue->to, of->from))
		return false;
	return t != NULL && t->from >= c->from && t->from < cue->from &&
	    t != of;
}

/*
 * "钙化：无 血流：丰富": what answers the word before it denies nothing else,
 * unlike the verb of "肾：未行 CRRT".
 */
static bool
is_answer(const struct reading *r, const struct hit *cue)
{
	static const struct slice verbs[] = { SPELT("行"), SPELT("用"),
		SPELT("予"), SPELT("做"), SPELT("上"), SPELT("使用"),
		SPELT("应用"), SPELT("进行"), SPELT_END };

	return cue->from > 0 && r->view.text.p[cue->from - 1] == ':' &&
	    r->view.gap[cue->to] && !r->view.spaced &&
	    !context_ends_in(r, cue->to, verbs);
}

/*
 * "首次功率45W,本次20W": a first time is a former one where the sentence goes on
 * to this time; else it is the first of several injections or rounds.
 */
static bool
is_contrasted(const struct reading *r, const struct clause *c, uint32_t to)
{
	static const char *const now[] = { "本次", "此次", "目前", "今", "现",
		NULL };
	const char *p = r->view.text.p;

	for (size_t k = reading_first_hit(r, to); k < r->nhits; k++) {
		const struct hit *h = &r->hits[k];
		const struct word *w = reading_word(r, h);

		const struct clause *own = reading_clause(r, h->from);

		if (own->sentence > c->sentence + 1)
			return false;
		if (w->role != ROLE_CUE || w->value >> 8 != CUE_RESUMES ||
		    (own->sentence > c->sentence &&
			(own->from != h->from ||
			    own[-1].sentence == own->sentence)))
			continue;
		for (size_t i = 0; now[i] != NULL; i++)
			if (slice_starts(
				slice_span(p + h->from, p + h->to), now[i]))
				return true;
	}
	return false;
}

/*
 * "建议年度复查 Lung-RADS 2": in a telegraphic line a blank behind what is
 * advised ends the advice, as a comma before a name in Latin letters does.
 */
static bool
is_advised(const struct reading *r, const struct hit *cue, uint32_t at)
{
	static const struct slice verbs[] = { SPELT("复查"), SPELT("随访"),
		SPELT("随诊"), SPELT("检查"), SPELT("治疗"), SPELT("穿刺"),
		SPELT("活检"), SPELT("观察"), SPELT("就诊"), SPELT("会诊"),
		SPELT_END };
	const char *p = r->view.text.p;

	if (reading_word(r, cue)->value >> 8 != CUE_PLANNED || r->view.spaced)
		return false;
	for (uint32_t i = cue->to + 6; i <= at && i - cue->to < CONTEXT_WINDOW;
	     i++) {
		bool named = p[i - 1] == ',' && p[i] >= 'A' && p[i] <= 'Z';

		if ((named || r->view.gap[i]) &&
		    slice_ends_in(p, i - named, verbs) > 0)
			return true;
	}
	return false;
}

/*
 * "对A过敏,予B": what somebody or something else is told of ends where a clause
 * says what was given.
 */
static bool
is_given(
    const struct reading *r, const struct clause *own, const struct clause *c)
{
	static const char *const verbs[] = { "予", "给予", "遂予", "故予",
		"选用", "故选", "改用", "换用", "现用", "加用", "继续", "应用",
		NULL };

	for (const struct clause *k = own + 1; k <= c; k++) {
		struct slice s = slice_span(
		    r->view.text.p + k->from, r->view.text.p + k->to);

		for (size_t i = 0; verbs[i] != NULL; i++)
			if (slice_starts(s, verbs[i]))
				return true;
	}
	return false;
}

/*
 * "造影因患者过敏未用": what a clause denies for a reason stands before that, and
 * is not told by it.
 */
static bool
is_denied_for(const struct reading *r, const struct clause *own,
    const struct hit *cue, uint32_t from)
{
	const char *p = r->view.text.p;

	if (from < own->from ||
	    slice_find(slice_span(p + from, p + cue->from), SLICE("因")) ==
		NULL)
		return false;
	for (const struct hit *h = cue + 1; h < r->hits + own->hits_end; h++)
		if (reading_word(r, h)->role == ROLE_CUE &&
		    reading_word(r, h)->value >> 8 == CUE_NEGATED)
			return true;
	return false;
}

/*
 * "因造影剂过敏未造影,灰阶示…", "对造影剂过敏,术前未造影": what is told behind a
 * reason is no part of it.
 */
static bool
is_reason(const struct reading *r, const struct clause *own,
    const struct hit *cue, uint32_t at)
{
	static const char *const words[] = { "因", "由于", "鉴于", "考虑到",
		NULL };
	struct slice s =
	    slice_span(r->view.text.p + own->from, r->view.text.p + cue->from);

	static const char *const so[] = { "未", "故", "遂", "而", "术前",
		"术后", "均未", "本次", "此次", NULL };
	struct slice next = slice_span(
	    r->view.text.p + own->to, r->view.text.p + r->view.text.n);

	if (at < cue->to)
		return false;
	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_find(s, slice_of(words[i])) != NULL)
			return true;
	for (size_t i = 0; at >= own->to && so[i] != NULL; i++)
		if (slice_starts(next, so[i]))
			return true;
	return false;
}

/*
 * "较2年前(8mm)无明显变化,边界清楚": a time that is compared with, and what
 * follows its clause is of now.
 */
static bool
is_compared(const struct reading *r, const struct hit *cue, uint32_t at)
{
	const char *p = r->view.text.p;
	const uint32_t begin = reading_clause(r, cue->from)->from;
	const uint32_t low =
	    cue->from < begin + COMPARED ? begin : cue->from - COMPARED;
	const struct slice s = slice_span(p + low, p + cue->from);

	return reading_word(r, cue)->value >> 8 == CUE_HISTORY &&
	    slice_find(s, SLICE("较")) != NULL &&
	    slice_find(s, SLICE("比较")) == NULL &&
	    reading_brackets_end(r, at, at) == UINT32_MAX;
}

/* "前片6x5mm,增大,边缘光整": a former size, and what follows is of now. */
static bool
is_of_size(const struct reading *r, const struct hit *cue)
{
	size_t i = reading_first_measure(r, cue->to);

	return reading_word(r, cue)->value >> 8 == CUE_HISTORY &&
	    i < r->nmeasures && r->measures[i].from == cue->to &&
	    r->measures[i].unit != NULL &&
	    r->measures[i].unit->dimension == DIM_LENGTH;
}

bool
context_reaches_all(const struct reading *r, const struct hit *cue,
    const struct clause *c, uint32_t from)
{
	const unsigned kind = reading_word(r, cue)->value >> 8;
	const struct clause *own = reading_clause(r, cue->from);

	/* "血培养(均阴性)、痰培养(A)" */
	if (kind == CUE_NEGATED && cue->from < from &&
	    is_bracketed_off(r, cue, from))
		return false;
	if (cue->from > from)
		return kind != CUE_ELSEWHERE ||
		    !is_denied_for(r, own, cue, from);
	return !resumed(r, cue, from) && !is_reason(r, own, cue, from) &&
	    !(kind == CUE_ELSEWHERE && is_given(r, own, c));
}

bool
context_reaches_sentence(const struct reading *r, const struct hit *cue,
    const struct clause *c, uint32_t from, uint32_t to, bool here)
{
	if (is_dated_by(r, cue, to))
		return true;
	return cue->from <= from && !is_bracketed_off(r, cue, from) &&
	    !resumed(r, cue, from) &&
	    (here || (!is_of_size(r, cue) && !is_compared(r, cue, from))) &&
	    !is_comparison(r, reading_clause(r, cue->from), cue, from) &&
	    !is_advised(r, cue, from) && !is_taken_back(r, c, to);
}

bool
context_reaches_until(const struct reading *r, const struct hit *cue,
    const struct clause *c, uint32_t from, uint32_t to)
{
	return cue->from <= from && !resumed(r, cue, from) &&
	    is_contrasted(r, c, to);
}

bool
context_reaches_comma(
    const struct reading *r, const struct hit *cue, uint32_t from)
{
	return cue->from <= from && !is_bracketed_off(r, cue, from) &&
	    !resumed(r, cue, from);
}

bool
context_reaches_clause(const struct reading *r, const struct hit *cue,
    const struct clause *c, uint32_t from)
{
	return cue->to <= from && !is_answer(r, cue) &&
	    !is_of_another(r, cue, c, from) &&
	    !is_bracketed_off(r, cue, from) && !resumed(r, cue, from) &&
	    !reading_parts(r, cue->to, from);
}
