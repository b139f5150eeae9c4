/*
 * "既往双侧胸腔积液,现已吸收": what was there before, and that it is there no
 * more, in the words that follow it.
 */
#include <string.h>

#include "extract/finder.h"
#include "extract/take.h"

#define REACH 96 /* bytes from a finding to what became of it */

/* "已吸收", "未见", "无明显积液": an absence, and nothing else that is absent. */
static bool
tells_absence(struct slice s)
{
	static const char *const filler[] = { "片", "检查", "复查", "扫描",
		"CT", "薄层", "本院", "双侧", "两侧", "胸部", "均", "已", "亦",
		"基本", "完全", "则", NULL };
	static const char *const gone[] = { "吸收", "消失", "未见", "未再见",
		"无", "未再见到", "不见", "未显示", "未见显示", NULL };
	static const char *const same[] = { "明显", "确切", "显示", "到",
		"复发", "积液", "胸水", "残留", "有", "了", NULL };

	while (take(&s, filler))
		;
	if (!take(&s, gone))
		return false;
	while (take(&s, same))
		;
	return s.n == 0 || strchr(",;.()\n ", *s.p) != NULL ||
	    slice_starts(s, "。") || slice_starts(s, "、");
}

/* A subject that the finding is not of stands in [from,to). */
static bool
turns_away(
    const struct finder *x, const struct field *f, uint32_t from, uint32_t to)
{
	for (size_t k = reading_first_hit(x->r, from);
	     k < x->r->nhits && x->r->hits[k].from < to; k++) {
		const struct word *w = reading_word(x->r, &x->r->hits[k]);

		if (w->role == ROLE_SUBJECT && (w->value & f->subjects) == 0)
			return true;
	}
	return false;
}

bool
finder_is_gone(const struct finder *x, const struct field *f, uint32_t at)
{
	static const char *const now[] = { "现", "本次", "目前", "今", "此次",
		NULL };
	const struct view *v = &x->r->view;
	const char *p = v->text.p;
	uint32_t sentence = reading_clause(x->r, at)->sentence;

	for (uint32_t i = at; i < v->text.n && i - at < REACH; i++) {
		struct slice s = slice_span(p + i, p + v->text.n);

		if (((unsigned char)p[i] & 0xC0) == 0x80 || !take(&s, now))
			continue;
		if (reading_clause(x->r, i)->sentence != sentence ||
		    turns_away(x, f, at, i))
			return false;
		if (tells_absence(s))
			return true;
	}
	return false;
}
