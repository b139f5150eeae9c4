#include "deid/name.h"

/*
 * Names that nothing before them announces: a title or a relative behind them,
 * where they stand in a line, or their letters say so.
 */
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
	    (begins(l, at) ||
		(l->code[p] == 0x67D0 &&
		    (surname->common ||
			(l->code[at - 1] == 0x7684 /* 的 */ &&
			    is_end(l->code[p + n]))))))
		return found_at(f, at, p + n, LABEL_NAME, "someone");
	for (size_t given = 0; given <= 3; given++, p++) {
		size_t q = given == 0 ? p : behind_blanks(l, p);
		const struct word *title = words_at(w, l, q, WORD_AFTER);
		const struct word *suffix = words_at(w, l, p, WORD_SUFFIX);
		bool likely = given == 0
		    ? surname->common || begins(l, at)
		    : name_is_given(w, l, at + surname->n, p) ||
			(surname->common &&
			    name_may_be_given(w, l, at + surname->n, p));

		if (given == 3 &&
		    (words_at(w, l, at + surname->n, WORD_SURNAME) == NULL ||
			!name_is_given(w, l, p - 2, p)))
			return false;
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

	if (l->code[p] == 0x4E4B /* 之 */)
		return words_at(w, l, p, WORD_KIN) != NULL;
	if (l->code[p] != '(' && p == at) /* 刘子可配偶 */
		return (role = words_at(w, l, p, WORD_KIN)) != NULL &&
		    role->n >= 2;
	if (l->code[p] == '(') {
		struct finding bed;

		p++;
		if ((is_digit(l->code[p]) && find_bed(l, p, &bed)) ||
		    words_at(w, l, p, WORD_AFTER) != NULL ||
		    words_at(w, l, p, WORD_LABEL) != NULL ||
		    words_at(w, l, p, WORD_NUMBER) != NULL)
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
	if (p > 0 && !is_line_end(l->code[p - 1]))
		return p < at && is_end(l->code[p - 1]) && l->code[q] == ':';
	return l->code[q] == ':' || l->code[q] == ']' ||
	    ((q > end || l->code[q] == '-') &&
		(is_digit(l->code[q + (l->code[q] == '-')])));
}

/* The end of a text, behind a full stop: who wrote it. */
static bool
is_signature(const struct letters *l, size_t at, size_t end)
{
	size_t p = at, q = behind_blanks(l, end);

	while (p > 0 && is_blank(l->code[p - 1]))
		p--;
	if (p < at && q > end + 1)
		return true; /* 　　王芳　　 */
	return p > 0 &&
	    (l->code[p - 1] == 0x3002 || is_line_end(l->code[p - 1]) ||
		(p > 1 && l->code[p - 1] == '/' &&
		    is_line_end(l->code[p - 2])) ||
		(p < at && is_end(l->code[p - 1]))) &&
	    (q == l->n || is_line_end(l->code[q]) || l->code[q] == '/' ||
		(q > end && is_digit(l->code[q]) && is_digit(l->code[q + 3])));
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

/* A cell of a row, between tabs, walls or wide gaps. */
static bool
is_cell(const struct letters *l, size_t at, size_t end)
{
	size_t p = at, q = behind_blanks(l, end);

	while (p > 0 && is_blank(l->code[p - 1]))
		p--;
	if (p == at ||
	    (at - p == 1 && l->code[p] == ' ' && p > 0 &&
		l->code[p - 1] != '|' && !is_digit(l->code[p - 1])))
		return p > 0 && l->code[p - 1] == '|' && l->code[q] == '|';
	return q == l->n || is_line_end(l->code[q]) || l->code[q] == '|' ||
	    q > end + 1 || l->code[end] == '\t';
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
	    !is_digit(l->code[p]) && !is_letter(l->code[p]))
		p++;
	if (p == at || is_letter(l->code[p + 1]))
		return false;
	if (l->code[p] == 'M' || l->code[p] == 'F')
		return is_end(l->code[p + 1]);
	return (l->code[p] == 0x7537 /* 男 */ ||
		   l->code[p] == 0x5973 /* 女 */) &&
	    (is_end(l->code[p + 1]) || l->code[p + 1] == 0x6027 /* 性 */);
}

/* "，56岁" */
static bool
is_age_behind(const struct letters *l, size_t at)
{
	size_t p = at, from;

	while (p < at + 3 && l->code[p] != 0 && is_end(l->code[p]) &&
	    !is_digit(l->code[p]))
		p++;
	for (from = p; is_digit(l->code[p]); p++)
		;
	return from > at && p > from && p <= from + 3 &&
	    l->code[behind_blanks(l, p)] == 0x5C81 /* 岁 */;
}

/* Letters that only words for people end with. */
static bool
ends_person(uint32_t c)
{
	return c == 0x8005 /* 者 */ || c == 0x5458 /* 员 */ ||
	    c == 0x5E08 /* 师 */ || c == 0x58EB /* 士 */;
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
	if ((n = name_at(w, l, at, PROOF_ROLE)) == 0) {
		n = name_short(w, l, at);
		return n > 0 && found_at(f, at, at + n, LABEL_NAME, "short");
	}
	if (is_behind_bed(l, at))
		return found_at(f, at, at + n, LABEL_NAME, "bed");
	if (is_sex_behind(l, at + n) || is_age_behind(l, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "sex");
	if ((n >= 3 || is_end(l->code[at + n])) && is_kin_behind(w, l, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "kin");
	if (is_speaker(l, at, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "speaker");
	if (is_signature(l, at, at + n))
		return found_at(f, at, at + n, LABEL_NAME, "signature");
	to = names_end(w, l, at + n, PROOF_WORD);
	if (to > at + n &&
	    (l->code[at + n] == 0x3001 || l->code[at + n] == '/'))
		return found_at(f, at, to, LABEL_NAME, "list");
	if (is_cell(l, at, at + n) &&
	    (n >= 3 || name_is_telling(w, l->code[at + n - 1])))
		return found_at(f, at, at + n, LABEL_NAME, "cell");
	if (is_bracketed(l, at, at + n) && name_at(w, l, at, PROOF_WORD) == n)
		return found_at(f, at, at + n, LABEL_NAME, "brackets");
	n = name_at(w, l, at, PROOF_NONE);
	if (n >= 3 || (n > 0 && !is_end(l->code[at + n])))
		return found_at(f, at, names_end(w, l, at + n, PROOF_WORD),
		    LABEL_NAME, "alone");
	n = name_short(w, l, at);
	return n > 0 && found_at(f, at, at + n, LABEL_NAME, "short");
}

/* 买买提·依明 between marks, 次仁卓玛医生. */
static bool
spelled_name(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	size_t n;

	if (!begins(l, at) && at > 0 &&
	    (words_kinds(w, l->code[at - 1]) & KIND(WORD_FOREIGN)))
		return false;
	n = name_dotted(w, l, at, PROOF_NONE);
	if (n > 0 && name_at(w, l, at, PROOF_NONE) == n)
		return found_at(f, at, at + n, LABEL_NAME, "dotted");
	n = name_spelled(w, l, at);
	return n >= 3 &&
	    (words_at(w, l, behind_blanks(l, at + n), WORD_AFTER) != NULL ||
		is_kin_behind(w, l, at + n)) &&
	    found_at(f, at, at + n, LABEL_STAFF, "title");
}

/* 王 芳 主任; 　　王 芳 at the end of a line. */
static bool
pulled_apart(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	size_t n = begins(l, at) ? name_apart(w, l, at) : 0;

	return n > 0 &&
	    (is_signature(l, at, at + n) ||
		words_at(w, l, behind_blanks(l, at + n), WORD_AFTER) != NULL) &&
	    found_at(f, at, at + n, LABEL_STAFF, "apart");
}

/* David O'Connor，男，56岁 */
static bool
latin(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	uint32_t before = at == 0 ? 0 : l->code[at - 1];
	size_t n =
	    !is_letter(before) && !is_digit(before) ? name_latin(l, at, 2) : 0;

	return n > 0 &&
	    (is_sex_behind(l, at + n) || is_age_behind(l, at + n) ||
		is_behind_bed(l, at) ||
		words_at(w, l, behind_blanks(l, at + n), WORD_AFTER) != NULL) &&
	    found_at(f, at, at + n, LABEL_NAME, "latin");
}

bool
find_alone(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	uint32_t kinds = words_kinds(w, l->code[at]);
	const struct word *surname;
	size_t n;

	if (is_upper(l->code[at]))
		return latin(w, l, at, f);
	if (!is_han(l->code[at]) || name_is_kept(w, l, at))
		return false;
	if (begins(l, at) && name_familiar(w, l, at) > 0)
		return found_at(f, at, at + 2, LABEL_NAME, "familiar");
	surname = words_at(w, l, at, WORD_SURNAME);
	if (surname != NULL && titled(w, l, at, surname, f))
		return true;
	if (surname != NULL && surname->common && is_blank(l->code[at + 1]) &&
	    pulled_apart(w, l, at, f))
		return true;
	if ((kinds & (KIND(WORD_SURNAME) | KIND(WORD_FOREIGN))) &&
	    alone(w, l, at, f))
		return true;
	if ((kinds & KIND(WORD_FOREIGN)) && spelled_name(w, l, at, f))
		return true;
	n = surname == NULL ? 0 : name_by_letters(w, l, at, begins(l, at));
	return n > 0 &&
	    found_at(f, at, names_end(w, l, at + n, PROOF_WORD), LABEL_NAME,
		"letters");
}
