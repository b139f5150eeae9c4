#include "deid/letters.h"

/*
 * Numbers in the row of a name: what stands between them is a sex, an age, a
 * bed or a mark.
 */
#define BETWEEN_MOST 14
#define NUMBER_LEAST 6
#define NUMBER_MOST  12

static bool
goes_between(uint32_t c)
{
	static const char letters[] = "男女岁床号";
	const char *p = letters, *end = letters + sizeof(letters) - 1;

	if (!is_han(c))
		return !is_line_end(c) && c != 0x3002 && c != 0 &&
		    (!is_letter(c) || c == 'M' || c == 'F' || c == 'Y');
	while (p < end)
		if (utf8_next(&p, end) == c)
			return true;
	return false;
}

/* Behind its digits; of two groups one must be long: 2018-582623, 577338-1. */
static size_t
behind_number(const struct letters *l, size_t from)
{
	size_t to = from, hyphen = 0;

	for (; to <= from + NUMBER_MOST; to++) {
		if (hyphen == 0 && to > from && is_hyphen(l->code[to]) &&
		    is_digit(l->code[to + 1]))
			hyphen = to;
		else if (!is_digit(l->code[to]))
			break;
	}
	return hyphen == 0 || hyphen >= from + NUMBER_LEAST ||
		to > hyphen + NUMBER_LEAST
	    ? to
	    : hyphen;
}

/* 李明(00123456), 李明 男 56岁 ZY00123456 */
bool
find_beside(const struct letters *l, size_t at, size_t name, struct finding *f)
{
	size_t from = at, to;

	while (from < at + 3 && is_upper(l->code[from]))
		from++;
	to = behind_number(l, from);
	if (to < from + NUMBER_LEAST || to > from + NUMBER_MOST ||
	    is_letter(l->code[to]) || is_han(l->code[to]) ||
	    l->code[to] == '.' || at > name + BETWEEN_MOST || at == name)
		return false;
	for (size_t p = name; p < at; p++)
		if (!goes_between(l->code[p]))
			return false;
	return found_at(f, at, to, LABEL_MRN, "beside");
}

/* A row's number before its name: 12 李明, | 00123456 | 李明. */
bool
find_before(
    const struct letters *l, size_t name, size_t last, struct finding *f)
{
	size_t to = name, from, least;

	while (to > last && to + 3 > name &&
	    (is_blank(l->code[to - 1]) || l->code[to - 1] == '|' ||
		l->code[to - 1] == ','))
		to--;
	for (from = to; from > last && is_digit(l->code[from - 1]);)
		from--;
	least = from;
	while (least > last &&
	    (is_upper(l->code[least - 1]) || l->code[least - 1] == '+'))
		least--;
	if (to == name || from == to || least + 4 < from)
		return false;
	if (to - from >= NUMBER_LEAST && to - from <= NUMBER_MOST &&
	    (least == 0 || !is_han(l->code[least - 1])))
		return found_at(f, least, to, LABEL_MRN, "beside");
	while (least > 0 && is_blank(l->code[least - 1]))
		least--;
	return to - from <= 3 &&
	    (least == 0 || is_line_end(l->code[least - 1]) ||
		l->code[least - 1] == '|') &&
	    found_at(f, from, to, LABEL_BED, "row");
}
