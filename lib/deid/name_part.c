#include "deid/name.h"

/*
 * What may be a part of a name, what ends one, and what says that it is none.
 */
/* Endings of a name that are also words: 王芳女，65岁, but 李胜男，女. */
bool
name_goes_on(uint32_t c)
{
	static const uint32_t words[] = { 0x7537 /* 男 */, 0x5973 /* 女 */,
		0x56E0 /* 因 */, 0x4E8E /* 于 */, 0x5728 /* 在 */,
		0x81EA /* 自 */, 0x7684 /* 的 */, 0x5165 /* 入 */,
		0x8BC9 /* 诉 */, 0x8BF4 /* 说 */, 0x6027 /* 性 */,
		0x4E3A /* 为 */, 0x548C /* 和 */, 0x4E0E /* 与 */,
		0x53CA /* 及 */, 0x884C /* 行 */, 0x7B49 /* 等 */ };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i] == c)
			return true;
	return false;
}

/* A word begins here that no name goes into. */
bool
name_then(const struct deid_words *w, const struct letters *l, size_t at)
{
	static const enum word_kind kinds[] = { WORD_THEN, WORD_LABEL,
		WORD_AFTER, WORD_NUMBER, WORD_OTHER };
	uint32_t any = 0;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		any |= KIND(kinds[i]);
	if ((words_kinds(w, l->code[at]) & any) == 0)
		return false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (words_at(w, l, at, kinds[i]) != NULL)
			return true;
	return false;
}

bool
name_is_over(const struct deid_words *w, const struct letters *l, size_t at)
{
	return is_end(l->code[at]) || name_then(w, l, at);
}

bool
name_long_then(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *then = words_at(w, l, at, WORD_THEN);

	return then != NULL && then->n >= 2;
}

size_t
name_run(const struct letters *l, size_t at, size_t most)
{
	size_t n = 0;

	while (n < most && is_han(l->code[at + n]))
		n++;
	return n;
}

bool
name_is_given(
    const struct deid_words *w, const struct letters *l, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if ((words_kinds(w, l->code[i]) & KIND(WORD_GIVEN)) == 0)
			return false;
	return to > from;
}

/* Not known from names, but nothing that never is in one. */
bool
name_may_be_given(
    const struct deid_words *w, const struct letters *l, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (words_kinds(w, l->code[i]) & KIND(WORD_NEVER))
			return false;
	return to > from;
}

/* Letters of given names that findings hardly use. */
bool
name_is_telling(const struct deid_words *w, uint32_t c)
{
	return (words_kinds(w, c) & KIND(WORD_TELLING)) != 0;
}

/* Surnames that mostly are the word before something else: 于今日, 和家属. */
bool
name_is_function(uint32_t c)
{
	static const char words[] =
	    "由和时来都那但何向应位明相查母全单支房原解能"
	    "施连管符经容清平水";
	const char *p = words, *end = words + sizeof(words) - 1;

	while (p < end)
		if (utf8_next(&p, end) == c)
			return true;
	return false;
}

/* 傅何思宇: the mother's surname stands behind the father's. */
bool
name_is_doubled(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *surname)
{
	const struct word *second =
	    words_at(w, l, at + surname->n, WORD_SURNAME);

	return second != NULL && second->n == 1 &&
	    (surname->common || second->common);
}

static bool
is_mark(uint32_t c)
{
	return is_end(c) && !is_blank(c) && !is_digit(c) && !is_letter(c);
}

/*
 * Whether the last letter of what may be a name is the word behind it: 男 and
 * 女 say the sex, the others go on with the sentence unless a mark follows.
 */
bool
name_is_word_behind(const struct letters *l, size_t at)
{
	uint32_t c = l->code[at];
	size_t p = at + 1;

	if (!name_goes_on(c))
		return false;
	if (c != 0x7537 && c != 0x5973)
		return !is_mark(l->code[p]);
	if (!is_end(l->code[p]))
		return true;
	while (p <= at + 2 && !is_han(l->code[p]) && l->code[p] != 0)
		p++;
	return l->code[p] != 0x7537 && l->code[p] != 0x5973;
}

/* 莫尔斯55分 */
static bool
is_score(const struct letters *l, size_t at)
{
	size_t p = at;

	while (p < at + 3 && is_digit(l->code[p]))
		p++;
	return p > at && l->code[p] == 0x5206 /* 分 */;
}

/* 墨菲征, 施慧达片: what stands behind says that it is no person's. */
bool
name_is_of_a_thing(
    const struct deid_words *w, const struct letters *l, size_t end)
{
	const struct word *thing = words_at(w, l, end, WORD_THING);
	const struct word *then = words_at(w, l, end, WORD_THEN);

	return (thing != NULL && (then == NULL || then->n <= thing->n)) ||
	    is_score(l, end);
}

/* 黄金艳: a word of findings, but one more letter of a name behind it. */
bool
name_is_kept(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *keep = words_at(w, l, at, WORD_KEEP);

	if (keep == NULL)
		keep = words_at(w, l, at, WORD_PLACE);
	return keep != NULL && keep->n > 1 &&
	    !(keep->n == 2 && name_is_telling(w, l->code[at + 2]) &&
		words_at(w, l, at, WORD_SURNAME) != NULL &&
		name_is_over(w, l, at + 3));
}
