#include "deid/letters.h"

/*
 * Names.  A surname alone proves nothing: beside it stands a label, a role, a
 * title, a relative, 某, or a word that only people have before or behind them;
 * and letters that are used in names.  How much is asked depends on where it
 * stands.
 */
enum proof {
	PROOF_FIELD, /* behind 姓名：: anything short is one */
	PROOF_ROLE,  /* behind 患者, 其妻 */
	PROOF_WORD,  /* behind 由, 请 */
	PROOF_NONE   /* between marks, with 签字 and such behind it */
};

static bool
is_end(uint32_t c)
{
	return !is_han(c) && !is_dot(c);
}

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

static bool
is_over(const struct deid_words *w, const struct letters *l, size_t at)
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

static bool
are_given(
    const struct deid_words *w, const struct letters *l, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if ((words_kinds(w, l->code[i]) & KIND(WORD_GIVEN)) == 0)
			return false;
	return to > from;
}

static size_t
behind_blanks(const struct letters *l, size_t at)
{
	while (is_blank(l->code[at]))
		at++;
	return at;
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

/* 阿卜杜拉·买买提: letters of the kind that spell sounds, parted by a dot. */
static size_t
dotted(const struct deid_words *w, const struct letters *l, size_t at,
    enum proof proof)
{
	size_t n = 0, dots = 0, last = 0;

	while (n < 20) {
		uint32_t c = l->code[at + n];

		if (is_dot(c) && n > last && is_han(l->code[at + n + 1])) {
			dots++;
			last = n + 1;
		} else if (!is_han(c) ||
		    (dots > 0 && n >= last + 2 && is_then(w, l, at + n))) {
			break;
		} else if ((words_kinds(w, c) & KIND(WORD_FOREIGN)) == 0) {
			if (dots > 0 && n >= last + 2)
				break;
			if (proof != PROOF_FIELD)
				return 0;
		}
		n++;
	}
	return dots >= 1 && dots <= 3 && n >= last + 1 && n >= 4 ? n : 0;
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
	bool given = are_given(w, l, at + surname->n, end);

	if (proof == PROOF_FIELD)
		return true;
	if (surname->common)
		return given || (proof == PROOF_ROLE && is_end(l->code[end]));
	if (!given || proof == PROOF_NONE)
		return given && end - at == surname->n + 2u &&
		    !is_function(l->code[at]);
	return (proof == PROOF_ROLE && is_described(l, end)) ||
	    (!is_function(l->code[at]) &&
		(proof == PROOF_ROLE || end - at == surname->n + 2u ||
		    is_long_then(w, l, end)));
}

/* Nothing that is known ends it: the letters themselves must say it. */
static size_t
open_ended(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *surname, enum proof proof)
{
	size_t given = at + surname->n;
	bool first = are_given(w, l, given, given + 1);
	bool second = first && are_given(w, l, given + 1, given + 2);

	if (proof == PROOF_FIELD)
		return surname->n + (second ? 2u : 1u);
	if (!surname->common || proof == PROOF_NONE)
		return 0;
	if (second && !goes_on(l->code[given + 1]))
		return surname->n + 2u;
	return first && proof == PROOF_ROLE ? surname->n + 1u : 0;
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

		if (n > run || !is_over(w, l, end))
			continue;
		if (is_word_behind(l, end - 1))
			continue;
		if (is_enough(w, l, at, surname, end, proof))
			return n;
	}
	return run > surname->n + 1u ? open_ended(w, l, at, surname, proof) : 0;
}

/* A name begins here: how many letters, 0 for none. */
static size_t
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
	if ((n = dotted(w, l, at, proof)) > 0)
		return n;
	if (keep != NULL && keep->n > 1 &&
	    (proof != PROOF_FIELD || is_over(w, l, at + keep->n)))
		return 0;
	if (surname != NULL && (n = with_surname(w, l, at, surname, proof)) > 0)
		return n;
	if (proof != PROOF_FIELD || is_then(w, l, at))
		return 0;
	n = 1;
	while (n < 6 && !is_over(w, l, at + n))
		n++;
	return n >= 2 && n <= 5 && is_over(w, l, at + n) ? n : 0;
}

static bool
is_list(uint32_t c)
{
	return c == '/' || c == 0x3001 /* 、 */ || c == ',' || c == ';' ||
	    c == 0x548C /* 和 */ || c == 0x53CA /* 及 */ ||
	    c == 0x4E0E /* 与 */;
}

/* Further names behind one: 、李四 / 王五 和赵六. */
static size_t
list_end(const struct deid_words *w, const struct letters *l, size_t at,
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
		    listed && proof != PROOF_NONE ? PROOF_ROLE : PROOF_WORD);
		if (n == 0 || !is_over(w, l, p + n))
			return at;
		at = p + n;
	}
}

/* --- where they stand ---------------------------------------------------- */

static bool
is_sign(uint32_t c)
{
	return c == ':' || c == '=' || c == '|' || c == 0x2236;
}

/* 姓名：王芳; 签名（手写）: 李明/张伟; 主刀 张伟 */
static bool
labelled(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *label;
	enum proof proof = PROOF_WORD;
	size_t p, q, n;

	if (!label_at(w, l, at, WORD_LABEL, &label, &p))
		return false;
	p = behind_blanks(l, p);
	if (l->code[p] == '(') {
		for (q = p; q < p + 10 && l->code[q] != ')' && q < l->n; q++)
			;
		if (l->code[q] == ')' && is_sign(l->code[q + 1]))
			p = q + 1;
	}
	if (l->code[at] < 0x80 && l->code[p] == '.')
		p++;
	if (p > at + label->n)
		proof = l->code[at] < 0x80 ? PROOF_FIELD : PROOF_ROLE;
	else if (label->n >= 3)
		proof = PROOF_ROLE;
	while (is_sign(l->code[p]) || is_blank(l->code[p]) ||
	    (proof == PROOF_FIELD && is_line_end(l->code[p]))) {
		if (is_sign(l->code[p]))
			proof = PROOF_FIELD;
		p++;
	}
	if ((n = name_at(w, l, p, proof)) == 0)
		return false;
	return found_at(f, p, list_end(w, l, p + n, proof),
	    (enum label)label->label, "label");
}

/* 患者王芳, 护士：李梅; 家属（王强） */
static bool
in_role(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *role = words_at(w, l, at, WORD_ROLE);
	size_t p, n;

	if (role == NULL)
		return false;
	p = at + role->n;
	while (is_blank(l->code[p]) || is_sign(l->code[p]) ||
	    l->code[p] == '(' || l->code[p] == 0x201C)
		p++;
	if (l->code[p] == 0x5373 /* 即 */ || l->code[p] == 0x540D /* 名 */)
		p++;
	n = name_at(w, l, p, PROOF_ROLE);
	return n > 0 &&
	    found_at(f, p, list_end(w, l, p + n, PROOF_ROLE),
		(enum label)role->label, "role");
}

/* 其妻(王芳), 儿子李强, 女儿：王小红 */
static bool
of_kin(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *kin = words_at(w, l, at, WORD_KIN);
	size_t p, n;

	if (kin == NULL)
		return false;
	p = at + kin->n;
	if (kin->n == 1 && l->code[p] != '(' && !is_sign(l->code[p]) &&
	    !is_blank(l->code[p]) && l->code[p] != ')')
		return false;
	while (l->code[p] == '(' || is_sign(l->code[p]) ||
	    is_blank(l->code[p]) || l->code[p] == ')')
		p++;
	n = name_at(w, l, p, PROOF_ROLE);
	return n > 0 && found_at(f, p, p + n, LABEL_NAME, "kin");
}

/* 月经, 曾经, 申请, 不由: the word before a name is the end of another. */
static bool
is_inside_word(const struct letters *l, size_t at)
{
	static const char befores[] = "月曾已神正未不自申理缘要那相呼询";
	const char *p = befores, *end = befores + sizeof(befores) - 1;

	while (at > 0 && p < end)
		if (utf8_next(&p, end) == l->code[at - 1])
			return true;
	return false;
}

/* 由李明行, 请张伟会诊, @王芳 */
static bool
behind_word(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *word = words_at(w, l, at, WORD_BEFORE);
	size_t p, n;

	if (word == NULL || is_inside_word(l, at))
		return false;
	p = behind_blanks(l, at + word->n);
	n = name_at(w, l, p, PROOF_WORD);
	return n > 0 &&
	    found_at(f, p, list_end(w, l, p + n, PROOF_WORD),
		(enum label)word->label, "word");
}

/* 李某某, 王××, 张XX */
static size_t
someone(const struct letters *l, size_t at)
{
	uint32_t c = l->code[at];
	size_t n = 0;

	if (c != 0x67D0 /* 某 */ && c != 0xD7 && c != '*' && c != 'X' &&
	    c != 'x' && c != 0x25CB && c != 0x25A1)
		return 0;
	while (l->code[at + n] == c)
		n++;
	if (c != 0x67D0 &&
	    (n > 2 || is_letter(l->code[at + n]) || is_digit(l->code[at + n])))
		return 0;
	return n;
}

/* Between marks: behind a number it is a unit (3周), behind a hyphen a part. */
static bool
begins(const struct letters *l, size_t at)
{
	uint32_t c = at == 0 ? 0 : l->code[at - 1];

	return !is_han(c) && !is_digit(c) &&
	    !(is_hyphen(c) && at > 1 && is_han(l->code[at - 2]));
}

/* 王芳主任, 李医生, 张某某, 王姐 */
static bool
titled(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *surname, struct finding *f)
{
	size_t p = at + surname->n, n = someone(l, p);

	if (n > 0 &&
	    (begins(l, at) || (surname->common && l->code[p] == 0x67D0)))
		return found_at(f, at, p + n, LABEL_NAME, "someone");
	for (size_t given = 0; given <= 2; given++, p++) {
		const struct word *title = words_at(w, l, p, WORD_AFTER);
		const struct word *suffix = words_at(w, l, p, WORD_SUFFIX);
		bool likely = given == 0
		    ? surname->common || begins(l, at)
		    : surname->common || are_given(w, l, at + surname->n, p);

		if (title != NULL && likely)
			return found_at(
			    f, at, p, (enum label)title->label, "title");
		if (suffix != NULL && surname->common && begins(l, at) &&
		    (given == 0 || are_given(w, l, at + surname->n, p)) &&
		    is_over(w, l, p + suffix->n))
			return found_at(
			    f, at, p, (enum label)suffix->label, "title");
		if (!is_han(l->code[p]))
			return false;
	}
	return false;
}

/* 小王, 老李 */
static bool
familiar(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *surname;

	if ((l->code[at] != 0x5C0F /* 小 */ && l->code[at] != 0x8001) ||
	    !begins(l, at))
		return false;
	surname = words_at(w, l, at + 1, WORD_SURNAME);
	return surname != NULL && surname->common && surname->n == 1 &&
	    is_over(w, l, at + 2) &&
	    found_at(f, at, at + 2, LABEL_NAME, "familiar");
}

/* （儿子）, （患者之女） behind a name. */
static bool
is_kin_behind(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *role;
	size_t p = behind_blanks(l, at);

	if (l->code[p] != '(' && p == at)
		return false;
	if (l->code[p] == '(')
		p++;
	if (l->code[p] == 0x5176 /* 其 */)
		p++;
	if ((role = words_at(w, l, p, WORD_ROLE)) != NULL)
		p += role->n;
	if (l->code[p] == 0x4E4B /* 之 */)
		p++;
	return words_at(w, l, p, WORD_KIN) != NULL;
}

static bool
is_speaker(const struct letters *l, size_t at, size_t end)
{
	return l->code[end] == ':' && (at == 0 || is_line_end(l->code[at - 1]));
}

/* 12床 王芳 */
static bool
is_behind_bed(const struct letters *l, size_t at)
{
	size_t p = at;

	while (p > 0 && is_blank(l->code[p - 1]))
		p--;
	return p < at && p > 0 && l->code[p - 1] == 0x5E8A;
}

/* 王强（儿子）, 王强：, 王强、李梅, 王强签字: what is behind it says so. */
static bool
alone(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	size_t n, to;

	if (!begins(l, at) || (n = name_at(w, l, at, PROOF_ROLE)) == 0)
		return false;
	if (is_behind_bed(l, at))
		return found_at(f, at, at + n, LABEL_NAME, "bed");
	if (is_kin_behind(w, l, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "kin");
	if (is_speaker(l, at, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "speaker");
	to = list_end(w, l, at + n, PROOF_WORD);
	if (to > at + n &&
	    (l->code[at + n] == 0x3001 || l->code[at + n] == '/'))
		return found_at(f, at, to, LABEL_NAME, "list");
	n = name_at(w, l, at, PROOF_NONE);
	return (n >= 3 || (n > 0 && !is_end(l->code[at + n]))) &&
	    found_at(
		f, at, list_end(w, l, at + n, PROOF_WORD), LABEL_NAME, "alone");
}

/* 12床 王芳, 接生者：王芳; any word and a colon, and a whole name. */
static bool
behind_sign(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	bool bed = l->code[at] == 0x5E8A /* 床 */;
	size_t p = behind_blanks(l, at + 1), n;

	if (at == 0 ||
	    (!bed && !is_han(l->code[at - 1]) && l->code[at - 1] != ')'))
		return false;
	n = name_at(w, l, p, PROOF_ROLE);
	if (n == 0 || !is_over(w, l, p + n) ||
	    !(n >= 3 || (bed && p > at + 1) || is_end(l->code[p + n])))
		return false;
	if (!bed && n < 3 && words_at(w, l, p, WORD_SURNAME) != NULL &&
	    !words_at(w, l, p, WORD_SURNAME)->common)
		return false;
	return found_at(f, p, list_end(w, l, p + n, PROOF_ROLE), LABEL_NAME,
	    bed ? "bed" : "sign");
}

bool
find_name(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	uint32_t kinds = words_kinds(w, l->code[at]);
	const struct word *surname;

	if (labelled(w, l, at, f))
		return true;
	if ((l->code[at] == ':' || l->code[at] == 0x5E8A) &&
	    behind_sign(w, l, at, f))
		return true;
	if ((kinds & KIND(WORD_ROLE)) && in_role(w, l, at, f))
		return true;
	if ((kinds & KIND(WORD_KIN)) && of_kin(w, l, at, f))
		return true;
	if ((kinds & KIND(WORD_BEFORE)) && behind_word(w, l, at, f))
		return true;
	if (!is_han(l->code[at]) || words_at(w, l, at, WORD_KEEP) != NULL ||
	    words_at(w, l, at, WORD_PLACE) != NULL)
		return false;
	if (familiar(w, l, at, f))
		return true;
	surname = words_at(w, l, at, WORD_SURNAME);
	if (surname != NULL && titled(w, l, at, surname, f))
		return true;
	if (surname != NULL && alone(w, l, at, f))
		return true;
	return begins(l, at) && (kinds & KIND(WORD_FOREIGN)) &&
	    found_at(f, at, at + dotted(w, l, at, PROOF_NONE), LABEL_NAME,
		"dotted") &&
	    f->to > at;
}
