#include "deid/letters.h"

/*
 * Names and what stands behind labels.  A surname alone proves nothing: a name
 * needs a label, a title, a relative, or 某 beside it.
 */
static bool
take(struct finding *f, size_t from, size_t to, enum label label,
    const char *rule)
{
	*f = (struct finding){
		.from = from, .to = to, .label = label, .rule = rule
	};
	return true;
}

static bool
is_colon(uint32_t c)
{
	return c == ':' || c == '=';
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t';
}

/* Between the names of a list. */
static bool
is_list(uint32_t c)
{
	return c == '/' || c == 0x3001 || c == ',';
}

/* What may stand behind a name; a further letter of a word may not. */
static bool
is_end(uint32_t c)
{
	return !is_han(c) && c != 0xB7;
}

/* Words that follow a name without a mark between. */
static bool
goes_on(uint32_t c)
{
	static const uint32_t words[] = { 0x7537 /* 男 */, 0x5973 /* 女 */,
		0x56E0 /* 因 */, 0x4E8E /* 于 */, 0x5728 /* 在 */,
		0x81EA /* 自 */, 0x7684 /* 的 */, 0x5165 /* 入 */,
		0x8BC9 /* 诉 */, 0x8BF4 /* 说 */, 0x6027 /* 性 */,
		0x4E3A /* 为 */, 0x548C /* 和 */, 0x4E0E /* 与 */ };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i] == c)
			return true;
	return false;
}

/*
 * The letters of a name that begins here; 0 for none.  With a label and colon
 * before it (sure), any short run of letters is one; else it begins with a
 * surname and something must end it.
 */
static size_t
name_at(
    const struct deid_words *w, const struct letters *l, size_t at, bool sure)
{
	const struct word *surname = words_at(w, l, at, WORD_SURNAME);
	const struct word *keep = words_at(w, l, at, WORD_KEEP);
	size_t run = 0, n;

	while (run < 16 &&
	    (is_han(l->code[at + run]) || l->code[at + run] == 0xB7))
		run++;
	if (keep != NULL && keep->n > 1)
		return 0;
	for (size_t i = 2; i + 1 < run; i++) /* 阿卜杜拉·买买提 */
		if (l->code[at + i] == 0xB7)
			return run;
	if (sure && run >= 2 && run <= 4)
		return run == 4 && surname != NULL && surname->n == 1 &&
			goes_on(l->code[at + 3])
		    ? 3
		    : run;
	if (surname == NULL)
		return 0;
	for (n = surname->n + 2; n > surname->n; n--)
		if (n <= run &&
		    (is_end(l->code[at + n]) || goes_on(l->code[at + n])))
			return n;
	return sure && run > 4 ? surname->n + 2 : 0;
}

/* Behind a label: one name, or a list of them. */
static bool
labelled(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *label, struct finding *f)
{
	size_t p = at + label->n, from, to = 0, n;
	bool sure;

	while (is_blank(l->code[p]))
		p++;
	sure = is_colon(l->code[p]);
	if (sure)
		p++;
	while (is_blank(l->code[p]))
		p++;
	for (from = p; (n = name_at(w, l, p, sure)) > 0;) {
		to = p += n;
		if (!is_list(l->code[p]))
			break;
		p++;
		while (is_blank(l->code[p]))
			p++;
	}
	return to > 0 && take(f, from, to, label->label, "label");
}

/* Digits and letters behind 住院号 and such, an address up to its end. */
static bool
labelled_number(const struct letters *l, size_t at, const struct word *label,
    struct finding *f)
{
	size_t p = at + label->n, from;
	bool text =
	    label->label == LABEL_ADDRESS || label->label == LABEL_OTHER_ID;
	bool colon = false;

	while (is_colon(l->code[p]) || is_blank(l->code[p]) ||
	    l->code[p] == 0x4E3A /* 为 */ || l->code[p] == 0x662F /* 是 */) {
		colon = colon || !is_blank(l->code[p]);
		p++;
	}
	from = p;
	if (text) {
		while (p < l->n && p < from + 60 &&
		    l->code[p] != 0x3002 /* 。 */ && l->code[p] != ';' &&
		    l->code[p] != ',' && l->code[p] != '\n' &&
		    l->code[p] != 0x3001)
			p++;
		return colon && p > from + 1 &&
		    take(f, from, p, label->label, "label");
	}
	while (is_digit(l->code[p]) || is_letter(l->code[p]) ||
	    (l->code[p] == '-' && p > from) || l->code[p] == '_')
		p++;
	if (p < from + (label->label == LABEL_BED ? 1u : 4u))
		return false;
	return take(f, from, p, label->label, "label");
}

/* 王芳主任, 李医生, 张某某 */
static bool
titled(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *surname, struct finding *f)
{
	size_t p = at + surname->n;

	if (l->code[p] == 0x67D0 /* 某 */) {
		while (l->code[p] == 0x67D0)
			p++;
		return take(f, at, p, LABEL_NAME, "someone");
	}
	for (size_t given = 0; given <= 2; given++, p++) {
		const struct word *title = words_at(w, l, p, WORD_AFTER);

		if (title != NULL)
			return take(f, at, p, title->label, "title");
		if (!is_han(l->code[p]))
			return false;
	}
	return false;
}

/* 其妻(王芳), 儿子李强, */
static bool
kin(const struct deid_words *w, const struct letters *l, size_t at,
    const struct word *word, struct finding *f)
{
	size_t p = at + word->n, n;
	bool bracket = l->code[p] == '(' || is_colon(l->code[p]);

	if (bracket)
		p++;
	n = name_at(w, l, p, false);
	return n > 0 && take(f, p, p + n, LABEL_NAME, "kin");
}

static bool
is_province(uint32_t c)
{
	static const char plates[] =
	    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
	const char *p = plates, *end = plates + sizeof(plates) - 1;

	while (p < end)
		if (utf8_next(&p, end) == c)
			return true;
	return false;
}

/* 京A·12345 */
static bool
plate(const struct letters *l, size_t at, struct finding *f)
{
	size_t p = at + 2, from;

	if (l->code[at + 1] < 'A' || l->code[at + 1] > 'Z' ||
	    !is_province(l->code[at]))
		return false;
	if (l->code[p] == 0xB7 || l->code[p] == ' ')
		p++;
	for (from = p;
	     is_digit(l->code[p]) || (l->code[p] >= 'A' && l->code[p] <= 'Z');)
		p++;
	return (p - from == 5 || p - from == 6) &&
	    take(f, at, p, LABEL_PLATE, "plate");
}

/*
 * 北京市朝阳区建国路5号3单元201室: from a province or city to the last number
 * of a house, within one run of letters and digits.
 */
static bool
address(const struct letters *l, size_t at, struct finding *f)
{
	static const uint32_t ends[] = { 0x53F7 /* 号 */, 0x5BA4 /* 室 */,
		0x680B /* 栋 */, 0x697C /* 楼 */, 0x5355 /* 单 */ };
	size_t to = 0;
	bool place = false;

	for (size_t p = at; p < at + 50 && p < l->n; p++) {
		uint32_t c = l->code[p];

		if (!is_han(c) && !is_digit(c) && !is_letter(c) && c != '-')
			break;
		if (p >= at + 2 && p <= at + 4 &&
		    (c == 0x7701 /* 省 */ || c == 0x5E02 /* 市 */))
			place = true;
		for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
			if (place && c == ends[i] && is_digit(l->code[p - 1]))
				to = p + (c == 0x5355 ? 2 : 1);
	}
	return to > 0 && to <= l->n &&
	    take(f, at, to, LABEL_ADDRESS, "address");
}

bool
find_name(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *word;

	if ((word = words_at(w, l, at, WORD_NUMBER)) != NULL &&
	    labelled_number(l, at, word, f))
		return true;
	if ((word = words_at(w, l, at, WORD_LABEL)) != NULL &&
	    labelled(w, l, at, word, f))
		return true;
	if (!is_han(l->code[at]))
		return false;
	if ((word = words_at(w, l, at, WORD_KIN)) != NULL &&
	    kin(w, l, at, word, f))
		return true;
	if (plate(l, at, f) || address(l, at, f))
		return true;
	if (words_at(w, l, at, WORD_KEEP) != NULL)
		return false;
	word = words_at(w, l, at, WORD_SURNAME);
	return word != NULL && titled(w, l, at, word, f);
}
