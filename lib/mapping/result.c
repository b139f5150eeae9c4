#include "mapping/result.h"

#include "base/decimal.h"
#include "base/utf8.h"

/* Width, and the signs that have several code points, to ASCII. */
static struct slice
narrow(struct slice text, struct arena *arena)
{
	static const struct {
		uint32_t from;
		const char *to;
	} signs[] = { { 0x2264, "<=" }, { 0x2265, ">=" }, { 0x2266, "<=" },
		{ 0x2267, ">=" }, { 0x2212, "-" }, { 0x2013, "-" },
		{ 0x2014, "-" }, { 0xD7, "x" }, { 0x223C, "~" },
		{ 0xFF5E, "~" }, { 0x301C, "~" } };
	const char *p = text.p, *end = text.p + text.n;
	char *out = arena_alloc(arena, text.n + 1), *to = out;

	while (p < end) {
		uint32_t code = utf8_next(&p, end);
		size_t i = 0, n = sizeof(signs) / sizeof(signs[0]);

		while (code > 0x7F && i < n && signs[i].from != code)
			i++;
		if (code > 0x7F && i < n) {
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
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static const char *
blanks(const char *p, const char *end)
{
	while (p < end && *p == ' ')
		p++;
	return p;
}

/* Digits, with commas only where they part groups of three. */
static const char *
digits(const char *p, const char *end, char *to, size_t *n)
{
	const char *from = p;
	size_t group = 0;
	bool grouped = false;

	for (; p < end; p++) {
		if (is_digit(*p)) {
			to[(*n)++] = *p;
			group++;
		} else if (*p == ',' && end - p > 3 && is_digit(p[1]) &&
		    is_digit(p[2]) && is_digit(p[3]) &&
		    (end - p == 4 || !is_digit(p[4])) && group > 0 &&
		    (grouped ? group == 3 : group <= 3)) {
			grouped = true;
			group = 0;
		} else {
			break;
		}
	}
	return p > from ? p : NULL;
}

/* "e3", "x10^3", "*10^3", "x10E3" behind a number. */
static const char *
power(const char *p, const char *end, char *to, size_t *n)
{
	const char *q = blanks(p, end);
	size_t begin = *n;

	if (end - q > 4 && (*q == 'x' || *q == 'X' || *q == '*') &&
	    q[1] == '1' && q[2] == '0' &&
	    (q[3] == '^' || q[3] == 'E' || q[3] == 'e'))
		q += 4;
	else if (end - p > 1 && (*p == 'e' || *p == 'E'))
		q = p + 1;
	else
		return p;
	to[(*n)++] = 'e';
	if (q < end && (*q == '-' || *q == '+'))
		to[(*n)++] = *q++;
	if (q == end || !is_digit(*q) || end - q > 5) {
		*n = begin;
		return p;
	}
	while (q < end && is_digit(*q))
		to[(*n)++] = *q++;
	return q;
}

/* Where a number ends, or NULL; its JSON into *json. */
static const char *
number(const char *p, const char *end, struct arena *arena, struct slice *json)
{
	char *text = arena_alloc(arena, (size_t)(end - p) + 8);
	struct decimal d;
	struct err ignored = { 0 };
	const char *q;
	size_t n = 0;

	if (p < end && (*p == '-' || *p == '+')) {
		if (*p == '-')
			text[n++] = '-';
		p++;
	}
	if (p < end && *p == '.')
		text[n++] = '0';
	else if ((p = digits(p, end, text, &n)) == NULL)
		return NULL;
	if (end - p > 1 && *p == '.' && is_digit(p[1])) {
		text[n++] = *p++;
		while (p < end && is_digit(*p))
			text[n++] = *p++;
	}
	q = power(p, end, text, &n);
	if (!is_digit(text[n - 1]) ||
	    !decimal_parse((struct slice){ text, n }, arena, &d, &ignored))
		return NULL;
	*json = decimal_text(&d, arena);
	return q;
}

bool
result_number(struct slice text, struct arena *arena, struct slice *json)
{
	struct slice s = narrow(text, arena);

	return number(s.p, s.p + s.n, arena, json) == s.p + s.n && s.n > 0;
}

static const char *
operator_of(struct slice *s)
{
	static const struct {
		const char *text, *op;
	} words[] = { { "<=", "<=" }, { ">=", ">=" }, { "=<", "<=" },
		{ "=>", ">=" }, { "<", "<" }, { ">", ">" },
		{ "小于等于", "<=" }, { "大于等于", ">=" }, { "不大于", "<=" },
		{ "不小于", ">=" }, { "小于", "<" }, { "大于", ">" },
		{ "低于", "<" }, { "高于", ">" } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_starts(*s, words[i].text)) {
			size_t n = strlen(words[i].text);

			*s = slice_trim((struct slice){ s->p + n, s->n - n });
			return words[i].op;
		}
	return NULL;
}

/* An arrow, or a letter set off by a blank, at either end. */
static const char *
flag_of(struct slice *s)
{
	static const struct {
		const char *text, *flag;
	} words[] = { { "↑↑", "H" }, { "↓↓", "L" }, { "↑", "H" }, { "↓", "L" },
		{ " HH", "H" }, { " LL", "L" }, { " H", "H" }, { " L", "L" },
		{ " A", "A" }, { "偏高", "H" }, { "偏低", "L" },
		{ "(高)", "H" }, { "(低)", "L" } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t n = strlen(words[i].text);

		if (s->n <= n)
			continue;
		if (memcmp(s->p + s->n - n, words[i].text, n) == 0) {
			*s = slice_trim((struct slice){ s->p, s->n - n });
			return words[i].flag;
		}
		if (words[i].text[0] != ' ' &&
		    slice_starts(*s, words[i].text)) {
			*s = slice_trim((struct slice){ s->p + n, s->n - n });
			return words[i].flag;
		}
	}
	return NULL;
}

static bool
coded(struct slice s, struct result *r)
{
	static const struct {
		const char *text, *code;
		unsigned grade;
	} words[] = { { "阴性", "neg", 0 }, { "阴性(-)", "neg", 0 },
		{ "(-)", "neg", 0 }, { "阴", "neg", 0 },
		{ "negative", "neg", 0 }, { "Negative", "neg", 0 },
		{ "NEGATIVE", "neg", 0 }, { "neg", "neg", 0 },
		{ "NEG", "neg", 0 }, { "Neg", "neg", 0 }, { "阳性", "pos", 0 },
		{ "阳性(+)", "pos", 0 }, { "阳", "pos", 0 },
		{ "positive", "pos", 0 }, { "Positive", "pos", 0 },
		{ "POSITIVE", "pos", 0 }, { "pos", "pos", 0 },
		{ "POS", "pos", 0 }, { "Pos", "pos", 0 }, { "+", "pos", 1 },
		{ "++", "pos", 2 }, { "+++", "pos", 3 }, { "++++", "pos", 4 },
		{ "(+)", "pos", 1 }, { "(++)", "pos", 2 },
		{ "(+++)", "pos", 3 }, { "(++++)", "pos", 4 },
		{ "1+", "pos", 1 }, { "2+", "pos", 2 }, { "3+", "pos", 3 },
		{ "4+", "pos", 4 }, { "+1", "pos", 1 }, { "+2", "pos", 2 },
		{ "+3", "pos", 3 }, { "+4", "pos", 4 }, { "±", "weak", 0 },
		{ "+-", "weak", 0 }, { "+/-", "weak", 0 }, { "(±)", "weak", 0 },
		{ "弱阳性", "weak", 0 }, { "弱阳性(±)", "weak", 0 },
		{ "可疑", "weak", 0 }, { "微量", "trace", 0 },
		{ "trace", "trace", 0 }, { "Trace", "trace", 0 } };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(s, words[i].text)) {
			r->kind = RESULT_CODE;
			r->code = words[i].code;
			r->grade = words[i].grade;
			return true;
		}
	return false;
}

/* "-", "~", "--" between two numbers. */
static const char *
dash(const char *p, const char *end)
{
	const char *q = blanks(p, end), *from = q;

	while (q < end && (*q == '-' || *q == '~') && q - from < 2)
		q++;
	return q == from ? NULL : blanks(q, end);
}

static bool
range(struct slice s, struct arena *arena, struct slice *low,
    struct slice *high, struct slice *unit)
{
	const char *end = s.p + s.n;
	const char *p = number(s.p, end, arena, low);
	const char *q = p == NULL ? NULL : dash(p, end);

	if (q == NULL || (q = number(q, end, arena, high)) == NULL)
		return false;
	*unit = slice_trim(slice_span(q, end));
	return true;
}

static bool
titre(struct slice s, struct arena *arena, struct slice *number_json)
{
	return s.n > 2 && s.p[0] == '1' && s.p[1] == ':' && is_digit(s.p[2]) &&
	    result_number(
		(struct slice){ s.p + 2, s.n - 2 }, arena, number_json);
}

void
result_parse(struct slice text, struct arena *arena, struct result *r)
{
	struct slice s = narrow(text, arena);
	const char *end;

	*r = (struct result){ .kind = RESULT_TEXT };
	if (s.n == 0 || s.n > 200 || coded(s, r))
		return;
	r->flag = flag_of(&s);
	if (titre(s, arena, &r->number)) {
		r->kind = RESULT_TITRE;
		return;
	}
	if (range(s, arena, &r->low, &r->high, &r->unit)) {
		r->kind = RESULT_RANGE;
		return;
	}
	r->op = operator_of(&s);
	end = number(s.p, s.p + s.n, arena, &r->number);
	if (end == NULL) {
		*r = (struct result){ .kind = RESULT_TEXT };
		return;
	}
	r->kind = RESULT_NUMBER;
	r->unit = slice_trim(slice_span(end, s.p + s.n));
}

bool
result_range(struct slice text, struct arena *arena, struct slice *low,
    struct slice *high)
{
	struct slice s = narrow(text, arena), unit, bound;
	const char *op;

	*low = *high = (struct slice){ NULL, 0 };
	if (s.n == 0 || s.n > 200)
		return false;
	if (range(s, arena, low, high, &unit)) {
		if (unit.n == 0)
			return true;
		*low = *high = (struct slice){ NULL, 0 };
		return false;
	}
	*low = *high = (struct slice){ NULL, 0 };
	op = operator_of(&s);
	if (op == NULL || number(s.p, s.p + s.n, arena, &bound) != s.p + s.n)
		return false;
	*(op[0] == '<' ? high : low) = bound;
	return true;
}
