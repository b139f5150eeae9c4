/*
 * What a cue says of a place that stands before it: whether it answers that
 * place, or is of other words.
 */
#include "extract/context_part.h"
#include "extract/reading_part.h"
#include "extract/take.h"

#define BESIDE    9  /* bytes from a word to what denies it */
#define TIME_WORD 6  /* bytes of 昨日, which may stand before a cue */
#define NEAR      24 /* the same, with other words between */
#define FAR       60 /* the same, where all of them are denied */

bool
context_is_affirmed(const struct reading *r, uint32_t from, uint32_t to)
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
	uint32_t low =
	    cue->from < CONTEXT_WINDOW ? 0 : cue->from - CONTEXT_WINDOW;
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

/* "4mm 余(-)": a mark behind words of their own is of these. */
static bool
marks_other_words(const struct reading *r, const struct hit *cue, uint32_t to)
{
	return cue->from > to && r->view.gap[to] && !r->view.spaced &&
	    r->view.text.p[cue->from] == '(';
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
		     at - from < CONTEXT_WINDOW &&
		     strchr(",;:\n()", p[at]) == NULL &&
		     !slice_starts(slice_span(p + at, end), "。");)
			at++;
	if (at >= r->view.text.n || p[at] != ':')
		return UINT32_MAX;
	return slice_starts(slice_span(p + at + 1, end), "均") ? at + 4
							       : at + 1;
}

bool
context_answers(const struct reading *r, const struct hit *cue, uint32_t to)
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

bool
context_reaches_begin(
    const struct reading *r, const struct hit *cue, uint32_t to)
{
	return cue->from >= to && !is_item_before(r, cue, to) &&
	    !context_is_affirmed(r, to, cue->from) &&
	    !is_of_bracket(r, cue, to);
}

bool
context_reaches_back(
    const struct reading *r, const struct hit *cue, uint32_t from, uint32_t to)
{
	to = reading_behind_aside(r, to);
	return cue->from >= to &&
	    cue->from - to < (denies_all(r, cue) ? FAR : NEAR) &&
	    !reading_parts(r, to, cue->from) &&
	    !denies_the_next(r, cue, from, to) &&
	    !answers_another(r, cue, to) && !marks_other_words(r, cue, to) &&
	    !is_named_result(r, cue, to) && !doubts_nature(r, cue, to) &&
	    !names_subject(r, to, cue->from) &&
	    !context_is_affirmed(r, to, cue->from);
}
