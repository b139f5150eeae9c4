#include "extract/measure_among.h"

#include <string.h>

#include "extract/take.h"

#define FAR 48 /* bytes between the whole and its part */

static const char *const counters[] = { "枚", "个", "颗", NULL };
static const char *const nodes[] = { "区域淋巴结", "淋巴结", "LN", NULL };

/* Takes a word off the text's end. */
static bool
take_end(struct slice *s, const char *word)
{
	size_t n = strlen(word);

	if (s->n < n || memcmp(s->p + s->n - n, word, n) != 0)
		return false;
	s->n -= n;
	return true;
}

/* "枚中", "枚淋巴结,其中", "枚,转移": what is counted behind is among them. */
static bool
is_among(struct slice s)
{
	static const char *const of[] = { "中", "内", "其中", NULL };
	static const char *const found[] = { "其中", "见", "有", "仅", "可见",
		"查见", "癌", "转移", "阳性", ":", NULL };
	bool among, any = false;

	if (!take(&s, counters))
		return false;
	take(&s, nodes);
	among = take(&s, of);
	take(&s, (const char *const[]){ ",", ";", "(", NULL });
	while (take(&s, found))
		any = true;
	return (among || any) && s.n == 0;
}

/* "枚,"·"枚见转移", "枚("·"枚+)": what is found behind is among the first. */
static bool
is_found_behind(struct slice between, struct slice behind)
{
	static const char *const found[] = { "可见", "查见", "见", "有", "癌",
		"转移", "阳性", "+", "(+)", "为转移", "受累", NULL };

	if (!take(&between, counters))
		return false;
	take(&between, nodes);
	return take(&between, (const char *const[]){ ",", ";", "(", NULL }) &&
	    between.n == 0 && take(&behind, found);
}

static const char *const all[] = { "均", "全部", "皆", NULL };

/* ",呈反应性增生": what the nodes look like that have no tumour. */
static void
skip_reaction(struct slice *s)
{
	static const char *const verbs[] = { "呈", "为", "示", "均呈", "均为",
		NULL };
	static const char *const words[] = { "反应性增生", "反应增生", "慢性炎",
		"淋巴组织增生", "滤泡增生", "窦组织细胞增生", NULL };
	struct slice rest = *s;

	take(&rest, verbs);
	if (!take(&rest, words))
		return;
	take(&rest, (const char *const[]){ "性改变", "改变", "性增生", NULL });
	if (take(&rest, (const char *const[]){ ",", NULL }))
		*s = rest;
}

/* "枚,均未见癌转移": none of them; "个,未见脉管侵犯" is of something else. */
static bool
is_none(struct slice s)
{
	static const char *const none[] = { "未见", "未查见", "未找见",
		"未发现", "未找到", "未检见", NULL };
	static const char *const told[] = { "无转移", "无癌", "阴性", "为阴性",
		"呈阴性", "(-)", NULL };
	static const char *const how[] = { "明确", "明显", "确切", NULL };
	static const char *const what[] = { "癌", "转移", "肿瘤", "瘤", "恶性",
		"受累", "累及", ",", ";", "。", ")", "(", "\n", NULL };

	if (!take(&s, counters))
		return false;
	take(&s, nodes);
	take(&s, (const char *const[]){ ",", "内", "中", "(", NULL });
	skip_reaction(&s);
	take(&s, all);
	if (take(&s, told))
		return true;
	if (!take(&s, none))
		return false;
	take(&s, how);
	return s.n == 0 || take(&s, what);
}

/* "枚均见癌转移": all of them. */
static bool
is_all(struct slice s)
{
	static const char *const found[] = { "见", "可见", "查见", "有", "为",
		"呈", NULL };
	static const char *const what[] = { "癌转移", "转移", "癌", "肿瘤",
		"阳性", "受累", "(+)", NULL };

	if (!take(&s, counters))
		return false;
	take(&s, nodes);
	take(&s, (const char *const[]){ ",", "内", "中", NULL });
	if (!take(&s, all))
		return false;
	take(&s, found);
	return take(&s, what);
}

/* "4枚,其中2枚转移(2/4)": told twice. */
static void
drop_repeated(const struct measure *m, struct measure *again)
{
	if (again->kind == MEASURE_RATIO && again->from >= m->to &&
	    again->from - m->to < FAR &&
	    decimal_cmp(&again->value[0], &m->value[0]) == 0 &&
	    decimal_cmp(&again->value[1], &m->value[1]) == 0)
		again->past = true;
}

static bool
is_count(const struct measure *m)
{
	return m->kind == MEASURE_NUMBER && m->unit == NULL && !m->past &&
	    !m->glued;
}

/* So many of the nodes that a count is of: none, or all of them. */
static void
make_ratio(struct measure *m, const struct decimal *part)
{
	m->value[1] = m->value[0];
	m->value[0] = *part;
	m->kind = MEASURE_RATIO;
	m->n = 2;
}

/*
 * "4组淋巴结3枚,7组2枚,均未见转移": what is said of all at the end is said of the
 * counts before it, too.
 */
static void
none_before(struct slice view, struct measure *list, size_t i)
{
	static const struct decimal zero = { .digits = "0", .n = 1 };

	static const char *const stations[] = { "组", "区", "站", NULL };

	for (; i > 0; i--) {
		struct measure *m = &list[i - 1];
		struct slice between =
		    slice_span(view.p + m->to, view.p + list[i].from);

		if (!is_count(m) || between.n > FAR ||
		    slice_find(between, SLICE("。")) != NULL ||
		    slice_find(between, SLICE("转移")) != NULL ||
		    slice_find(between, SLICE("阳性")) != NULL ||
		    memchr(between.p, ';', between.n) != NULL)
			return;
		if (take(&between, counters))
			make_ratio(m, &zero);
		else if (!take(&between, stations))
			return;
	}
}

/* "未见转移(共检18枚)", "未见癌(0/18)" without the 0. */
static bool
is_none_counted(struct slice view, const struct measure *m)
{
	static const char *const lead[] = { "共", "共检", "共检出", "共检见",
		"共送检", "送检", "检出", "检", "共计", "计", "总数", "均为",
		NULL };
	static const char *const none[] = { "未见转移(", "未见癌转移(",
		"未见转移癌(", "未见癌(", "无转移(", "未见肿瘤转移(",
		"未见癌组织(", "未见肿瘤(", NULL };
	struct slice before = slice_span(view.p, view.p + m->from);

	for (size_t i = 0; lead[i] != NULL; i++)
		if (take_end(&before, lead[i]))
			break;
	for (size_t i = 0; none[i] != NULL; i++)
		if (take_end(&before, none[i]))
			return true;
	return false;
}

void
measure_among(struct slice view, struct measure *list, size_t n)
{
	static const struct decimal zero = { .digits = "0", .n = 1 };

	for (size_t i = 0; i < n; i++) {
		struct measure *m = &list[i], *next = m + 1;
		struct slice rest = slice_span(view.p + m->to, view.p + view.n);
		struct slice after = rest;

		if (!is_count(m) || !take(&after, counters))
			continue;
		if (i + 1 < n && next->from >= m->to &&
		    next->from - m->to < FAR) {
			struct slice behind =
			    slice_span(view.p + next->to, view.p + view.n);

			if (next->kind == MEASURE_RATIO &&
			    decimal_cmp(&next->value[1], &m->value[0]) == 0)
				continue; /* told as a ratio too */
			struct slice between =
			    slice_span(view.p + m->to, view.p + next->from);

			if (is_count(next) && take(&behind, counters) &&
			    (is_among(between) ||
				is_found_behind(between, behind))) {
				m->value[1] = m->value[0];
				m->value[0] = next->value[0];
				m->kind = MEASURE_RATIO;
				m->n = 2;
				m->to = next->to;
				next->past = true;
				if (i + 2 < n)
					drop_repeated(m, next + 1);
				continue;
			}
		}
		if (is_none(rest)) {
			make_ratio(m, &zero);
			if (slice_starts(rest, "枚,均"))
				none_before(view, list, i);
		} else if (is_all(rest)) {
			make_ratio(m, &m->value[0]);
		} else if (is_none_counted(view, m)) {
			make_ratio(m, &zero);
		}
	}
}
