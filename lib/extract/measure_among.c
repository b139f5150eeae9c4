#include "extract/measure_among.h"

#include <string.h>

#include "extract/take.h"

#define FAR 48 /* bytes between the whole and its part */

static const char *const counters[] = { "枚", "个", "颗", NULL };
static const char *const nodes[] = { "区域淋巴结", "淋巴结", "LN", NULL };

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

/* "枚,均未见癌转移": none of them. */
static bool
is_none(struct slice s)
{
	static const char *const all[] = { "均", "全部", "皆", NULL };
	static const char *const none[] = { "未见", "未查见", "未找见",
		"未发现", "无转移", "无癌", "阴性", "为阴性", "呈阴性", "(-)",
		NULL };

	if (!take(&s, counters))
		return false;
	take(&s, nodes);
	take(&s, (const char *const[]){ ",", "内", "中", NULL });
	take(&s, all);
	return take(&s, none);
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

void
measure_among(struct slice view, struct measure *list, size_t n)
{
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
			m->value[1] = m->value[0];
			m->value[0] = (struct decimal){ .digits = "0", .n = 1 };
			m->kind = MEASURE_RATIO;
			m->n = 2;
		}
	}
}
