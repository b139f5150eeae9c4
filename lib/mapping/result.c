#include "mapping/result.h"

#include "base/ascii.h"
#include "base/decimal.h"
#include "mapping/result_words.h"

#define MAX_TEXT 200

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

/*
 * "e3", "x10^3", "*10^3", "x10E3" behind a number; "x10^9/L" is a unit.
 */
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
	if (q < end && *q == '/') {
		*n = begin;
		return p;
	}
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
	struct slice s = result_narrow(text, arena);

	return number(s.p, s.p + s.n, arena, json) == s.p + s.n && s.n > 0;
}

bool
result_quantity(struct slice text, struct arena *arena, struct slice *json,
    struct slice *behind)
{
	struct slice s = result_narrow(text, arena);
	const char *end = s.p + s.n, *p;

	if (text.n > MAX_TEXT || (p = number(s.p, end, arena, json)) == NULL)
		return false;
	*behind = slice_trim(slice_span(p, end));
	return behind->n > 0;
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

static bool
is_of_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c & 0x80) != 0;
}

/* Digits and marks alone are no unit: 120/80 is no number with one. */
static bool
may_be_unit(struct slice s)
{
	for (size_t i = 0; i < s.n && s.p[0] != '^'; i++)
		if (is_of_word(s.p[i]) || s.p[i] == '%')
			return true;
	return s.n == 0;
}

static bool
ordered(struct slice low, struct slice high, struct arena *arena)
{
	struct decimal a, b;
	struct err ignored = { 0 };

	return decimal_parse(low, arena, &a, &ignored) &&
	    decimal_parse(high, arena, &b, &ignored) &&
	    decimal_cmp(&a, &b) <= 0;
}

/* A titre, a range or a number, with an operator and a unit. */
static bool
quantity(struct slice s, struct arena *arena, struct result *r)
{
	const char *end = s.p + s.n, *p;

	if (range(s, arena, &r->low, &r->high, &r->unit) &&
	    may_be_unit(r->unit) && ordered(r->low, r->high, arena)) {
		r->kind = RESULT_RANGE;
		return true;
	}
	r->op = result_operator(&s);
	if (titre(s, arena, &r->number)) {
		r->kind = RESULT_TITRE;
		r->unit = SLICE("");
		return true;
	}
	p = number(s.p, end, arena, &r->number);
	if (p == NULL)
		return false;
	r->kind = RESULT_NUMBER;
	r->unit = slice_trim(slice_span(p, end));
	return may_be_unit(r->unit);
}

/* "0.05(阴性)", "2+(125mg/dL)": a finding and its quantity. */
static bool
bracketed(struct slice s, struct arena *arena, struct result *r)
{
	struct result finding = { .kind = RESULT_TEXT };
	struct slice outer, inner;
	const char *open;

	if (s.n < 4 || s.p[s.n - 1] != ')' ||
	    (open = memchr(s.p, '(', s.n)) == NULL)
		return false;
	outer = slice_trim(slice_span(s.p, open));
	inner = slice_trim(slice_span(open + 1, s.p + s.n - 1));
	if (result_coded(outer, &finding) && quantity(inner, arena, r)) {
		r->code = finding.code;
		r->grade = finding.grade;
		return true;
	}
	if (slice_is(inner, "-"))
		finding.code = "neg";
	else if (!result_coded(inner, &finding))
		return false;
	if (!quantity(outer, arena, r))
		return false;
	r->code = finding.code;
	r->grade = finding.grade;
	return true;
}

/* "阳性1:80", "0.05 阴性" */
static bool
with_word(struct slice s, struct arena *arena, struct result *r)
{
	struct result finding;

	if (!result_coded_end(&s, &finding) || !quantity(s, arena, r))
		return false;
	r->code = finding.code;
	return true;
}

/* The structured numeric of HL7: "^1^:^80", ">^100", "^3^-^5", "^2^+". */
static struct slice
structured(struct slice s, struct arena *arena)
{
	static const char marks[] = "<>=^0123456789.:+-/ ";
	char *out;
	size_t n = 0;

	if (s.n == 0 || memchr(s.p, '^', s.n) == NULL ||
	    memchr(marks, s.p[0], 4) == NULL)
		return s;
	out = arena_alloc(arena, s.n);
	for (size_t i = 0; i < s.n; i++) {
		if (memchr(marks, s.p[i], sizeof(marks) - 1) == NULL)
			return s;
		if (s.p[i] != '^')
			out[n++] = s.p[i];
	}
	return slice_trim((struct slice){ out, n });
}

void
result_parse(struct slice text, struct arena *arena, struct result *r)
{
	static const struct result none = { .kind = RESULT_TEXT };
	static bool (*const ways[])(struct slice, struct arena *,
	    struct result *) = { bracketed, with_word, quantity };
	const char *flag;
	struct slice s;

	*r = none;
	if (text.n > MAX_TEXT)
		return;
	s = structured(result_narrow(text, arena), arena);
	if (s.n == 0 || result_coded(s, r))
		return;
	flag = result_flag(&s);
	if (flag != NULL && result_coded(s, r)) {
		r->flag = flag;
		return;
	}
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		*r = none;
		if (ways[i](s, arena, r)) {
			r->flag = flag;
			return;
		}
	}
	*r = none;
}

bool
result_range(struct slice text, struct arena *arena, struct slice *low,
    struct slice *high)
{
	struct slice s, unit, bound;
	const char *op;

	*low = *high = (struct slice){ NULL, 0 };
	if (text.n > MAX_TEXT)
		return false;
	s = result_narrow(text, arena);
	if (range(s, arena, low, high, &unit)) {
		if (unit.n == 0)
			return true;
		*low = *high = (struct slice){ NULL, 0 };
		return false;
	}
	*low = *high = (struct slice){ NULL, 0 };
	op = result_operator(&s);
	if (op == NULL || number(s.p, s.p + s.n, arena, &bound) != s.p + s.n)
		return false;
	*(op[0] == '<' ? high : low) = bound;
	return true;
}
