#include "deid/name.h"

/*
 * Names as forms hold them: filling a cell, pulled apart, broken by the end of a
 * line, in lists.
 */
/* 王　芳, 王 建 国: the letters pulled apart to fill a field. */
size_t
name_apart(const struct deid_words *w, const struct letters *l, size_t at)
{
	size_t p = behind_blanks(l, at + 1), to = 0;

	size_t gap = p - at;

	for (int given = 0; given < 2; given++) {
		if (!name_may_be_given(w, l, p, p + 1) || !is_han(l->code[p]))
			break;
		to = ++p;
		if (given == 0)
			p = behind_blanks(l, p);
		if (p > to + gap)
			break;
	}
	if (to == 0 || !name_is_over(w, l, to))
		return 0;
	return to - at;
}

/* 王思 / 亮: a line of a form ends within the name. */
size_t
name_wrapped(const struct deid_words *w, const struct letters *l, size_t at)
{
	size_t head = name_run(l, at, 4), next = at + head + 1, tail;

	if (head == 0 || head > 3 || !is_line_end(l->code[at + head]))
		return 0;
	tail = name_run(l, next, 3);
	if (tail == 0 || head + tail > (head == 2 ? 3u : 4u) ||
	    tail > (head == 1 ? 2u : 1u))
		return 0;
	if (!name_may_be_given(w, l, at + 1, at + head + (head == 1)) ||
	    !name_may_be_given(w, l, next, next + tail) ||
	    words_at(w, l, next, WORD_KEEP) != NULL)
		return 0;
	return is_end(l->code[next + tail]) &&
		words_at(w, l, at, WORD_SURNAME) != NULL
	    ? head + 1 + tail
	    : 0;
}

/* Two to four letters up to a mark that hold no longer word: 佐藤美和. */
bool
name_fills_cell(const struct deid_words *w, const struct letters *l, size_t at)
{
	size_t n = name_run(l, at, 5);

	if (n < 2 || n > 4 || !is_end(l->code[at + n]) ||
	    !name_may_be_given(w, l, at + 1, at + n))
		return false;
	for (size_t p = at; p + 1 < at + n; p++) {
		if (name_long_then(w, l, p) || name_is_kept(w, l, p) ||
		    words_at(w, l, p, WORD_LABEL) != NULL ||
		    words_at(w, l, p, WORD_ROLE) != NULL ||
		    words_at(w, l, p, WORD_AFTER) != NULL ||
		    words_at(w, l, p, WORD_NUMBER) != NULL)
			return false;
	}
	return true;
}

bool
find_is_name(const struct deid_words *w, struct slice text, struct arena *a)
{
	const struct word *surname;
	struct letters l;

	letters_of(text, a, &l);
	if (name_dotted(w, &l, 0, PROOF_FIELD) == l.n && l.n > 0)
		return true;
	surname = words_at(w, &l, 0, WORD_SURNAME);
	return surname != NULL && name_run(&l, 0, 5) == l.n &&
	    l.n > surname->n &&
	    (l.n <= surname->n + 2u || name_is_doubled(w, &l, 0, surname)) &&
	    name_fills_cell(w, &l, 0);
}

static bool
is_list(uint32_t c)
{
	return c == '/' || c == 0x3001 /* 、 */ || c == ',' || c == ';' ||
	    c == 0x548C /* 和 */ || c == 0x53CA /* 及 */ ||
	    c == 0x4E0E /* 与 */;
}

size_t
names_end(const struct deid_words *w, const struct letters *l, size_t at,
    enum proof proof)
{
	for (;;) {
		size_t p = behind_blanks(l, at), n;
		bool listed = is_list(l->code[p]);

		if (listed)
			p = behind_blanks(l, p + 1);
		if (p == at)
			return at;
		/* What a comma parts may be the next sentence. */
		n = name_at(w, l, p,
		    proof != PROOF_NONE &&
			    words_at(w, l, p, WORD_SURNAME) != NULL &&
			    name_fills_cell(w, l, p)
			? PROOF_FIELD
			: listed && proof != PROOF_NONE ? PROOF_ROLE
							: PROOF_WORD);
		if (n == 0 || !name_is_over(w, l, p + n))
			return at;
		at = p + n;
	}
}
