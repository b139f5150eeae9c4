/*
 * "ER(-),周围正常乳腺导管ER(+)": results of tissue that is not the tumour.
 */
#include "extract/panel_result.h"

/* Where the last of the words ends in a piece of text; NULL: none is there. */
static const char *
last_of(struct slice s, const char *const *words)
{
	const char *end = NULL;

	for (size_t i = 0; words[i] != NULL; i++) {
		struct slice rest = s, word = slice_of(words[i]);
		const char *at;

		while ((at = slice_find(rest, word)) != NULL) {
			rest = slice_span(at + word.n, s.p + s.n);
			if (end == NULL || rest.p > end)
				end = rest.p;
		}
	}
	return end;
}

/* Whether no bracket that was open at a place is closed before another. */
static bool
is_open(const char *from, const char *to)
{
	int open = 0;

	for (; from != NULL && from < to && open >= 0; from++)
		open += *from == '(' ? 1 : *from == ')' ? -1 : 0;
	return from != NULL && open >= 0;
}

bool
panel_of_other_tissue(struct slice before)
{
	static const char *const others[] = { "癌旁", "瘤旁", "正常乳腺",
		"正常导管", "正常小叶", "正常腺体", "正常腺上皮", "正常组织",
		"正常黏膜", "正常粘膜", "正常上皮", "正常肺", "正常甲状腺",
		"周围乳腺", "周围导管", NULL };
	static const char *const tumour[] = { "癌细胞", "癌组织", "癌灶",
		"浸润", "原位癌", "肿瘤", "瘤细胞", "肿物", "肿块", NULL };
	static const char *const next[] = { "间质", "间质细胞",
		"间质:", "间质成分", NULL };
	static const char *const controls[] = { "对照", NULL };
	const char *other = last_of(before, others);
	const char *own = last_of(before, tumour);
	const char *beside = last_of(before, next);

	return is_open(last_of(before, controls), before.p + before.n) ||
	    (beside != NULL && beside == before.p + before.n) ||
	    (other != NULL && (own == NULL || own < other));
}
