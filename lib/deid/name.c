#include "deid/name.h"

/*
 * A name by itself: its surname, the letters of its given name, and what may
 * end it.
 */
/* Endings of a name that are also words: 王芳女，65岁, but 李胜男，女. */
static bool
goes_on(uint32_t c)
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
static bool
is_then(const struct deid_words *w, const struct letters *l, size_t at)
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
	return is_end(l->code[at]) || is_then(w, l, at);
}

static size_t
han_run(const struct letters *l, size_t at, size_t most)
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

static bool
is_mark(uint32_t c)
{
	return is_end(c) && !is_blank(c) && !is_digit(c) && !is_letter(c);
}

/*
 * Whether the last letter of what may be a name is the word behind it: 男 and
 * 女 say the sex, the others go on with the sentence unless a mark follows.
 */
static bool
is_word_behind(const struct letters *l, size_t at)
{
	uint32_t c = l->code[at];
	size_t p = at + 1;

	if (!goes_on(c))
		return false;
	if (c != 0x7537 && c != 0x5973)
		return !is_mark(l->code[p]);
	if (!is_end(l->code[p]))
		return true;
	while (p <= at + 2 && !is_han(l->code[p]) && l->code[p] != 0)
		p++;
	return l->code[p] != 0x7537 && l->code[p] != 0x5973;
}

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

/* --- single names -------------------------------------------------------- */

static bool
is_foreign(const struct deid_words *w, uint32_t c)
{
	return (words_kinds(w, c) & KIND(WORD_FOREIGN)) != 0;
}

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

		if (is_dot(c) && n > last && is_han(l->code[at + n + 1])) {
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
static size_t
spelled(const struct deid_words *w, const struct letters *l, size_t at)
{
	size_t n = 0;

	while (n < 9 && is_foreign(w, l->code[at + n]))
		n++;
	for (; n >= 3; n--)
		if (name_is_over(w, l, at + n))
			return n;
	return 0;
}

/* Wang Fang, JOHN SMITH */
static size_t
latin(const struct letters *l, size_t at)
{
	size_t p = at, end = at, words = 0;

	while (words < 4 && is_upper(l->code[p])) {
		size_t q = p + 1;

		while (is_letter(l->code[q]) || l->code[q] == '-' ||
		    l->code[q] == '\'')
			q++;
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
	return words >= 1 && end >= at + 2 ? end - at : 0;
}

/* Surnames that mostly are the word before something else: 于今日, 和家属. */
static bool
is_function(uint32_t c)
{
	static const char words[] = "由和时来都那但何向应位明相查母全单支房原解"
				    "施连管符经容清平";
	const char *p = words, *end = words + sizeof(words) - 1;

	while (p < end)
		if (utf8_next(&p, end) == c)
			return true;
	return false;
}

static bool
is_long_then(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *then = words_at(w, l, at, WORD_THEN);

	return then != NULL && then->n >= 2;
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
			    is_long_then(w, l, end)));
	if (!given)
		return false;
	if (proof == PROOF_ROLE && is_described(l, end))
		return true;
	if (is_function(l->code[at]))
		return false;
	return end - at == surname->n + 2u || proof == PROOF_ROLE ||
	    is_long_then(w, l, end) ||
	    (proof == PROOF_WORD && l->code[end] == 0x3001 /* 、 */);
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
	if (!surname->common || proof == PROOF_NONE)
		return 0;
	if (second && !goes_on(l->code[given + 1]))
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
	size_t run = han_run(l, at, surname->n + 3u);

	if (words_at(w, l, at + surname->n, WORD_AFTER) != NULL)
		return 0;
	for (size_t n = surname->n + 2u; n > surname->n; n--) {
		size_t end = at + n;

		if (n > run || !name_is_over(w, l, end))
			continue;
		if (is_word_behind(l, end - 1))
			continue;
		if (is_enough(w, l, at, surname, end, proof))
			return n;
	}
	if (run <= surname->n + 1u ||
	    (proof == PROOF_FIELD && whole_run(w, l, at) > 0))
		return 0;
	return open_ended(w, l, at, surname, proof);
}

/* 王　芳, 王 建 国: the letters pulled apart to fill a field. */
static size_t
apart(const struct deid_words *w, const struct letters *l, size_t at)
{
	size_t p = behind_blanks(l, at + 1), to = 0;

	for (int given = 0; given < 2; given++) {
		if (!name_may_be_given(w, l, p, p + 1) || !is_han(l->code[p]))
			break;
		to = ++p;
		if (given == 0)
			p = behind_blanks(l, p);
	}
	if (to == 0 || !name_is_over(w, l, to))
		return 0;
	return to - at;
}

/* A name begins here: how many letters, 0 for none. */
size_t
name_at(const struct deid_words *w, const struct letters *l, size_t at,
    enum proof proof)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);
	const struct word *keep = words_at(w, l, at, WORD_KEEP);
	size_t n;

	if (is_upper(l->code[at]))
		return proof == PROOF_FIELD ? latin(l, at) : 0;
	if (!is_han(l->code[at]))
		return 0;
	if ((n = name_dotted(w, l, at, proof)) > 0)
		return n;
	if (keep != NULL && keep->n > 1 &&
	    (proof != PROOF_FIELD || name_is_over(w, l, at + keep->n)))
		return 0;
	if (surname != NULL && surname->n == 1 && is_blank(l->code[at + 1]) &&
	    (proof == PROOF_FIELD ||
		(proof == PROOF_ROLE && surname->common)) &&
	    (n = apart(w, l, at)) > 0)
		return n;
	if (surname != NULL && (n = with_surname(w, l, at, surname, proof)) > 0)
		return n;
	if ((proof == PROOF_FIELD || proof == PROOF_ROLE) &&
	    (n = spelled(w, l, at)) > 0)
		return n;
	n = whole_run(w, l, at);
	if (proof == PROOF_ROLE)
		return n <= 4 && name_may_be_given(w, l, at, at + n) &&
			is_described(l, at + n) && !is_then(w, l, at)
		    ? n
		    : 0;
	return proof == PROOF_FIELD && !is_then(w, l, at) ? n : 0;
}
