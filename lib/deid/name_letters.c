#include "deid/name.h"

/*
 * Names that nothing announces but their letters, which findings hardly use.
 */
/* 柳新镇: the last letter marks a place. */
static bool
is_of_a_place(const struct deid_words *w, const struct letters *l, size_t last)
{
	const uint32_t marks = KIND(WORD_REGION) | KIND(WORD_ROAD);

	return (words_kinds(w, l->code[last]) & marks) != 0 &&
	    (words_at(w, l, last, WORD_REGION) != NULL ||
		words_at(w, l, last, WORD_ROAD) != NULL);
}

/* A word of findings that begins in a name and goes on behind it. */
static bool
is_cut(const struct deid_words *w, const struct letters *l, size_t from,
    size_t end)
{
	for (size_t p = from; p < end; p++) {
		const struct word *keep = words_at(w, l, p, WORD_KEEP);

		if (keep != NULL && keep->n > 1 && p + keep->n > end)
			return true;
	}
	return false;
}

/* 马兰帕蒂, 施密特: letters that spell sounds, and more than a name has. */
static bool
is_spelled_on(
    const struct deid_words *w, const struct letters *l, size_t at, size_t end)
{
	while (at <= end && is_foreign(w, l->code[at]))
		at++;
	return at > end;
}

/* 苏雯出诊: a surname that is no other word, and one such letter. */
size_t
name_short(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);
	size_t end;

	if (surname == NULL || !surname->common)
		return 0;
	end = at + surname->n + 1;
	return name_is_telling(w, l->code[end - 1]) &&
		!is_cut(w, l, at + 1, end) && !name_is_of_a_thing(w, l, end) &&
		!is_spelled_on(w, l, at, end) &&
		!name_is_given(w, l, end, end + 1)
	    ? surname->n + 1u
	    : 0;
}

/* 马袁金鹏: two surnames, and letters that tell. */
static bool
has_two_surnames(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *surname)
{
	size_t given = at + surname->n + 1, tell;

	if (!name_is_doubled(w, l, at, surname) ||
	    !name_is_given(w, l, given, given + 2))
		return false;
	tell = (size_t)name_is_telling(w, l->code[given]) +
	    (size_t)name_is_telling(w, l->code[given + 1]) +
	    (size_t)words_at(w, l, given - 1, WORD_SURNAME)->common;
	return tell >= 2 && !name_goes_on(l->code[given + 1]) &&
	    !is_cut(w, l, given - 1, given + 2);
}

/* 宓桂春, 时秀丽: a surname that is another word, so all else must tell. */
static bool
is_told_by_given(const struct deid_words *w, const struct letters *l, size_t at,
    size_t given, bool begins)
{
	size_t end = given + 2;

	return name_is_telling(w, l->code[given]) &&
	    name_is_telling(w, l->code[given + 1]) &&
	    (!name_is_function(l->code[at]) ||
		(begins && name_is_over(w, l, end))) &&
	    ((begins && !is_foreign(w, l->code[end])) || is_end(l->code[end]) ||
		name_long_then(w, l, end)) &&
	    !is_cut(w, l, given, end) && !name_is_of_a_thing(w, l, end);
}

/* 王建国: letters of given names, of which one tells, or both. */
static bool
is_told_by_both(const struct deid_words *w, const struct letters *l,
    size_t given, bool begins)
{
	size_t end = given + 2;
	bool first = name_is_telling(w, l->code[given]);
	bool second = name_is_telling(w, l->code[given + 1]);

	return (first || second) && name_is_given(w, l, given, end) &&
	    ((first && second) || name_is_over(w, l, end) ||
		(begins && !is_foreign(w, l->code[end]))) &&
	    !name_goes_on(l->code[given + 1]) && !is_cut(w, l, given, end) &&
	    !name_is_of_a_thing(w, l, end);
}

size_t
name_by_letters(
    const struct deid_words *w, const struct letters *l, size_t at, bool begins)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);
	size_t given;

	if (surname == NULL)
		return 0;
	given = at + surname->n;
	if (!surname->common)
		return is_told_by_given(w, l, at, given, begins)
		    ? surname->n + 2u
		    : 0;
	if (has_two_surnames(w, l, at, surname))
		return surname->n + 3u;
	if (is_spelled_on(w, l, at, given + 2) ||
	    is_of_a_place(w, l, given + 1))
		return 0;
	if (is_told_by_both(w, l, given, begins))
		return surname->n + 2u;
	return name_is_telling(w, l->code[given]) &&
		!is_cut(w, l, given, given + 1) &&
		!is_hyphen(l->code[given + 1]) &&
		(is_end(l->code[given + 1]) ||
		    name_long_then(w, l, given + 1) ||
		    (surname->n == 2 && name_is_over(w, l, given + 1)))
	    ? surname->n + 1u
	    : 0;
}
