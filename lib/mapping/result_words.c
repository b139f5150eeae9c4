#include "mapping/result_words.h"

#include "base/utf8.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* U+00B9, 2, 3 and U+2070 to U+2079 as a digit, or -1. */
static int
superscript(uint32_t code)
{
	if (code == 0xB9)
		return 1;
	if (code == 0xB2 || code == 0xB3)
		return (int)(code & 3);
	if (code == 0x2070 || (code >= 0x2074 && code <= 0x2079))
		return (int)(code & 15);
	return -1;
}

/* "10³" is 10^3, "m²" m2. */
static char *
put_superscript(char *to, const char *from, int digit)
{
	if (to - from >= 2 && to[-1] == '0' && to[-2] == '1')
		*to++ = '^';
	*to++ = (char)('0' + digit);
	return to;
}

struct slice
result_narrow(struct slice text, struct arena *arena)
{
	static const struct {
		uint32_t from;
		const char *to;
	} signs[] = { { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2266, "<=" },
		{ 0x2267, ">=" }, { 0x2212, "-" }, { 0x2013, "-" },
		{ 0x2014, "-" }, { 0xD7, "x" }, { 0x223C, "~" },
		{ 0xFF5E, "~" }, { 0x301C, "~" }, { 0x2236, ":" } };
	const char *p = text.p, *end = text.p + text.n;
	char *out = arena_alloc(arena, 2 * text.n + 1), *to = out;

	while (p < end) {
		uint32_t code = utf8_next(&p, end);
		size_t i = 0;

		while (code > 0x7F && i < COUNT(signs) && signs[i].from != code)
			i++;
		if (code > 0x7F && superscript(code) >= 0) {
			to = put_superscript(to, out, superscript(code));
		} else if (code > 0x7F && i < COUNT(signs)) {
			size_t len = strlen(signs[i].to);

			memcpy(to, signs[i].to, len);
			to += len;
		} else {
			to += utf8_put(to, utf8_narrow(code));
		}
	}
	return slice_trim(slice_span(out, to));
}

static bool
ends(struct slice s, const char *word)
{
	size_t n = strlen(word);

	return s.n >= n && memcmp(s.p + s.n - n, word, n) == 0;
}

static struct slice
without_start(struct slice s, const char *word)
{
	size_t n = strlen(word);

	return slice_trim((struct slice){ s.p + n, s.n - n });
}

static struct slice
without_end(struct slice s, const char *word)
{
	return slice_trim((struct slice){ s.p, s.n - strlen(word) });
}

const char *
result_operator(struct slice *s)
{
	static const struct {
		const char *text, *op;
	} words[] = { { "<=", "<=" }, { ">=", ">=" }, { "=<", "<=" },
		{ "=>", ">=" }, { "<", "<" }, { ">", ">" },
		{ "小于等于", "<=" }, { "大于等于", ">=" },
		{ "小于或等于", "<=" }, { "大于或等于", ">=" },
		{ "不大于", "<=" }, { "不小于", ">=" }, { "不高于", "<=" },
		{ "不低于", ">=" }, { "不超过", "<=" }, { "小于", "<" },
		{ "大于", ">" }, { "低于", "<" }, { "高于", ">" },
		{ "少于", "<" }, { "多于", ">" }, { "超过", ">" } };

	for (size_t i = 0; i < COUNT(words); i++)
		if (slice_starts(*s, words[i].text)) {
			*s = without_start(*s, words[i].text);
			return words[i].op;
		}
	return NULL;
}

const char *
result_flag(struct slice *s)
{
	/* 0: at either end; 'e': at the end only; 's': at the start only */
	static const struct {
		const char *text, *flag;
		char where;
	} words[] = { { "↑↑", "H", 0 }, { "↓↓", "L", 0 }, { "↑", "H", 0 },
		{ "↓", "L", 0 }, { "▲", "H", 0 }, { "▼", "L", 0 },
		{ " HH", "H", 'e' }, { " LL", "L", 'e' }, { " H", "H", 'e' },
		{ " L", "L", 'e' }, { " A", "A", 'e' }, { "H ", "H", 's' },
		{ "L ", "L", 's' }, { "偏高", "H", 0 }, { "偏低", "L", 0 },
		{ "(高)", "H", 0 }, { "(低)", "L", 0 }, { "(H)", "H", 0 },
		{ "(L)", "L", 0 }, { "[H]", "H", 0 }, { "[L]", "L", 0 },
		{ "(↑)", "H", 0 }, { "(↓)", "L", 0 }, { "*", "A", 0 },
		{ "!", "A", 0 } };

	for (size_t i = 0; i < COUNT(words); i++) {
		if (s->n <= strlen(words[i].text))
			continue;
		if (words[i].where != 's' && ends(*s, words[i].text)) {
			*s = without_end(*s, words[i].text);
			return words[i].flag;
		}
		if (words[i].where != 'e' && slice_starts(*s, words[i].text)) {
			*s = without_start(*s, words[i].text);
			return words[i].flag;
		}
	}
	return NULL;
}

/* A word that ends or begins like another stands before it. */
static const struct {
	const char *text, *code;
	unsigned grade;
} words[] = { { "弱阳性", "weak", 0 }, { "弱阳", "weak", 0 },
	{ "阴性", "neg", 0 }, { "阳性", "pos", 0 }, { "可疑", "weak", 0 },
	{ "微量", "trace", 0 }, { "无反应性", "neg", 0 },
	{ "有反应性", "pos", 0 }, { "未检出", "neg", 0 }, { "检出", "pos", 0 },
	{ "non-reactive", "neg", 0 }, { "nonreactive", "neg", 0 },
	{ "reactive", "pos", 0 }, { "not detected", "neg", 0 },
	{ "detected", "pos", 0 }, { "negative", "neg", 0 },
	{ "positive", "pos", 0 }, { "borderline", "weak", 0 },
	{ "trace", "trace", 0 }, { "neg", "neg", 0 }, { "pos", "pos", 0 } };

static const struct {
	const char *text, *code;
	unsigned grade;
} signs[] = { { "阴", "neg", 0 }, { "阳", "pos", 0 }, { "-", "neg", 0 },
	{ "+", "pos", 1 }, { "++", "pos", 2 }, { "+++", "pos", 3 },
	{ "++++", "pos", 4 }, { "1+", "pos", 1 }, { "2+", "pos", 2 },
	{ "3+", "pos", 3 }, { "4+", "pos", 4 }, { "+1", "pos", 1 },
	{ "+2", "pos", 2 }, { "+3", "pos", 3 }, { "+4", "pos", 4 },
	{ "±", "weak", 0 }, { "+-", "weak", 0 }, { "+/-", "weak", 0 } };

static bool
take(struct result *r, const char *code, unsigned grade)
{
	r->kind = RESULT_CODE;
	r->code = code;
	r->grade = grade;
	return true;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

/* Case of letters does not count in words. */
static bool
same(const char *p, const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (lower(p[i]) != word[i])
			return false;
	return true;
}

static bool
is_word(struct slice s, struct result *r)
{
	for (size_t i = 0; i < COUNT(words); i++)
		if (s.n == strlen(words[i].text) &&
		    same(s.p, words[i].text, s.n))
			return take(r, words[i].code, words[i].grade);
	return false;
}

static bool
is_sign(struct slice s, struct result *r)
{
	for (size_t i = 0; i < COUNT(signs); i++)
		if (slice_is(s, signs[i].text))
			return take(r, signs[i].code, signs[i].grade);
	return false;
}

/* A dash alone is missing or negative, by the item's table: text here. */
bool
result_coded(struct slice s, struct result *r)
{
	struct result other;

	if (is_word(s, r) || (!slice_is(s, "-") && is_sign(s, r)))
		return true;
	if (s.n < 3 || s.p[s.n - 1] != ')')
		return false;
	if (s.p[0] == '(')
		return is_sign((struct slice){ s.p + 1, s.n - 2 }, r) ||
		    is_word((struct slice){ s.p + 1, s.n - 2 }, r);
	for (size_t i = 1; i + 2 < s.n; i++) {
		struct slice word = slice_trim((struct slice){ s.p, i });
		struct slice sign = { s.p + i + 1, s.n - i - 2 };

		if (s.p[i] != '(')
			continue;
		/* 阳性(2+): the word and its sign must say the same */
		if (!is_word(word, r) || !is_sign(sign, &other) ||
		    (r->code != other.code && strcmp(r->code, other.code) != 0))
			break;
		r->grade = other.grade;
		return true;
	}
	*r = (struct result){ .kind = RESULT_TEXT };
	return false;
}

bool
result_coded_end(struct slice *s, struct result *r)
{
	for (size_t i = 0; i < COUNT(words); i++) {
		size_t n = strlen(words[i].text);

		if (s->n <= n)
			continue;
		if (same(s->p + s->n - n, words[i].text, n))
			*s = without_end(*s, words[i].text);
		else if (same(s->p, words[i].text, n))
			*s = without_start(*s, words[i].text);
		else
			continue;
		return take(r, words[i].code, words[i].grade);
	}
	return false;
}
