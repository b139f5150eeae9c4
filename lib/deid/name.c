#include "deid/name.h"

/*
 * A name where something says that one stands: its surname, the letters of its
 * given name, and what may end it.
 */
/* "，男" or "，65岁" stands there: whatever it is, it is a person. */
static bool
is_described(const struct letters *l, size_t at)
{
	size_t p = at;

	while (p < at + 3 && l->code[p] != 0 && !is_han(l->code[p]) &&
	    !is_digit(l->code[p]))
		p++;
	return p > at &&
	    (is_digit(l->code[p]) || l->code[p] == 0x7537 ||
		l->code[p] == 0x5973);
}

/* Whether what ends here is enough of a name for where it stands. */
static bool
is_enough(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *surname, size_t end, enum proof proof)
{
	bool given = name_is_given(w, l, at + surname->n, end);

	if (proof == PROOF_FIELD)
		return true;
	if (surname->common)
		return given ||
		    (proof != PROOF_NONE &&
			name_may_be_given(w, l, at + surname->n, end) &&
			(proof == PROOF_ROLE || is_end(l->code[end]) ||
			    name_long_then(w, l, end)));
	if (!given)
		return false;
	if (proof == PROOF_ROLE && is_described(l, end))
		return true;
	if (proof == PROOF_ROLE &&
	    (name_is_telling(w, l->code[end - 1]) ||
		name_is_telling(w, l->code[at + surname->n])) &&
	    (is_end(l->code[end]) || name_long_then(w, l, end)))
		return true;
	if (proof == PROOF_WORD && name_is_telling(w, l->code[end - 1]) &&
	    (is_end(l->code[end]) || words_at(w, l, end, WORD_AFTER) != NULL))
		return true;
	if (name_is_function(l->code[at]))
		return false;
	return end - at == surname->n + 2u || proof == PROOF_ROLE ||
	    name_long_then(w, l, end) ||
	    (proof == PROOF_WORD && l->code[end] == 0x3001 /* 、 */);
}

/* 和, 与 and such at the end of a field are a letter of the name. */
static bool
is_joining(uint32_t c)
{
	return name_goes_on(c) && c != 0x7537 /* 男 */ && c != 0x5973 /* 女 */;
}

/* Nothing that is known ends it: the letters themselves must say it. */
static size_t
open_ended(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *surname, enum proof proof)
{
	size_t given = at + surname->n;
	bool first = name_is_given(w, l, given, given + 1);
	bool second = first && name_is_given(w, l, given + 1, given + 2);

	if (proof == PROOF_FIELD)
		return surname->n + (second ? 2u : 1u);
	if (proof == PROOF_NONE)
		return 0;
	if (name_is_doubled(w, l, at, surname) &&
	    name_is_telling(w, l->code[given + 1]) &&
	    name_is_telling(w, l->code[given + 2]))
		return surname->n + 3u;
	if (!surname->common)
		return proof == PROOF_ROLE &&
			name_is_telling(w, l->code[given]) &&
			name_is_telling(w, l->code[given + 1])
		    ? surname->n + 2u
		    : 0;
	if (second && !name_goes_on(l->code[given + 1]))
		return surname->n + 2u;
	return first && proof == PROOF_ROLE ? surname->n + 1u : 0;
}

/* Two to five letters up to what ends a name, whatever they are; else 0. */
static size_t
whole_run(const struct deid_words *w, const struct letters *l, size_t at)
{
	size_t n = 1;

	while (n < 6 && !name_is_over(w, l, at + n))
		n++;
	return n >= 2 && n <= 5 ? n : 0;
}

/* The letters of a name of this surname. */
static size_t
with_surname(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *surname, enum proof proof)
{
	size_t run = name_run(l, at, surname->n + 3u), whole = surname->n + 3u;

	if (words_at(w, l, at + surname->n, WORD_AFTER) != NULL)
		return 0;
	if (whole <= run && name_is_doubled(w, l, at, surname) &&
	    name_is_over(w, l, at + whole) &&
	    !name_is_word_behind(l, at + whole - 1) &&
	    name_is_given(w, l, at + whole - 2, at + whole))
		return whole;
	for (size_t n = surname->n + 2u; n > surname->n; n--) {
		size_t end = at + n;

		if (n > run || !name_is_over(w, l, end))
			continue;
		if (name_is_word_behind(l, end - 1) &&
		    !(proof == PROOF_FIELD && is_joining(l->code[end - 1]) &&
			is_end(l->code[end])))
			continue;
		if (is_enough(w, l, at, surname, end, proof))
			return n;
	}
	if (run <= surname->n + 1u ||
	    (proof == PROOF_FIELD && whole_run(w, l, at) > 0))
		return 0;
	return open_ended(w, l, at, surname, proof);
}

static size_t
any_name_at(const struct deid_words *w, const struct letters *l, size_t at,
    enum proof proof)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);
	const struct word *keep = words_at(w, l, at, WORD_KEEP);
	size_t n;

	if (is_upper(l->code[at]))
		return proof == PROOF_FIELD ? name_latin(l, at, 1)
		    : proof != PROOF_NONE   ? name_latin(l, at, 2)
					    : 0;
	if (!is_han(l->code[at]))
		return 0;
	if ((n = name_dotted(w, l, at, proof)) > 0)
		return n;
	if (keep != NULL && name_is_kept(w, l, at) &&
	    (proof != PROOF_FIELD || name_is_over(w, l, at + keep->n)))
		return 0;
	if (proof == PROOF_FIELD && (n = name_wrapped(w, l, at)) > 0)
		return n;
	if (surname != NULL && surname->n == 1 && is_blank(l->code[at + 1]) &&
	    (proof == PROOF_FIELD ||
		(proof == PROOF_ROLE &&
		    (surname->common ||
			name_is_telling(
			    w, l->code[behind_blanks(l, at + 1)])))) &&
	    (n = name_apart(w, l, at)) > 0)
		return n;
	if (surname != NULL && (n = with_surname(w, l, at, surname, proof)) > 0)
		return n;
	if (proof != PROOF_NONE && (n = name_spelled(w, l, at)) > 0 &&
	    (proof != PROOF_WORD || n > 3 ||
		words_at(w, l, at + n, WORD_AFTER) != NULL))
		return n;
	n = whole_run(w, l, at);
	if (proof == PROOF_ROLE)
		return n <= 4 && name_may_be_given(w, l, at, at + n) &&
			is_described(l, at + n) && !name_then(w, l, at)
		    ? n
		    : 0;
	if (proof == PROOF_FIELD && name_fills_cell(w, l, at))
		return name_run(l, at, 4);
	return proof == PROOF_FIELD && !name_then(w, l, at) ? n : 0;
}

/* A name begins here: how many letters, 0 for none. */
size_t
name_at(const struct deid_words *w, const struct letters *l, size_t at,
    enum proof proof)
{
	size_t n = any_name_at(w, l, at, proof);

	return n > 0 && proof != PROOF_FIELD && name_is_of_a_thing(w, l, at + n)
	    ? 0
	    : n;
}

size_t
name_titled(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);

	return surname != NULL &&
		words_at(w, l, at + surname->n, WORD_AFTER) != NULL
	    ? surname->n
	    : 0;
}

size_t
name_familiar(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *surname;

	if (l->code[at] != 0x5C0F /* 小 */ && l->code[at] != 0x8001 /* 老 */)
		return 0;
	surname = words_at(w, l, at + 1, WORD_SURNAME);
	return surname != NULL && surname->n == 1 &&
		(surname->common || l->code[at] == 0x8001) &&
		words_at(w, l, at, WORD_KEEP) == NULL &&
		words_at(w, l, at, WORD_ROLE) == NULL &&
		words_at(w, l, at, WORD_AFTER) == NULL &&
		words_at(w, l, at, WORD_KIN) == NULL &&
		name_is_over(w, l, at + 2)
	    ? 2
	    : 0;
}
