#include "deid/name.h"

/*
 * Names that are spelled by their sound, and those in Latin letters.
 */
/*
 * 阿卜杜拉·买买提: letters that spell sounds, parted by a dot; where something
 * says that a name stands here, letters that may be in names.
 */
size_t
name_dotted(const struct deid_words *w, const struct letters *l, size_t at,
    enum proof proof)
{
	size_t n = 0, dots = 0, last = 0;

	while (n < 20) {
		uint32_t c = l->code[at + n];

		if ((is_dot(c) || (c == '.' && n > 1)) && n > last &&
		    is_han(l->code[at + n + 1])) {
			dots++;
			last = n + 1;
		} else if (!is_han(c)) {
			break;
		} else if (!is_foreign(w, c)) {
			if (dots > 0 && n >= last + 2 &&
			    name_is_over(w, l, at + n))
				break;
			if (proof == PROOF_NONE ||
			    (words_kinds(w, c) & KIND(WORD_NEVER)) ||
			    n >= last + 6)
				break;
		}
		n++;
	}
	return dots >= 1 && dots <= 3 && n >= last + 1 && n >= 4 ? n : 0;
}

/* 次仁卓玛, 巴特尔: three or more such letters, and then the name is over. */
size_t
name_spelled(const struct deid_words *w, const struct letters *l, size_t at)
{
	size_t n = 0;

	while (n < 9 && is_foreign(w, l->code[at + n]))
		n++;
	for (; n >= 3; n--)
		if (name_is_over(w, l, at + n))
			return n;
	return 0;
}

/* The next letter of a word, over the end of a line that breaks it. */
static size_t
next_latin(const struct letters *l, size_t at)
{
	uint32_t c = l->code[at];

	if (is_letter(c) || c == '-' || c == '\'')
		return at + 1;
	return is_line_end(c) && is_letter(l->code[at - 1]) &&
		l->code[at + 1] >= 'a' && l->code[at + 1] <= 'z'
	    ? at + 2
	    : 0;
}

/* Wang Fang, JOHN SMITH, O'Connor */
size_t
name_latin(const struct letters *l, size_t at, size_t least)
{
	size_t p = at, end = at, words = 0;

	while (words < 4 && is_upper(l->code[p])) {
		size_t q = p + 1;

		for (size_t next; (next = next_latin(l, q)) > 0;)
			q = next;
		if (l->code[q] == '.' && q == p + 1)
			q++;
		else if (q < p + 2)
			break;
		if (is_digit(l->code[q]))
			break;
		end = q;
		words++;
		p = behind_blanks(l, q);
		if (p == q)
			break;
	}
	return words >= least && end >= at + 2 ? end - at : 0;
}
