/*
 * How a statement is meant: the cues of its sentence and how far each reaches.
 */
#include "extract/context_part.h"
#include "extract/reading_part.h"
#include "extract/take.h"

#define WINDOW    96 /* bytes in which brackets are looked for */
#define TIME_WORD 6  /* bytes of 昨日, which may stand before a cue */
#define BESIDE    9  /* bytes from a word to what denies it */
#define NEAR      24 /* the same, with other words between */
#define FAR       60 /* the same, where all of them are denied */

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

/*
 * One in the brackets of a heading, "痰培养(外院2-10):", holds behind them; one
 * that opens brackets with a value, "较昨日(60%)", does not.
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
	return end < at && !(end + 1 < r->view.text.n && p[end + 1] == ':');
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

		if (w->role == ROLE_CUE && w->value >> 8 == CUE_RESUMES &&
		    h->from > cue->from && ends(kind, w->value & 0xFF) &&
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

/* "甲流(+) 乙流(-)": a result of its own, that of the next does not reach it. */
static bool
is_affirmed(const struct reading *r, uint32_t from, uint32_t to)
{
	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].from < to; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role == ROLE_CUE && w->value >> 8 == CUE_AFFIRMED)
			return true;
	}
	return false;
}

/*
 * "128/70mmHg(升压药已撤)": with a subject of its own in its brackets a cue
 * or behind it ("(未用升压药)") says nothing of what stands before them, unlike
 * the one in "CRRT(已撤)".
 */
static bool
is_of_bracket(const struct reading *r, const struct hit *cue, uint32_t to)
{
	const char *p = r->view.text.p;
	uint32_t end;
	uint32_t low = cue->from < WINDOW ? 0 : cue->from - WINDOW;
	uint32_t open = cue->from;
	bool letters = false;

	if (low < to)
		low = to;
	while (open > low && p[open - 1] != '(' && p[open - 1] != ')') {
		open--;
		letters |= p[open] >= 'A' && p[open] <= 'Z';
	}
	if (open == low || p[open - 1] != '(')
		return false;
	if (letters || cue->from - open > TIME_WORD)
		return true;
	end = reading_brackets_end(r, cue->from, cue->to);
	return end != UINT32_MAX && context_can_end(r, cue->to, end);
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

/* "脉管:D2-40标记未见淋巴管侵犯": another word for the same behind the denial. */
static bool
denies_same(
    const struct reading *r, const struct hit *cue, uint32_t from, uint32_t to)
{
	if (to >= r->view.text.n || r->view.text.p[to] != ':')
		return false;
	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].from == from; k++) {
		const struct word *w = reading_word(r, &r->hits[k]);

		if (w->role != ROLE_ANCHOR)
			continue;
		for (size_t i = reading_first_hit(r, cue->to);
		     i < r->nhits && r->hits[i].from == cue->to; i++)
			if (reading_word(r, &r->hits[i])->role == ROLE_ANCHOR &&
			    reading_word(r, &r->hits[i])->field == w->field)
				return true;
	}
	return false;
}

/* "脉管、神经均未见癌侵犯": of all that stands before it. */
static bool
denies_all(const struct reading *r, const struct hit *cue)
{
	static const struct slice words[] = { SPELT("均"), SPELT("皆"),
		SPELT("都"), SPELT_END };

	return context_ends_in(r, cue->from, words);
}

/*
 * "声诺维1.8ml注入后术区未见造影剂进入": what is denied stands behind the cue,
 * and not before it, unless that is near ("脉管:未见癌栓").
 */
static bool
denies_the_next(
    const struct reading *r, const struct hit *cue, uint32_t from, uint32_t to)
{
	static const char *const ends[] = { "明显", "明确", "确切", "异常",
		"显示", NULL };
	struct slice rest = slice_span(
	    r->view.text.p + cue->to, r->view.text.p + r->view.text.n);

	if (reading_word(r, cue)->value >> 8 != CUE_NEGATED ||
	    cue->from - to <= BESIDE || denies_all(r, cue) ||
	    denies_same(r, cue, from, to) || rest.n == 0 ||
	    (unsigned char)*rest.p < 0x80 || slice_starts(rest, "。") ||
	    slice_starts(rest, "、"))
		return false;
	for (size_t i = 0; ends[i] != NULL; i++)
		if (slice_starts(rest, ends[i]))
			return false;
	return true;
}

/* "TR(微量)、AR(-)": the mark behind is of the subject that it follows. */
static bool
names_subject(const struct reading *r, uint32_t from, uint32_t to)
{
	const struct topic *t = reading_topic(r, to);

	return t != NULL && t->from >= from && t->from < to;
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
	for (uint32_t i = cue->to + 6; i <= at && i - cue->to < WINDOW; i++) {
		bool named = p[i - 1] == ',' && p[i] >= 'A' && p[i] <= 'Z';

		if ((named || r->view.gap[i]) &&
		    slice_ends_in(p, i - named, verbs) > 0)
			return true;
	}
	return false;
}

/* "4mm 余(-)": a mark behind words of their own is of these. */
static bool
marks_other_words(const struct reading *r, const struct hit *cue, uint32_t to)
{
	return cue->from > to && r->view.gap[to] && !r->view.spaced &&
	    r->view.text.p[cue->from] == '(';
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

/* "A阳性(对X耐药)、B阴性": an item of a list whose brackets are closed. */
static bool
is_item_before(const struct reading *r, const struct hit *cue, uint32_t to)
{
	const char *p = r->view.text.p;

	return slice_find(slice_span(p + to, p + cue->from), SLICE(")、")) !=
	    NULL;
}

/*
 * "血肿、声嘶、低钙:均无": where what answers a word, or the list that it begins or
 * stands in, is told; UINT32_MAX: nowhere.
 */
static uint32_t
answer_of(const struct reading *r, uint32_t at)
{
	const char *p = r->view.text.p, *end = p + r->view.text.n;

	if (slice_starts(slice_span(p + at, end), "、"))
		for (uint32_t from = at; at < r->view.text.n &&
		     at - from < WINDOW && strchr(",;:\n()", p[at]) == NULL &&
		     !slice_starts(slice_span(p + at, end), "。");)
			at++;
	if (at >= r->view.text.n || p[at] != ':')
		return UINT32_MAX;
	return slice_starts(slice_span(p + at + 1, end), "均") ? at + 4
							       : at + 1;
}

/* "种植:无": what answers a word denies it. */
static bool
answers(const struct reading *r, const struct hit *cue, uint32_t to)
{
	static const char *const verbs[] = { "查见", "找见", "检见", "查及",
		"发现", "找到", "检出", "见到", NULL };
	struct slice rest = slice_span(
	    r->view.text.p + cue->to, r->view.text.p + r->view.text.n);

	if (reading_word(r, cue)->value >> 8 != CUE_NEGATED ||
	    cue->from != answer_of(r, to))
		return false;
	take(&rest, verbs);
	return rest.n == 0 || r->view.gap[rest.p - r->view.text.p] ||
	    strchr(",;\n", *rest.p) != NULL || slice_starts(rest, "。");
}

/* "A(ESBL阴性)": the result of what the brackets name, not of A. */
static bool
is_named_result(const struct reading *r, const struct hit *cue, uint32_t to)
{
	const char *p = r->view.text.p;

	return to < cue->from && p[to] == '(' && cue->from > to + 1 &&
	    p[to + 1] >= 'A' && p[to + 1] <= 'Z' && p[cue->from] != '(' &&
	    is_of_bracket(r, cue, to);
}

/* "完全消融|并发症:未见": what answers a heading is of nothing before that. */
static bool
answers_another(const struct reading *r, const struct hit *cue, uint32_t to)
{
	return reading_word(r, cue)->value >> 8 == CUE_NEGATED &&
	    cue->from > to + 1 && r->view.text.p[cue->from - 1] == ':';
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

/* "结节恶性可能大", "肿块(肺癌可能)": what it is is in doubt, not that it is. */
static bool
doubts_nature(const struct reading *r, const struct hit *cue, uint32_t to)
{
	static const char *const natures[] = { "恶性", "良性", "炎性", "炎症",
		"肿瘤", "癌", "MT", "结核", "错构瘤", NULL };
	struct slice between =
	    slice_span(r->view.text.p + to, r->view.text.p + cue->from);

	if (reading_word(r, cue)->value >> 8 != CUE_UNCERTAIN)
		return false;
	for (size_t i = 0; natures[i] != NULL; i++)
		if (slice_find(between, slice_of(natures[i])) != NULL)
			return true;
	return false;
}

static bool
is_in(const struct reading *r, const struct hit *cue, const struct clause *c)
{
	return (c == r->clauses || cue->from >= c->from) &&
	    (c + 1 == r->clauses + r->nclauses || cue->from < c[1].from);
}

static bool
governs(const struct reading *r, const struct hit *cue, const struct clause *c,
    uint32_t from, uint32_t to)
{
	const bool here = is_in(r, cue, c);
	const struct clause *own;

	switch (reading_word(r, cue)->value & 0xFF) {
	case SCOPE_WHOLE:
		if (reading_word(r, cue)->value >> 8 == CUE_NEGATED &&
		    is_affirmed(r, to, cue->from))
			return false;
		own = reading_clause(r, cue->from);
		/* "血培养(均阴性)、痰培养(A)" */
		if (reading_word(r, cue)->value >> 8 == CUE_NEGATED &&
		    cue->from < from && is_bracketed_off(r, cue, from))
			return false;
		return cue->from > from ||
		    (!resumed(r, cue, from) && !is_reason(r, own, cue, from) &&
			!(reading_word(r, cue)->value >> 8 == CUE_ELSEWHERE &&
			    is_given(r, own, c)));
	case SCOPE_SENTENCE:
		if (is_dated_by(r, cue, to))
			return true;
		return cue->from <= from && !is_bracketed_off(r, cue, from) &&
		    !resumed(r, cue, from) && (here || !is_of_size(r, cue)) &&
		    !is_comparison(
			r, reading_clause(r, cue->from), cue, from) &&
		    !is_advised(r, cue, from) && !is_taken_back(r, c, to);
	case SCOPE_UNTIL:
		return cue->from <= from && !resumed(r, cue, from) &&
		    is_contrasted(r, c, to);
	case SCOPE_BEFORE:
		return here && cue->from >= to && !is_item_before(r, cue, to) &&
		    !is_affirmed(r, to, cue->from) &&
		    !is_of_bracket(r, cue, to);
	case SCOPE_BACK:
		to = reading_behind_aside(r, to);
		return here && cue->from >= to &&
		    cue->from - to < (denies_all(r, cue) ? FAR : NEAR) &&
		    !reading_parts(r, to, cue->from) &&
		    !denies_the_next(r, cue, from, to) &&
		    !answers_another(r, cue, to) &&
		    !marks_other_words(r, cue, to) &&
		    !is_named_result(r, cue, to) &&
		    !doubts_nature(r, cue, to) &&
		    !names_subject(r, to, cue->from) &&
		    !is_affirmed(r, to, cue->from);
	case SCOPE_COMMA:
		return here && cue->from <= from &&
		    !is_bracketed_off(r, cue, from) && !resumed(r, cue, from);
	default:
		if (answers(r, cue, to))
			return true;
		return here && cue->to <= from && !is_answer(r, cue) &&
		    !is_of_another(r, cue, c, from) &&
		    !is_bracketed_off(r, cue, from) && !resumed(r, cue, from) &&
		    !reading_parts(r, cue->to, from);
	}
}

size_t
context_first_cue(const struct reading *r, uint32_t from)
{
	size_t low = 0, high = r->ncues;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (r->hits[r->cues[mid]].from < from)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* "前片所见空洞本次未见": what is denied is of this time. */
static bool
resumed_between(const struct reading *r, uint32_t from, uint32_t to)
{
	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].to <= to; k++)
		if (reading_word(r, &r->hits[k])->role == ROLE_CUE &&
		    reading_word(r, &r->hits[k])->value ==
			(CUE_RESUMES << 8 | SCOPE_CLAUSE))
			return true;
	return false;
}

/*
 * The kinds that govern a place; *end is the last word that tells its end, or
 * NULL.
 */
static unsigned
governing(
    const struct reading *r, uint32_t from, uint32_t to, const struct hit **end)
{
	const struct clause *c = reading_clause(r, from);
	const struct clause *first = context_sentence(r, c), *last = c;
	const size_t own = context_first_cue(r, c->from);
	unsigned found =
	    context_said_of_list(r, c, from) | context_said_of_paragraph(r, c);
	bool now = false;

	*end = NULL;
	if (context_is_of_case(r, first, from))
		found |= 1u << CUE_PLANNED;
	if (context_is_of_earlier_day(r, first) &&
	    !resumed_between(r, first->from, from))
		found |= 1u << CUE_HISTORY;
	while (last + 1 < r->clauses + r->nclauses &&
	    last[1].sentence == c->sentence)
		last++;
	for (size_t k = context_first_cue(r, first->from); k < r->ncues; k++) {
		const struct hit *h = &r->hits[r->cues[k]];
		unsigned kind;

		/* Of other clauses those alone that reach so far, or answer. */
		if (!is_in(r, h, c) && (k < own || h->from > to + 1)) {
			k = k < own && r->wide[k] > own ? own : r->wide[k];
			if (k == r->ncues)
				break;
			h = &r->hits[r->cues[k]];
		}
		if (h->from >= last->to)
			break;
		kind = reading_word(r, h)->value >> 8;
		if (kind == CUE_ENDED) {
			if (context_can_end(r, from, to) &&
			    governs(r, h, c, from, to) &&
			    !context_is_of_other(r, h, from, to))
				*end = h;
		} else if ((found & 1u << kind) == 0 &&
		    governs(r, h, c, from, to)) {
			found |= 1u << kind;
			now |= kind == CUE_NEGATED && h->from >= to &&
			    resumed_between(r, to, h->from);
		}
	}
	if (now)
		found &= ~(1u << CUE_HISTORY);
	if (*end == NULL && context_can_end(r, from, to))
		*end = context_end_behind(r, c, to);
	return found;
}

/*
 * What has ended is no more, whenever that was ("昨日已停"); what is to end
 * ("拟明日停用") or to be replaced, or does not end, is there still.
 */
static unsigned
context_of(const struct reading *r, uint32_t from, uint32_t to)
{
	const unsigned unsure =
	    1u << CUE_PLANNED | 1u << CUE_UNCERTAIN | 1u << CUE_INSTRUCTS;
	const struct hit *end, *none;
	unsigned found = governing(r, from, to, &end);
	bool here;

	if (end == NULL)
		return (found & 1u << CUE_PLANNED) != 0 &&
			context_is_replaced(r, from, to)
		    ? found & ~(1u << CUE_PLANNED)
		    : found;
	here = reading_clause(r, end->from) == reading_clause(r, from);
	if (reading_goes_on(r, end) ||
	    (here && (governing(r, end->from, end->to, &none) & unsure) != 0))
		return found & ~(unsure | 1u << CUE_NEGATED);
	return (found | 1u << CUE_NEGATED) & ~(1u << CUE_HISTORY);
}

/* A context that was told, kept where its place leads to. */
struct context {
	uint32_t from, to;
	unsigned found;
};

#define CONTEXTS 128

void
reading_keep_contexts(struct reading *r)
{
	r->contexts = arena_zalloc(r->arena, CONTEXTS * sizeof(*r->contexts));
}

/* The same words are asked about for one field after the other. */
unsigned
reading_context(const struct reading *r, uint32_t from, uint32_t to)
{
	struct context *kept;

	if (r->contexts == NULL)
		return context_of(r, from, to);
	kept = &r->contexts[(from + 7 * (to - from)) % CONTEXTS];
	if (kept->from != from || kept->to != to || to == 0)
		*kept = (struct context){ from, to, context_of(r, from, to) };
	return kept->found;
}
