#include "extract/measure_relate.h"

#include <string.h>

#define FAR        48 /* bytes between two measures that have to do with another */
#define MOST_PARTS 16 /* of a sum that are looked at */

/* Takes any of the words, as often as they come, off the text's beginning. */
static void
skip(struct slice *s, const char *const *words)
{
	bool found = true;

	while (found && s->n > 0) {
		found = false;
		for (size_t i = 0; words[i] != NULL && !found; i++)
			if (slice_starts(*s, words[i])) {
				s->p += strlen(words[i]);
				s->n -= strlen(words[i]);
				found = true;
			}
	}
}

static bool
are_alike(const struct measure *m, const struct measure *next)
{
	return m->unit == NULL || next->unit == NULL ||
	    m->unit->dimension == next->unit->dimension;
}

/* "39(<40)", "59%≥50", "36|<40", "52 mm 参考 35-56" */
static bool
is_reference(struct slice between, const struct measure *m,
    const struct measure *next, bool table)
{
	static const char *const words[] = { "(", "[", "|", ":", " ", "参考",
		"正常", "范围", "区间", "值", "<", ">", "=", "≤", "≥", "为",
		NULL };

	if ((next->kind != MEASURE_RANGE &&
		(next->kind != MEASURE_RATIO || next->n < 4 ||
		    m->kind != MEASURE_RATIO || !slice_starts(between, "("))) ||
	    m->kind == MEASURE_DATE)
		return false;
	/* In a table the unit may stand behind the interval alone. */
	if (next->unit != NULL && m->unit == NULL && !table)
		return false;
	if (!are_alike(m, next))
		return false;
	skip(&between, words);
	return between.n == 0;
}

/* "E/A(0.8-2.0):未测": the interval in the label of a value. */
static bool
is_in_label(struct slice view, const struct measure *m)
{
	static const struct slice opening[] = { SPELT("("), SPELT("(<"),
		SPELT("(>"), SPELT("(≤"), SPELT("(≥"), SPELT_END };

	return m->kind == MEASURE_RANGE && m->to < view.n &&
	    slice_starts(slice_span(view.p + m->to, view.p + view.n), "):") &&
	    (view.p[m->from] == '(' ||
		slice_ends_in(view.p, m->from, opening) > 0);
}

/* "q12h", ",每8小时1次,今": how often stands between a dose and its change. */
static void
skip_frequency(struct slice *s)
{
	static const char *const before[] = { ",", "(", " ", NULL };
	static const char *const parts[] = { "小时", "日", "天", "晚", "h", "d",
		"次", "一", "两", "二", "三", "四", "0", "1", "2", "3", "4",
		"6", "8", "/", NULL };
	static const char *const open[] = { "每", "q", "bid", "tid", "qd",
		"qid", NULL };
	static const char *const after[] = { ",", ")", " ", "今日", "今", "现",
		"昨日", NULL };
	struct slice rest = *s;
	size_t n;

	skip(&rest, before);
	n = rest.n;
	skip(&rest, open);
	if (rest.n == n)
		return;
	skip(&rest, parts);
	skip(&rest, after);
	*s = rest;
}

/* "由89%升至96%", "8.0cm缩短至目前的4.5cm", "14→10" */
static bool
is_progress(struct slice between)
{
	static const char *const verbs[] = { "结节", "病灶", "肿块", "后", "再",
		"随后", "然后", "起", "升", "降", "增", "减", "缩", "调", "下",
		"上", "高", "低", "大", "小", "短", "少", "加", "长", "回",
		"恢复", "好转", "整", "逐渐", "逐步", "渐", "一过性", "已",
		"变", "(", ")", " ", "量", NULL };
	static const char *const to[] = { "至", "到", "为", "成", "→", "->",
		NULL };
	static const char *const now[] = { "目前", "现在", "现", "今日", "的",
		"约", ":", NULL };
	size_t n;

	skip_frequency(&between);
	n = between.n;
	skip(&between, verbs);
	if (between.n == n && !slice_starts(between, "→") &&
	    !slice_starts(between, "->"))
		return false;
	n = between.n;
	skip(&between, to);
	if (between.n == n)
		return false;
	skip(&between, now);
	return between.n == 0;
}

/* A temperature does too, but the highest of a course is asked for. */
static bool
changes_with_time(enum dimension d)
{
	return d == DIM_LENGTH || d == DIM_RATE || d == DIM_PRESSURE ||
	    d == DIM_SHARE;
}

/* "原结节10x8mm,本次11x9mm", "6mm(现9mm)": a value of then, and one of now. */
static bool
is_then(
    struct slice between, const struct measure *m, const struct measure *next)
{
	static const char *const marks[] = { ",", ";", "、", "(", ")", " ",
		"结节", "病灶", "大小", NULL };
	static const char *const now[] = { "本次", "目前", "现在", "现", "今日",
		"今", "此次", NULL };
	static const char *const filler[] = { "测", "大小", "约", "为", "增大",
		"缩小", "至", "径", "长", "复查", "量", "值", ":", NULL };
	size_t n;

	if (m->kind != next->kind ||
	    (m->kind != MEASURE_DIMS &&
		(m->unit == NULL || !changes_with_time(m->unit->dimension))))
		return false;
	skip(&between, marks);
	n = between.n;
	skip(&between, now);
	if (between.n == n)
		return false;
	skip(&between, filler);
	return between.n == 0;
}

/* "12.0/8.0kPa(90/60mmHg)": the same pressure, told in the usual unit. */
static bool
is_told_anew(
    struct slice between, const struct measure *m, const struct measure *next)
{
	return m->unit != NULL && next->unit != NULL &&
	    m->unit->dimension == DIM_PRESSURE &&
	    next->unit->dimension == DIM_PRESSURE && m->kind == next->kind &&
	    strcmp(m->unit->factor, "1") != 0 &&
	    strcmp(next->unit->factor, "1") == 0 && slice_is(between, "(");
}

/* "原32x25mm囊性结节,现残余9x5mm" */
static bool
is_former(struct slice view, struct slice between, const struct measure *m)
{
	static const struct slice then[] = { SPELT("原"), SPELT("原约"),
		SPELT("原为"), SPELT("原大小"), SPELT("前次"), SPELT("上次"),
		SPELT("前次约"), SPELT("上次约"), SPELT_END };
	static const char *const now[] = { ",现", ",今", ",本次", ",目前",
		";现", ";本次", NULL };

	if (slice_ends_in(view.p, m->from, then) == 0)
		return false;
	for (size_t i = 0; now[i] != NULL; i++)
		if (slice_find(between, slice_of(now[i])) != NULL)
			return true;
	return false;
}

/* "q12h", "每8小时1次": of how often, not of what. */
static bool
tells_how_often(struct slice view, const struct measure *m)
{
	return view.p[m->from - 1] == 'q' ||
	    (m->from >= 3 && memcmp(view.p + m->from - 3, "每", 3) == 0) ||
	    slice_starts(slice_span(view.p + m->to, view.p + view.n), "次");
}

static bool
begins_with_from(struct slice view, const struct measure *m)
{
	static const char *const from[] = { "由", "从", "自", NULL };

	for (size_t i = 0; from[i] != NULL; i++)
		if (m->from >= 3 &&
		    memcmp(view.p + m->from - 3, from[i], 3) == 0)
			return true;
	return false;
}

/* Whether a number is part of a sum; with a unit only of one that is told. */
static bool
is_of_sum(struct slice view, const struct measure *m, const struct measure *end)
{
	const struct measure *next = m + 1;

	for (int parts = 0;
	     parts < MOST_PARTS && next < end && next->from >= m->to;
	     m = next++, parts++) {
		struct slice sign =
		    slice_span(view.p + m->to, view.p + next->from);

		if (slice_is(sign, "="))
			return true;
		if (!slice_is(sign, "+"))
			return false;
		if (m->unit == NULL)
			return true;
	}
	return false;
}

void
measure_relate(struct slice view, struct measure *list, size_t n)
{
	const bool table = slice_find(view, SLICE("参考")) != NULL ||
	    slice_find(view, SLICE("正常值")) != NULL;

	for (size_t i = 0; i < n; i++) {
		struct measure *m = &list[i], *next = m + 1;
		struct slice between;

		if (is_in_label(view, m))
			m->reference = true;
		/* "由14至10": a range by its form, but of two times. */
		if (m->kind == MEASURE_RANGE && m->has[0] && m->has[1] &&
		    begins_with_from(view, m)) {
			m->kind = MEASURE_NUMBER;
			m->value[0] = m->value[1];
			m->n = 1;
		}
		/* The hours of "1g q12h减量为0.5g" are not what follows. */
		while (next + 1 < list + n && next->from > m->to &&
		    tells_how_often(view, next))
			next++;
		if (next >= list + n || next->from < m->to ||
		    next->from - m->to > FAR)
			continue;
		between = slice_span(view.p + m->to, view.p + next->from);
		if (are_alike(m, next) && m->kind == MEASURE_NUMBER &&
		    is_of_sum(view, m, list + n))
			m->past = true; /* E3+V4+M5=12, 90s+60s=150s */
		else if (is_reference(between, m, next, table)) {
			next->reference = true;
			if (m->unit == NULL)
				m->unit = next->unit;
		} else if ((are_alike(m, next) && is_progress(between)) ||
		    is_told_anew(between, m, next)) {
			m->past = true;
			next->lead = m->lead;
		} else if (are_alike(m, next) &&
		    (is_then(between, m, next) ||
			is_former(view, between, m))) {
			m->past = true;
		}
	}
}
