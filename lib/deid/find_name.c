#include "deid/name.h"

/*
 * Where names stand: behind labels, roles, relatives and certain words, before
 * titles, and between marks.
 */
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
		if (n == 0 || !name_is_over(w, l, p + n))
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

/* 小王, 老李: letters, 0 for none. */
static size_t
familiar(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *surname;

	if (l->code[at] != 0x5C0F /* 小 */ && l->code[at] != 0x8001 /* 老 */)
		return 0;
	surname = words_at(w, l, at + 1, WORD_SURNAME);
	return surname != NULL && surname->common && surname->n == 1 &&
		words_at(w, l, at, WORD_KEEP) == NULL &&
		name_is_over(w, l, at + 2)
	    ? 2
	    : 0;
}

/* 患者王芳, 护士：李梅; 家属（王强）, 护士小王 */
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
	if (n == 0)
		n = familiar(w, l, p);
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

	return at == l->last ||
	    (!is_han(c) && !is_digit(c) &&
		!(is_hyphen(c) && at > 1 && is_han(l->code[at - 2])));
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
		size_t q = given == 0 ? p : behind_blanks(l, p);
		const struct word *title = words_at(w, l, q, WORD_AFTER);
		const struct word *suffix = words_at(w, l, p, WORD_SUFFIX);
		bool likely = given == 0
		    ? surname->common || begins(l, at)
		    : name_is_given(w, l, at + surname->n, p) ||
			(surname->common &&
			    name_may_be_given(w, l, at + surname->n, p));

		if (title != NULL && likely)
			return found_at(
			    f, at, p, (enum label)title->label, "title");
		if (suffix != NULL && surname->common && begins(l, at) &&
		    (given == 0 || name_is_given(w, l, at + surname->n, p)) &&
		    name_is_over(w, l, p + suffix->n))
			return found_at(
			    f, at, p, (enum label)suffix->label, "title");
		if (!is_han(l->code[p]))
			return false;
	}
	return false;
}

/* （儿子）, （患者之女） behind a name. */
static bool
is_kin_behind(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *role;
	size_t p = behind_blanks(l, at);

	if (l->code[p] != '(' && p == at)
		return false;
	if (l->code[p] == '(') {
		p++;
		if (words_at(w, l, p, WORD_AFTER) != NULL ||
		    words_at(w, l, p, WORD_LABEL) != NULL)
			return true;
	}
	if (l->code[p] == 0x5176 /* 其 */)
		p++;
	if ((role = words_at(w, l, p, WORD_ROLE)) != NULL)
		p += role->n;
	if (l->code[p] == 0x4E4B /* 之 */)
		p++;
	return words_at(w, l, p, WORD_KIN) != NULL;
}

/* 王芳：, 王芳 2024-03-05 10:20, [王芳]: at the beginning of a line. */
static bool
is_speaker(const struct letters *l, size_t at, size_t end)
{
	size_t p = at, q = behind_blanks(l, end);

	while (p > 0 && (is_blank(l->code[p - 1]) || l->code[p - 1] == '['))
		p--;
	return (p == 0 || is_line_end(l->code[p - 1])) &&
	    (l->code[q] == ':' || l->code[q] == ']' ||
		(q > end && is_digit(l->code[q])));
}

/* The end of a text, behind a full stop: who wrote it. */
static bool
is_signature(const struct letters *l, size_t at, size_t end)
{
	size_t p = at, q = behind_blanks(l, end);

	while (p > 0 && is_blank(l->code[p - 1]))
		p--;
	return p > 0 &&
	    (l->code[p - 1] == 0x3002 || is_line_end(l->code[p - 1])) &&
	    (q == l->n || is_line_end(l->code[q]) || l->code[q] == '/');
}

/* （王芳）, 【王芳】 */
static bool
is_bracketed(const struct letters *l, size_t at, size_t end)
{
	uint32_t c = at == 0 ? 0 : l->code[at - 1];

	return (c == '(' && l->code[end] == ')') ||
	    (c == '[' && l->code[end] == ']') ||
	    (c == 0x3010 && l->code[end] == 0x3011);
}

/* 12床 王芳 */
static bool
is_behind_bed(const struct letters *l, size_t at)
{
	size_t p = at;

	while (p > 0 && is_blank(l->code[p - 1]))
		p--;
	return p > 0 && l->code[p - 1] == 0x5E8A && (p < at || at == l->last);
}

/* "，男，", "（女", " 男 ": a sex by itself. */
static bool
is_sex_behind(const struct letters *l, size_t at)
{
	size_t p = at;

	while (p < at + 3 && l->code[p] != 0 && is_end(l->code[p]) &&
	    !is_digit(l->code[p]))
		p++;
	return p > at &&
	    (l->code[p] == 0x7537 /* 男 */ || l->code[p] == 0x5973 /* 女 */) &&
	    (is_end(l->code[p + 1]) || l->code[p + 1] == 0x6027 /* 性 */);
}

/* Letters that only words for people end with. */
static bool
ends_person(uint32_t c)
{
	return c == 0x8005 /* 者 */ || c == 0x5458 /* 员 */ ||
	    c == 0x5E08 /* 师 */ || c == 0x58EB /* 士 */;
}

/* 审核者 王芳: letters that words for people end with. */
static bool
ends_role(uint32_t c)
{
	static const char letters[] = "者人员师士生长医护助刀签名字班线";
	const char *p = letters, *end = letters + sizeof(letters) - 1;

	while (p < end)
		if (utf8_next(&p, end) == c)
			return true;
	return false;
}

/* 王强（儿子）, 王强：, 王强、李梅, 王强签字: what is behind it says so. */
static bool
alone(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	size_t n, to;

	if (!begins(l, at)) { /* 造口师王建国 */
		n = ends_person(l->code[at - 1]) ? name_at(w, l, at, PROOF_WORD)
						 : 0;
		return n >= 3 && found_at(f, at, at + n, LABEL_STAFF, "role");
	}
	if ((n = name_at(w, l, at, PROOF_ROLE)) == 0)
		return false;
	if (is_behind_bed(l, at))
		return found_at(f, at, at + n, LABEL_NAME, "bed");
	if (is_sex_behind(l, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "sex");
	if (is_kin_behind(w, l, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "kin");
	if (is_speaker(l, at, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "speaker");
	if (is_signature(l, at, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "signature");
	to = list_end(w, l, at + n, PROOF_WORD);
	if (to > at + n &&
	    (l->code[at + n] == 0x3001 || l->code[at + n] == '/'))
		return found_at(f, at, to, LABEL_NAME, "list");
	if (is_bracketed(l, at, at + n) && name_at(w, l, at, PROOF_WORD) == n)
		return found_at(f, at, at + n, LABEL_NAME, "brackets");
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
	size_t p, n;

	if (at == 0 || (l->code[at] == ' ' && !ends_role(l->code[at - 1])))
		return false;
	if (!bed && !is_han(l->code[at - 1]) && l->code[at - 1] != ')' &&
	    !is_letter(l->code[at - 1]))
		return false;
	p = behind_blanks(l, at + 1);
	n = name_at(w, l, p, PROOF_ROLE);
	if (n == 0 || !name_is_over(w, l, p + n) ||
	    !(n >= 3 || (bed && p > at + 1) || is_end(l->code[p + n])))
		return false;
	if (!bed && n < 3 && !ends_role(l->code[at - 1]) &&
	    name_at(w, l, p, PROOF_WORD) == 0)
		return false;
	return found_at(f, p, list_end(w, l, p + n, PROOF_ROLE), LABEL_NAME,
	    bed ? "bed" : "sign");
}

/* 买买提·依明 between marks, 次仁卓玛医生. */
static bool
spelled_name(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	size_t n;

	if (!begins(l, at))
		return false;
	n = name_dotted(w, l, at, PROOF_NONE);
	if (n > 0)
		return found_at(f, at, at + n, LABEL_NAME, "dotted");
	n = name_at(w, l, at, PROOF_ROLE);
	return n >= 3 &&
	    words_at(w, l, behind_blanks(l, at + n), WORD_AFTER) != NULL &&
	    found_at(f, at, at + n, LABEL_STAFF, "title");
}

bool
find_name(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	uint32_t kinds = words_kinds(w, l->code[at]);
	const struct word *surname;

	if (labelled(w, l, at, f))
		return true;
	if ((l->code[at] == ':' || l->code[at] == ' ' ||
		l->code[at] == 0x5E8A) &&
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
	if (begins(l, at) && familiar(w, l, at) > 0)
		return found_at(f, at, at + 2, LABEL_NAME, "familiar");
	surname = words_at(w, l, at, WORD_SURNAME);
	if (surname != NULL && titled(w, l, at, surname, f))
		return true;
	if ((kinds & (KIND(WORD_SURNAME) | KIND(WORD_FOREIGN))) &&
	    alone(w, l, at, f))
		return true;
	return (kinds & KIND(WORD_FOREIGN)) && spelled_name(w, l, at, f);
}
