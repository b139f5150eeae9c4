#include "extract/panel_result.h"

#include <string.h>

bool
panel_is_digit(int c)
{
	return c >= '0' && c <= '9';
}

bool
panel_is_letter(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int
panel_byte(const struct view *v, uint32_t at)
{
	return at < v->text.n ? (unsigned char)v->text.p[at] : 0;
}

const char *
panel_begins(const struct view *v, uint32_t at, const char *const *words)
{
	struct slice rest = { v->text.p + at, v->text.n - at };

	for (size_t i = 0; words[i] != NULL; i++)
		if (slice_starts(rest, words[i]))
			return words[i];
	return NULL;
}

uint32_t
panel_skip_clone(const struct view *v, uint32_t from, uint32_t to)
{
	static const char *const clone[] = { "克隆", "抗体", NULL };
	uint32_t at = from + 1;
	bool letter = false;

	if (panel_byte(v, from) != '(')
		return from;
	if (panel_begins(v, at, clone) != NULL) {
		while (at < to && panel_byte(v, at) != ')')
			at++;
		return at < to ? at + 1 : from;
	}
	for (; at < to && panel_byte(v, at) != ')'; at++) {
		int c = panel_byte(v, at);

		if (!panel_is_letter(c) && !panel_is_digit(c) && c != '/' &&
		    c != '-' && c != ' ' && c != '.' && c != '#')
			return from;
		letter |= panel_is_letter(c);
	}
	return at < to && letter ? at + 1 : from;
}

static bool
is_wordy(int c)
{
	return panel_is_letter(c) || panel_is_digit(c) || c == '%' || c == '.';
}

/* "+", "2+", "+++", "+/-". */
static void
pluses(const struct view *v, uint32_t at, struct panel_result *out)
{
	uint32_t from = at;

	while (panel_byte(v, at) == '+')
		at++;
	*out =
	    (struct panel_result){ OUTCOME_PLUS, at - from, false, from, at };
	if (at - from == 1 && panel_is_digit(panel_byte(v, from - 1)) &&
	    !panel_is_digit(panel_byte(v, from - 2)) &&
	    panel_byte(v, from - 2) != '.') {
		out->pluses = (unsigned)(panel_byte(v, from - 1) - '0');
		out->from--;
	}
	if ((panel_byte(v, at) == '/' || panel_byte(v, at) == '~') &&
	    panel_byte(v, at + 1) == '-') {
		out->outcome = OUTCOME_BOTH;
		out->to = at + 2;
	}
}

/* "中-强": the dash of a range of strengths. */
static bool
is_between_words(const struct view *v, uint32_t at)
{
	return panel_byte(v, at - 1) >= 0x80 && panel_byte(v, at + 1) >= 0xE4;
}

/* "-", "-/+"; not the dash of "19-del", of "1%-10%" nor of "中-强". */
static bool
minus(const struct view *v, uint32_t at, struct panel_result *out)
{
	if (is_between_words(v, at))
		return false;
	if (is_wordy(panel_byte(v, at - 1)) && at > out->from && !v->gap[at])
		return false;
	if (panel_is_digit(panel_byte(v, at + 1)))
		return false;
	/* "MSI-PCR" */
	if (panel_is_letter(panel_byte(v, at - 1)) &&
	    panel_is_letter(panel_byte(v, at + 1)) && !v->gap[at + 1])
		return false;
	*out = (struct panel_result){ OUTCOME_MINUS, 0, false, at, at + 1 };
	if ((panel_byte(v, at + 1) == '/' || panel_byte(v, at + 1) == '~') &&
	    panel_byte(v, at + 2) == '+') {
		out->outcome = OUTCOME_BOTH;
		out->to = at + 3;
	}
	return true;
}

/* "阳性(3+)": the score behind the word says how much. */
static void
take_score(const struct view *v, struct panel_result *out)
{
	uint32_t at = out->to;
	struct panel_result score;

	if (panel_byte(v, at) != '(' && panel_byte(v, at) != ',')
		return;
	at++;
	while (panel_is_digit(panel_byte(v, at)))
		at++;
	if (panel_byte(v, at) != '+' || at > out->to + 2)
		return;
	pluses(v, at, &score);
	if (score.outcome != OUTCOME_PLUS)
		return;
	out->pluses = score.pluses;
	out->to = score.to;
}

static bool
spelled(const struct view *v, uint32_t at, struct panel_result *out)
{
	static const char *const plus[] = { "阳性", "弱阳", "强阳", "表达(+)",
		NULL };
	static const char *const less[] = { "阴性", "表达缺失", "蛋白缺失",
		"缺失表达", "不表达", "未见表达", "无表达", "未表达", NULL };
	const char *word = panel_begins(v, at, plus);
	enum outcome outcome = OUTCOME_PLUS;

	if (word == NULL) {
		word = panel_begins(v, at, less);
		outcome = OUTCOME_MINUS;
	}
	if (word == NULL)
		return false;
	*out = (struct panel_result){ outcome, outcome == OUTCOME_PLUS, false,
		at, at + (uint32_t)strlen(word) };
	take_score(v, out);
	return true;
}

/* "(强,95%)": a strength is a result where no sign is. */
static bool
strength(const struct view *v, uint32_t at, struct panel_result *out)
{
	static const char *const words[] = { "(强", "(中", "(弱", NULL };
	const char *word = panel_begins(v, at, words);

	if (word == NULL)
		return false;
	*out = (struct panel_result){ OUTCOME_PLUS, 0, false, at + 1,
		at + (uint32_t)strlen(word) };
	return true;
}

struct panel_result
panel_result(const struct view *v, uint32_t from, uint32_t to)
{
	struct panel_result out = { .from = from };

	for (uint32_t at = from; at < to; at++) {
		int c = panel_byte(v, at);

		if (c == '+') {
			pluses(v, at, &out);
			return out;
		}
		if (c == '-' && minus(v, at, &out))
			return out;
		if (c == 0xC2 && panel_byte(v, at + 1) == 0xB1) {
			out = (struct panel_result){ OUTCOME_BOTH, 0, false, at,
				at + 2 };
			return out;
		}
		if (c >= 0xE0 && spelled(v, at, &out))
			return out;
		if (c == '0' && !is_wordy(panel_byte(v, at + 1)) &&
		    panel_byte(v, at + 1) != '+' && at <= from + 1) {
			out = (struct panel_result){ OUTCOME_NONE, 0, true, at,
				at + 1 };
			return out;
		}
	}
	strength(v, from, &out);
	return out;
}

struct panel_result
panel_result_told(const struct view *v, uint32_t from, uint32_t to)
{
	static const char *const before[] = { "(", ":", " ", "均", "蛋白", "核",
		"胞", "膜", "呈", "为", "示", NULL };
	static const char *const plus[] = { "保留", "存在", "完整", "未缺失",
		"无缺失", "未见缺失", "正常表达", "过表达", "突变型",
		"错义突变型", "错义突变", "突变表达", "表达", NULL };
	static const char *const less[] = { "缺失", "丢失", "失表达", "野生型",
		NULL };
	static const char *const other[] = { "突变", "型", "下降", "降低",
		"减低", "减弱", "不", "待", "情况", NULL };
	struct panel_result out = { .from = from };
	const char *word;
	uint32_t at = from;

	while (at < to && (word = panel_begins(v, at, before)) != NULL)
		at += (uint32_t)strlen(word);
	if (at >= to)
		return out;
	out.from = at;
	if ((word = panel_begins(v, at, plus)) != NULL)
		out.outcome = OUTCOME_PLUS;
	else if ((word = panel_begins(v, at, less)) != NULL)
		out.outcome = OUTCOME_MINUS;
	else
		return out;
	out.to = at + (uint32_t)strlen(word);
	out.pluses = out.outcome == OUTCOME_PLUS;
	/* "EGFR缺失突变", "P53表达情况": no result yet. */
	if (out.to > to || panel_begins(v, out.to, other) != NULL)
		out.outcome = OUTCOME_NONE;
	return out;
}

struct head { /* a word before a list of names, which tells their result */
	const char *word;
	enum outcome outcome;
};

/* Of the first of the words that ends at the place. */
static struct panel_result
head_before(const struct view *v, uint32_t at, const struct head *heads)
{
	for (; heads->word != NULL; heads++) {
		uint32_t n = (uint32_t)strlen(heads->word);

		if (at >= n && memcmp(v->text.p + at - n, heads->word, n) == 0)
			return (struct panel_result){ heads->outcome, 1, false,
				at - n, at };
	}
	return (struct panel_result){ 0 };
}

struct panel_result
panel_result_before(const struct view *v, uint32_t at)
{
	static const struct head heads[] = { { "阳性", OUTCOME_PLUS },
		{ "(+)", OUTCOME_PLUS }, { "阴性", OUTCOME_MINUS },
		{ "(-)", OUTCOME_MINUS }, { NULL, OUTCOME_NONE } };

	if (at == 0 || panel_byte(v, at - 1) != ':')
		return (struct panel_result){ 0 };
	return head_before(v, at - 1, heads);
}

struct panel_result
panel_result_of_verb(const struct view *v, uint32_t at)
{
	static const struct head verbs[] = { { "不表达", OUTCOME_MINUS },
		{ "未表达", OUTCOME_MINUS }, { "无表达", OUTCOME_MINUS },
		{ "失表达", OUTCOME_MINUS }, { "蛋白表达", OUTCOME_NONE },
		{ "检测表达", OUTCOME_NONE }, { "表达", OUTCOME_PLUS },
		{ NULL, OUTCOME_NONE } };

	return head_before(v, at, verbs);
}

bool
panel_is_list(const struct view *v, uint32_t from, uint32_t to)
{
	static const char *const signs[] = { "、", ",", "/", " ", "及", "和",
		"与", "以及", NULL };
	const char *word;

	while (from < to && (word = panel_begins(v, from, signs)) != NULL)
		from += (uint32_t)strlen(word);
	return from == to;
}
