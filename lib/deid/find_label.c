#include "deid/letters.h"

/*
 * Labels, as forms and tables write them: 姓　名：, 签名（盖章）：, 姓名 | ,
 * with a line end before the value; and the numbers behind them.
 */
static bool
is_colon(uint32_t c)
{
	return c == ':' || c == '=' || c == 0xFE55 || c == 0x2236;
}

/* 姓    名: the two letters of a label pulled apart. */
static const struct word *
spaced(const struct deid_words *w, struct letters l, size_t at,
    enum word_kind kind, size_t *behind)
{
	uint32_t code[8] = { 0 };
	uint32_t places[8] = { 0 };
	struct letters tight = { code, places, 0, 0 };
	size_t ends[8], p = at;
	const struct word *word;

	while (tight.n < 4 && is_han(l.code[p])) {
		code[tight.n] = l.code[p];
		ends[tight.n++] = p + 1;
		p = behind_blanks(&l, p + 1);
		if (is_line_end(l.code[p]) && is_han(l.code[p + 1]))
			p++;
	}
	if (tight.n < 2)
		return NULL;
	word = words_at(w, &tight, 0, kind);
	if (word == NULL || word->n < 2 || ends[word->n - 1] == at + word->n)
		return NULL;
	*behind = ends[word->n - 1];
	return word;
}

bool
label_at(const struct deid_words *w, const struct letters *l, size_t at,
    enum word_kind kind, const struct word **word, size_t *behind)
{
	*word = words_at(w, l, at, kind);
	if (*word != NULL)
		*behind = at + (*word)->n;
	else if (is_blank(l->code[at + 1]) || is_line_end(l->code[at + 1]))
		*word = spaced(w, *l, at, kind, behind);
	return *word != NULL;
}

/* --- numbers ------------------------------------------------------------- */

/* What stands between a label and its number; sure: there was a sign. */
static size_t
behind_sign(const struct letters *l, size_t at, bool *sure)
{
	size_t p = behind_blanks(l, at), q;

	if (l->code[p] == '(') { /* 身份证号（末位X）： */
		for (q = p; q < p + 12 && l->code[q] != ')' && q < l->n; q++)
			;
		if (l->code[q] == ')' && is_colon(l->code[q + 1]))
			p = q + 1;
	}
	*sure = false;
	if (at > 0 && is_letter(l->code[at - 1]) && l->code[p] == '.')
		p++; /* No. */
	while (is_colon(l->code[p]) || is_blank(l->code[p]) ||
	    l->code[p] == '|' || l->code[p] == '#' || l->code[p] == '[' ||
	    l->code[p] == 0x3014 || l->code[p] == 0x4E3A /* 为 */ ||
	    l->code[p] == 0x662F /* 是 */ ||
	    (*sure && is_line_end(l->code[p]))) {
		*sure = *sure || !is_blank(l->code[p]);
		p++;
	}
	return p;
}

static bool
is_part(uint32_t c)
{
	return is_digit(c) || is_letter(c) || c == '_' || c == '*';
}

/* The digits that a number of this kind has; more are another number's. */
static size_t
digits_most(enum label label)
{
	switch (label) {
	case LABEL_PHONE:
		return 12;
	case LABEL_ID_CARD:
		return 18;
	case LABEL_BANK_CARD:
		return 19;
	case LABEL_HEALTH_CARD:
		return 20;
	default:
		return 0; /* not divided by blanks */
	}
}

static bool
is_inner_gap(uint32_t c)
{
	return is_blank(c) || is_line_end(c) || is_hyphen(c) || c == '.' ||
	    c == '(' || c == ')' || c == '+';
}

/*
 * A run of digits and letters; between the groups of a phone or card also what
 * people put there, until it has as many digits as such a number.
 */
static size_t
number_end(const struct letters *l, size_t from, enum label label, size_t *n)
{
	size_t p = from, to = from, most = digits_most(label);

	*n = 0;
	for (;;) {
		size_t digits = *n;

		while (is_part(l->code[p]) ||
		    (p > from && is_hyphen(l->code[p]) &&
			is_part(l->code[p + 1]))) {
			*n += is_digit(l->code[p]);
			p++;
		}
		if (most > 0 && digits > 0 && *n > most)
			break; /* the next group is another number */
		if (p > to)
			to = p;
		if (most == 0 || *n >= most)
			break;
		for (p = to; p < to + 2 && is_inner_gap(l->code[p]); p++)
			;
		if (p == to || !is_digit(l->code[p]) ||
		    (label == LABEL_PHONE && *n >= 11))
			break;
	}
	*n = 0;
	for (p = from; p < to; p++)
		*n += is_digit(l->code[p]);
	return to;
}

static bool
is_stop(uint32_t c)
{
	return c == 0x3002 /* 。 */ || c == 0x3001 /* 、 */ || c == ';' ||
	    c == ',' || c == '|' || c == '\t' || is_line_end(c) ||
	    c == 0xFF1B || c == ')';
}

/* 姓名：, 电话 : the next field of the form begins. */
static bool
is_next_label(const struct deid_words *w, const struct letters *l, size_t at)
{
	static const enum word_kind next[] = { WORD_LABEL, WORD_NUMBER };

	for (size_t i = 0; i < sizeof(next) / sizeof(next[0]); i++) {
		const struct word *word = words_at(w, l, at, next[i]);
		bool sure = false;

		if (word != NULL)
			behind_sign(l, at + word->n, &sure);
		if (word != NULL && (sure || is_blank(l->code[at - 1])))
			return true;
	}
	return false;
}

/* 浙江杭州 民族：: a blank, and then letters and a colon, named or not. */
static bool
is_any_label(const struct letters *l, size_t at)
{
	size_t p = at;

	if (at == 0 || !is_blank(l->code[at - 1]))
		return false;
	while (p < at + 6 && is_han(l->code[p]))
		p++;
	return p > at + 1 && is_colon(l->code[p]);
}

/* An address or employer: up to what ends it. */
static size_t
text_end(const struct deid_words *w, const struct letters *l, size_t from)
{
	size_t p = from;

	while (p < l->n && p < from + 60 && !is_stop(l->code[p]) &&
	    !(p > from + 1 && (is_next_label(w, l, p) || is_any_label(l, p))))
		p++;
	while (p > from && is_blank(l->code[p - 1]))
		p--;
	return p;
}

#define HOSPITAL_MOST 25 /* letters of its name */

/* The end of the hospital that stands at an address, or 0. */
static size_t
hospital_end(const struct deid_words *w, const struct letters *l, size_t from)
{
	size_t to = find_address_end(w, l, from);

	for (size_t p = to; p < to + HOSPITAL_MOST && is_han(l->code[p]); p++) {
		const struct word *end = words_at(w, l, p, WORD_HOSPITAL);

		if (end != NULL)
			return p + end->n;
	}
	return 0;
}

/* An address that goes on behind the end of a line: 雨花区新 / 华路7号. */
static size_t
address_end(const struct deid_words *w, const struct letters *l, size_t from,
    bool field)
{
	size_t hospital = field ? 0 : hospital_end(w, l, from);
	size_t to = hospital > 0 ? hospital : text_end(w, l, from);
	size_t next = to + 1, end;

	if (!is_line_end(l->code[to]) || is_next_label(w, l, next))
		return to;
	end = find_address_end(w, l, next);
	return end > next &&
		(is_blank(l->code[end]) || is_stop(l->code[end]) || end == l->n)
	    ? end
	    : to;
}

/* 年龄：93 */
static bool
labelled_age(const struct letters *l, size_t from, size_t to, struct finding *f)
{
	unsigned n = 0;

	for (size_t i = from; i < to; i++) {
		if (!is_digit(l->code[i]) || n > 150)
			return false;
		n = n * 10 + (l->code[i] - '0');
	}
	return n >= 90 && n <= 150 &&
	    found_at(f, from, l->code[to] == 0x5C81 /* 岁 */ ? to + 1 : to,
		LABEL_AGE_OVER_89, "label");
}

static bool
is_number_of(enum label label, size_t letters, size_t digits, bool sure)
{
	switch (label) {
	case LABEL_BED:
		return digits >= 1 && letters <= 6;
	case LABEL_ACCOUNT:
		return letters >= 4 &&
		    (sure || digits >= 5 || (letters >= 6 && digits > 0));
	case LABEL_PHONE:
		return digits >= 5;
	default:
		return letters >= 4 && digits >= 3;
	}
}

/* 编号 and 号码 that begin a field, with nothing to say whose they are. */
static bool
is_bare_number(const struct letters *l, size_t at)
{
	size_t from =
	    at > 0 && l->code[at - 1] == 0x7F16 /* 编 */ ? at - 1 : at;

	return (from == 0 || !is_han(l->code[from - 1])) &&
	    (from < at || l->code[at + 1] == 0x7801 /* 码 */);
}

/* Some word before 号 that says what it numbers. */
static bool
is_some_number(const struct letters *l, size_t at)
{
	return at >= 2 && han_digit(l->code[at - 1]) < 0 &&
	    (l->code[at - 1] == ')' ||
		(is_han(l->code[at - 1]) && is_han(l->code[at - 2])));
}

/* 透析号 M0053377, 号码：…: whatever it is the number of. */
static bool
unnamed_number(const struct letters *l, size_t at, struct finding *f)
{
	size_t from, to, digits;
	bool sure, bare = is_bare_number(l, at);

	if (!bare && !is_some_number(l, at))
		return false;
	from = behind_sign(
	    l, at + 1 + (l->code[at + 1] == 0x7801 /* 码 */), &sure);
	if (from == at + 1 && !sure && !bare)
		return false;
	to = number_end(l, from, LABEL_OTHER_ID, &digits);
	return digits >= 5 && !is_han(l->code[to]) &&
	    found_at(f, from, to, LABEL_OTHER_ID, "number");
}

bool
find_labelled(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	const struct word *word;
	size_t behind, from, to, digits;
	struct finding proven;
	enum label label;
	bool sure;

	if (l->code[at] == 0x53F7 /* 号 */)
		return unnamed_number(l, at, f);
	if (find_ward_bed(w, l, at, f))
		return true;
	if (!label_at(w, l, at, WORD_NUMBER, &word, &behind))
		return false;
	label = (enum label)word->label;
	from = behind_sign(l, behind, &sure);
	if (word->n == 1 && !sure)
		return false;
	if (label == LABEL_ADDRESS) {
		to = address_end(w, l, from, sure || from > behind);
		return (sure || find_address_end(w, l, from) > from) &&
		    to > from + 1 && found_at(f, from, to, label, "label");
	}
	if (label == LABEL_OTHER_ID && !is_part(l->code[from])) {
		to = text_end(w, l, from);
		return sure && to > from + 1 &&
		    found_at(f, from, to, label, "label");
	}
	to = from +
	    (l->code[from] == '+' || l->code[from] == '(' ||
		l->code[from] == 0x52A0 /* 加 */ ||
		l->code[from] == 0x7B2C /* 第 */);
	to = number_end(l, to, label, &digits);
	if (label == LABEL_AGE_OVER_89)
		return labelled_age(l, from, to, f);
	if (label == LABEL_BED && find_bed(l, from, &proven))
		return found_at(f, from, proven.to, label, "label");
	if (find_proven(l, from, &proven) &&
	    (label == LABEL_PHONE || proven.to > to))
		return found_at(f, from, proven.to, label, "label");
	return is_number_of(label, to - from, digits, sure) &&
	    found_at(f, from, to, label, "label");
}
