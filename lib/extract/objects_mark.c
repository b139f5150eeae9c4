/*
 * Objects that are told by their marks: "①A ②B。药敏:①…;②…".  A mark is a number
 * in a ring or in brackets, one with its sign (1.), a letter, or either beside
 * the word for a germ (A菌, 菌1, 菌一, 第一种菌).
 */
#include "extract/objects_part.h"

#include <stddef.h>

#define LONGEST_HEAD 30 /* bytes of "药敏结果:" before a mark */

/* What ends at p is skipped where it is one of the signs behind a mark. */
static const char *
before_signs(const char *begin, const char *p)
{
	while (p > begin && strchr(":. )", p[-1]) != NULL)
		p--;
	return p - begin >= 3 && memcmp(p - 3, "、", 3) == 0 ? p - 3 : p;
}

static bool
is_number(char c)
{
	return c >= '1' && c <= '9';
}

/* The bytes of 一, 二, 三, 四 or a digit or letter that a text ends in. */
static size_t
counting_end(const char *begin, const char *p)
{
	static const char *const numbers[] = { "一", "二", "三", "四", NULL };

	for (size_t i = 0; p - begin >= 3 && numbers[i] != NULL; i++)
		if (memcmp(p - 3, numbers[i], 3) == 0)
			return 3;
	return p > begin && (is_number(p[-1]) || (p[-1] >= 'A' && p[-1] <= 'E'))
	    ? 1
	    : 0;
}

/* "菌1", "菌名1", "第一种菌", "A菌" at the end of a text; n 0: none. */
static struct slice
with_word(const char *begin, const char *p)
{
	static const struct slice before[] = { SPELT("菌"), SPELT("菌名"),
		SPELT("菌株"), SPELT("菌种"), SPELT_END };
	static const struct slice behind[] = { SPELT("种菌"), SPELT("号菌"),
		SPELT("菌"), SPELT_END };
	uint32_t to = (uint32_t)(p - begin);
	size_t n = counting_end(begin, p), word;

	if (n > 0 &&
	    (word = slice_ends_in(begin, to - (uint32_t)n, before)) > 0)
		return slice_span(p - n - word, p);
	word = slice_ends_in(begin, to, behind);
	n = word == 0 ? 0 : counting_end(begin, p - word);
	if (n == 0)
		return SLICE("");
	n += word;
	if (p - begin >= (ptrdiff_t)n + 3 && memcmp(p - n - 3, "第", 3) == 0)
		n += 3;
	return slice_span(p - n, p);
}

/* The mark that a name of an object has before it; n 0: none. */
static struct slice
mark_before(const struct reading *r, uint32_t at)
{
	const char *begin = r->view.text.p, *name = begin + at;
	const char *p = before_signs(begin, name);
	struct slice mark;

	if (p - begin >= 3 && memcmp(p - 3, "\xE2\x91", 2) == 0)
		return slice_span(p - 3, p);
	mark = with_word(begin, p);
	if (mark.n > 0)
		return mark;
	if (p == name || p == begin)
		return SLICE("");
	if (is_number(p[-1]) && *p == ')' && p - begin > 1 && p[-2] == '(')
		return slice_span(p - 2, p + 1);
	if (is_number(p[-1]) && *p != ' ')
		return slice_span(p - 1, p + 1);
	return p[-1] >= 'A' && p[-1] <= 'E' ? slice_span(p - 1, p) : SLICE("");
}

/* "A菌药敏…", "A:头孢他啶R", "A 头孢他啶R": a letter that is a mark. */
static bool
begins_with_letter(const struct reading *r, struct slice s, struct slice mark)
{
	struct slice rest = { s.p + mark.n, s.n - mark.n };

	return slice_starts(rest, "菌") || slice_starts(rest, ":") ||
	    (r->view.gap[rest.p - r->view.text.p] &&
		(unsigned char)*rest.p >= 0x80);
}

/* Whether a text begins with a mark, "菌1" also with the word before it. */
static bool
begins_with_mark(const struct reading *r, struct slice s, struct slice mark)
{
	if (s.n <= mark.n || memcmp(s.p, mark.p, mark.n) != 0)
		return false;
	return mark.n > 1 || begins_with_letter(r, s, mark);
}

/* Whether a clause is of what has the mark: "药敏:①…", "A菌药敏…". */
static bool
has_mark(const struct reading *r, const struct clause *c, struct slice mark)
{
	static const char *const heads[] = { "药敏", "敏感", "耐药", NULL };
	const char *p = r->view.text.p;
	struct slice s = slice_span(p + c->from, p + c->to);

	if (mark.n == 0)
		return false;
	if (begins_with_mark(r, s, mark))
		return true;
	if (mark.n == 3 && memcmp(mark.p, "\xE2\x91", 2) == 0)
		return slice_find(s, mark) != NULL;
	/* "药敏:A 头孢他啶R" */
	for (size_t i = 0; heads[i] != NULL; i++) {
		const char *at = slice_find(s, slice_of(heads[i]));

		for (size_t n = 0;
		     at != NULL && n < LONGEST_HEAD && at + n + 1 < s.p + s.n;
		     n++)
			if ((at[n] == ':' || at[n + 1] == '(') &&
			    begins_with_mark(
				r, slice_span(at + n + 1, s.p + s.n), mark))
				return true;
	}
	return false;
}

/* What a clause with a mark begins with; most begin otherwise. */
static bool
may_have_mark(struct slice s)
{
	static const char *const words[] = { "\xE2\x91", "菌", "第", "药敏",
		"敏感", "耐药", NULL };

	for (size_t i = 0; s.n > 0 && words[i] != NULL; i++)
		if (slice_starts(s, words[i]))
			return true;
	return s.n > 0 && strchr("0123456789(ABCDE", *s.p) != NULL;
}

uint32_t
objects_by_mark(const struct tracker *t, const struct clause *c)
{
	const char *p = t->r->view.text.p;

	if (!t->group->how->named || t->cast->n < 2 ||
	    !may_have_mark(slice_span(p + c->from, p + c->to)) ||
	    objects_has_place(t, c))
		return 0;
	for (size_t i = 0; i < t->cast->nnamings; i++)
		if (has_mark(
			t->r, c, mark_before(t->r, t->cast->namings[i].from)))
			return t->cast->namings[i].objects;
	return 0;
}
