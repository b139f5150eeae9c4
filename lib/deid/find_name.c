#include "deid/name.h"

/*
 * Where names stand: behind labels, roles, relatives and certain words, before
 * titles, and between marks.
 */
static bool
is_sign(uint32_t c)
{
	return c == ':' || c == '=' || c == '|' || c == 0x2236 || c == '"' ||
	    c == '_' || c == '>' || c == '~' || c == '[' || c == 0x3014;
}

/* What a form puts before a value: （王芳）, [王芳], /王芳. */
static bool
is_opening(uint32_t c)
{
	return c == '(' || c == '[' || c == 0x3010 || c == '/' || c == 0x201C ||
	    c == '<';
}

/* 姓名, 签名, 签字: what stands behind is a name, be it another word too. */
static bool
names_itself(const struct letters *l, size_t last)
{
	return l->code[last] == 0x540D /* 名 */ ||
	    l->code[last] == 0x5B57 /* 字 */;
}

/* Dr. 王 */
static size_t
surname_only(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);

	return surname != NULL && surname->common &&
		is_end(l->code[at + surname->n])
	    ? surname->n
	    : 0;
}

/* 姓名：温暖 */
static size_t
name_whatever(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);
	size_t end;

	if (surname == NULL)
		return 0;
	for (end = at + surname->n + 1; end <= at + surname->n + 2; end++)
		if (is_end(l->code[end]) &&
		    name_may_be_given(w, l, at + surname->n, end))
			return end - at;
	return 0;
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
		if (l->code[q] == ')' &&
		    (is_sign(l->code[q + 1]) || is_blank(l->code[q + 1])))
			p = q + 1;
	}
	if (l->code[at] < 0x80 && l->code[p] == '.')
		p++;
	if ((is_digit(l->code[p]) || is_upper(l->code[p])) &&
	    is_sign(l->code[p + 1])) /* 助手1：, 护士A： */
		p++;
	if (p > at + label->n)
		proof = l->code[at] < 0x80 ? PROOF_FIELD : PROOF_ROLE;
	else if (label->n >= 3)
		proof = PROOF_ROLE;
	if (l->code[p] == ']' || l->code[p] == 0x3011) /* 【签名】王芳 */
		p++;
	while (is_sign(l->code[p]) || is_blank(l->code[p]) ||
	    (proof == PROOF_FIELD &&
		(is_line_end(l->code[p]) || is_opening(l->code[p])))) {
		if (is_sign(l->code[p]))
			proof = PROOF_FIELD;
		p++;
	}
	if (proof == PROOF_ROLE && is_blank(l->code[p - 1]) &&
	    (name_fills_cell(w, l, p) || name_wrapped(w, l, p) > 0 ||
		(names_itself(l, at + label->n - 1) &&
		    words_at(w, l, p, WORD_SURNAME) != NULL &&
		    is_blank(l->code[p + 1]))))
		proof = PROOF_FIELD;
	n = name_at(w, l, p, proof);
	if (n == 0 && l->code[at] < 0x80 && label->label == LABEL_STAFF)
		n = surname_only(w, l, p);
	if (n == 0 && names_itself(l, at + label->n - 1))
		n = name_whatever(w, l, p);
	if (n == 0)
		return false;
	return found_at(f, p, names_end(w, l, p + n, proof),
	    (enum label)label->label, "label");
}

/* Behind a sign: what begins with a surname and fills a cell of a form. */
static enum proof
proof_of_cell(const struct deid_words *w, const struct letters *l, size_t at)
{
	return words_at(w, l, at, WORD_SURNAME) != NULL &&
		name_fills_cell(w, l, at)
	    ? PROOF_FIELD
	    : PROOF_ROLE;
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
	n = name_at(w, l, p,
	    is_sign(l->code[p - 1]) || is_blank(l->code[p - 1])
		? proof_of_cell(w, l, p)
		: PROOF_ROLE);
	if (n == 0)
		n = name_familiar(w, l, p);
	return n > 0 &&
	    found_at(f, p, names_end(w, l, p + n, PROOF_ROLE),
		(enum label)role->label, "role");
}

/* 父王强，母李梅，均健在: one letter says little, so the name must say more. */
static bool
is_of_parents(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *surname = words_at(w, l, at + 1, WORD_SURNAME);
	size_t n;

	if (surname == NULL || !surname->common ||
	    (at > 0 && is_han(l->code[at - 1]) &&
		l->code[at - 1] != 0x8005 /* 患者 */ &&
		l->code[at - 1] != 0x5176 /* 其 */))
		return false;
	n = name_at(w, l, at + 1, PROOF_ROLE);
	return n > 0 && is_end(l->code[at + 1 + n]) &&
	    found_at(f, at + 1, at + 1 + n, LABEL_NAME, "kin");
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
		return is_of_parents(w, l, at, f);
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

/* 我叫温暖, 我姓江: the word itself says what stands behind it. */
static size_t
introduced(const struct deid_words *w, const struct letters *l, size_t at,
    uint32_t last)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);
	size_t n;

	if (last == 0x59D3 /* 姓 */)
		return surname != NULL && name_is_over(w, l, at + surname->n)
		    ? surname->n
		    : 0;
	if (last != 0x53EB /* 叫 */)
		return 0;
	n = name_at(w, l, at, PROOF_ROLE);
	return n > 0 ? n : name_whatever(w, l, at);
}

/* 由李明行, 请张伟会诊, @王芳 */
static bool
behind_word(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *word = words_at(w, l, at, WORD_BEFORE);
	size_t p, n;

	if (word == NULL || (word->n == 1 && is_inside_word(l, at)))
		return false;
	p = behind_blanks(l, at + word->n);
	if ((n = name_at(w, l, p, PROOF_WORD)) == 0)
		n = name_titled(w, l, p);
	if (n == 0 && word->n > 1)
		n = introduced(w, l, p, word->code[word->n - 1]);
	if (n == 0 && is_blank(l->code[p + 1]) &&
	    words_at(w, l, p, WORD_SURNAME) != NULL) { /* 王 芳 主任 */
		n = name_apart(w, l, p);
		if (words_at(w, l, behind_blanks(l, p + n), WORD_AFTER) == NULL)
			n = 0;
	}
	return n > 0 &&
	    found_at(f, p, names_end(w, l, p + n, PROOF_WORD),
		(enum label)word->label, "word");
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
	    !is_letter(l->code[at - 1]) &&
	    !(is_digit(l->code[at - 1]) && at > 1 && is_han(l->code[at - 2])))
		return false;
	p = behind_blanks(l, at + 1);
	n = name_at(w, l, p, PROOF_ROLE);
	if (n == 0 || !name_is_over(w, l, p + n) ||
	    !(n >= 3 || (bed && p > at + 1) || is_end(l->code[p + n])))
		return false;
	if (!bed && n < 3 && !ends_role(l->code[at - 1]) &&
	    name_at(w, l, p, PROOF_WORD) == 0)
		return false;
	return found_at(f, p, names_end(w, l, p + n, PROOF_ROLE), LABEL_NAME,
	    bed ? "bed" : "sign");
}

bool
find_name(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	uint32_t kinds = words_kinds(w, l->code[at]);

	if (labelled(w, l, at, f))
		return true;
	if ((l->code[at] == ':' || l->code[at] == ' ' || l->code[at] == '>' ||
		l->code[at] == 0x5E8A) &&
	    behind_sign(w, l, at, f))
		return true;
	if ((kinds & KIND(WORD_ROLE)) && in_role(w, l, at, f))
		return true;
	if ((kinds & KIND(WORD_KIN)) && of_kin(w, l, at, f))
		return true;
	if ((kinds & KIND(WORD_BEFORE)) && behind_word(w, l, at, f))
		return true;
	return find_alone(w, l, at, f);
}
