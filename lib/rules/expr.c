#include "rules/expr.h"

#include <ctype.h>

#include "base/utf8.h"
#include "rules/expr_token.h"

struct slice
expr_fold(struct slice s, struct arena *a)
{
	char *to = arena_alloc(a, s.n + 4);
	const char *p = s.p, *end = s.p + s.n;
	bool quoted = false;
	size_t n = 0;

	while (p < end) {
		const char *from = p;
		uint32_t code = utf8_next(&p, end);

		if (code == '"' && (from == s.p || from[-1] != '\\'))
			quoted = !quoted;
		if (!quoted && code != 0xFFFD && utf8_narrow(code) != code) {
			n += utf8_put(to + n, utf8_narrow(code));
		} else {
			memcpy(to + n, from, (size_t)(p - from));
			n += (size_t)(p - from);
		}
	}
	return (struct slice){ to, n };
}

void
expr_start(
    struct lexer *x, struct slice text, bool arithmetic, struct resolver *with)
{
	text = expr_fold(text, with->arena);
	*x = (struct lexer){ .p = text.p,
		.start = text.p,
		.end = text.p + text.n,
		.arithmetic = arithmetic,
		.with = with };
	expr_next(x);
}

/* What is no JSON string is a lone quote, which fits nowhere. */
static void
read_string(struct lexer *x)
{
	const char *from = x->p++;
	struct slice text;
	struct err e = { 0 };

	while (x->p < x->end && *x->p != '"')
		x->p += *x->p == '\\' && x->p + 1 < x->end ? 2 : 1;
	x->p += x->p < x->end;
	text = json_pad(slice_span(from, x->p), x->with->arena);
	if (!json_check(text.p, text.n, 1, &e)) {
		x->now.kind = TOKEN_SIGN;
		x->now.sign = '"';
		x->now.text = slice_span(from, x->p);
		return;
	}
	x->now.kind = TOKEN_STRING;
	x->now.text = json_text(json_of(text), x->with->arena);
}

static bool
is_word(const struct lexer *x, const char *p)
{
	unsigned char c = (unsigned char)*p;

	if (c >= 0x80 || isalnum(c) || c == '_' || c == '.')
		return true;
	if (x->arithmetic)
		return c == '@';
	return is_one_of((char)c, "/%^*+-:@");
}

/* 2024-01-01, with a time: its hyphens are no subtraction. */
static size_t
date_length(const char *p, const char *end)
{
	size_t n = 0;

	while (p + n < end && n < 10 &&
	    (n == 4 || n == 7 ? p[n] == '-' : isdigit((unsigned char)p[n])))
		n++;
	if (n < 10)
		return 0;
	while (p + n < end && n < 25 &&
	    (isdigit((unsigned char)p[n]) || is_one_of(p[n], "T:+Z")))
		n++;
	return n;
}

/* Brackets belong to a path (a[].b, a["x"], a[0]), not to a word else. */
static size_t
bracket_length(const char *p, const char *end)
{
	size_t n = 1;

	if (p >= end || *p != '[')
		return 0;
	if (p + 1 < end && p[1] == '"') {
		for (n = 2; p + n < end && p[n] != '"'; n++)
			;
		n++;
	} else {
		while (p + n < end && isdigit((unsigned char)p[n]))
			n++;
	}
	return p + n < end && p[n] == ']' ? n + 1 : 0;
}

/* What follows `person` in person(pid).birth_date. */
static size_t
lookup_length(const char *p, const char *end)
{
	const char *close =
	    p < end && *p == '(' ? memchr(p, ')', (size_t)(end - p)) : NULL;
	size_t n;

	if (close == NULL || close + 2 >= end || close[1] != '.' ||
	    isdigit((unsigned char)close[2]) ||
	    memchr(p + 1, '(', (size_t)(close - p - 1)) != NULL)
		return 0;
	n = (size_t)(close - p) + 2;
	while (p + n < end &&
	    ((unsigned char)p[n] >= 0x80 || isalnum((unsigned char)p[n]) ||
		is_one_of(p[n], "_.")))
		n++;
	return n;
}

static void
read_word(struct lexer *x)
{
	const char *from = x->p;
	size_t n = x->arithmetic ? date_length(x->p, x->end) : 0;

	x->p += n;
	while (n == 0 && x->p < x->end) {
		size_t bracket = x->p > from ? bracket_length(x->p, x->end) : 0;

		if (bracket > 0)
			x->p += bracket;
		else if (is_word(x, x->p))
			x->p++;
		else
			break;
	}
	x->p += lookup_length(x->p, x->end);
	x->now.kind = TOKEN_WORD;
	x->now.text = slice_span(from, x->p);
}

void
expr_next(struct lexer *x)
{
	while (x->p < x->end && is_one_of(*x->p, " \t\r\n"))
		x->p++;
	x->now = (struct token){
		.kind = TOKEN_END, .at = x->p, .text = { x->p, 0 }
	};
	if (x->p >= x->end)
		return;
	if (*x->p == '"') {
		read_string(x);
		return;
	}
	if (is_word(x, x->p)) {
		read_word(x);
		return;
	}
	x->now.kind = TOKEN_SIGN;
	x->now.sign = *x->p++;
	if (x->p < x->end && *x->p == '=' && is_one_of(x->now.sign, "<>!=")) {
		x->now.sign = x->now.sign == '<' ? 'l'
		    : x->now.sign == '>'         ? 'g'
		    : x->now.sign == '!'         ? 'n'
						 : '=';
		x->p++;
	}
	x->now.text = slice_span(x->now.at, x->p);
}

bool
expr_is(const struct lexer *x, char sign)
{
	return x->now.kind == TOKEN_SIGN && x->now.sign == sign;
}

bool
expr_is_word(const struct lexer *x, const char *word)
{
	return x->now.kind == TOKEN_WORD && slice_is(x->now.text, word);
}

bool
expr_accept(struct lexer *x, char sign)
{
	if (!expr_is(x, sign))
		return false;
	expr_next(x);
	return true;
}

bool
expr_expected(const struct lexer *x, const char *what, struct err *e)
{
	size_t at = utf8_count(x->start, (size_t)(x->now.at - x->start)) + 1;

	if (x->now.kind == TOKEN_END)
		return err_set(e, ERR_USAGE, "expected %s at the end", what);
	return err_set(e, ERR_USAGE, "expected %s at character %zu, not '%.*s'",
	    what, at, (int)x->now.text.n, x->now.text.p);
}

/* --- intervals ------------------------------------------------------------- */

static bool
read_bound(struct lexer *x, struct bound *b, struct err *e)
{
	struct err why = { 0 };
	struct slice text = x->now.text;
	const char *from = x->now.at;

	if (expr_is(x, ',') || expr_is(x, ']') || expr_is(x, ')'))
		return true;
	if (expr_is(x, '-') || expr_is(x, '+')) {
		expr_next(x);
		text = slice_span(from, x->p);
	}
	b->there = true;
	if (slice_is(text, "now")) {
		b->now = b->is_date = x->with->uses_now = true;
	} else if (text.n > 4 && text.p[4] == '-' &&
	    date_parse(text, &b->date, &why)) {
		b->is_date = true;
	} else if (!decimal_parse(text, x->with->arena, &b->number, &why)) {
		return expr_expected(x, "a number or date", e);
	}
	expr_next(x);
	return true;
}

/* A value may lie between the two. */
static bool
in_order(const struct bound *l, const struct bound *h)
{
	int order;

	if (!l->there || !h->there || l->now || h->now)
		return true;
	if (l->is_date != h->is_date)
		return false;
	order = l->is_date ? date_cmp(&l->date, &h->date)
			   : decimal_cmp(&l->number, &h->number);
	return order < 0 || (order == 0 && !l->open && !h->open);
}

bool
interval_is_empty(const struct interval *i)
{
	return !in_order(&i->low, &i->high);
}

bool
interval_meet(const struct interval *a, const struct interval *b)
{
	return in_order(&a->low, &b->high) && in_order(&b->low, &a->high);
}

static bool
check_order(const struct interval *i, struct err *e)
{
	const struct bound *l = &i->low, *h = &i->high;

	if (l->there && h->there && !l->now && !h->now &&
	    l->is_date != h->is_date)
		return err_set(
		    e, ERR_USAGE, "an interval from a date to a number");
	return !interval_is_empty(i) ||
	    err_set(e, ERR_USAGE,
		"the interval is empty (its lower end stands first)");
}

bool
expr_interval(struct lexer *x, struct interval *i, struct err *e)
{
	*i = (struct interval){ 0 };
	if (!expr_is(x, '[') && !expr_is(x, '('))
		return expr_expected(x, "an interval such as [0,14)", e);
	i->low.open = expr_is(x, '(');
	expr_next(x);
	if (!read_bound(x, &i->low, e))
		return false;
	if (!expr_accept(x, ','))
		return expr_expected(x, "a comma", e);
	if (!read_bound(x, &i->high, e))
		return false;
	if (!expr_is(x, ']') && !expr_is(x, ')'))
		return expr_expected(x, "']' or ')'", e);
	i->high.open = expr_is(x, ')');
	expr_next(x);
	return check_order(i, e);
}

bool
interval_parse(
    struct slice text, struct resolver *with, struct interval *i, struct err *e)
{
	struct lexer x;

	expr_start(&x, text, true, with);
	return expr_interval(&x, i, e) &&
	    (x.now.kind == TOKEN_END ||
		expr_expected(&x, "the end of the interval", e));
}

static bool
inside(const struct bound *b, int order, bool low)
{
	if (!b->there || order == 0)
		return !b->there || !b->open;
	return low ? order > 0 : order < 0;
}

bool
interval_holds_number(const struct interval *i, const struct decimal *d)
{
	const struct bound *l = &i->low, *h = &i->high;

	return (!l->there || inside(l, decimal_cmp(d, &l->number), true)) &&
	    (!h->there || inside(h, decimal_cmp(d, &h->number), false));
}

static bool
inside_date(const struct bound *b, const struct date *d, const struct scope *s,
    bool low)
{
	const struct date *than = b->now ? &s->now : &b->date;

	return !b->there || inside(b, expr_date_cmp(d, than, s->zone), low);
}

bool
interval_holds_date(
    const struct interval *i, const struct date *d, const struct scope *s)
{
	return inside_date(&i->low, d, s, true) &&
	    inside_date(&i->high, d, s, false);
}

bool
interval_holds_count(const struct interval *i, size_t n)
{
	char digits[24];
	struct decimal d = { .digits = digits };
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	d.digits = digits + at;
	d.n = sizeof(digits) - at;
	return interval_holds_number(i, &d);
}

/* --- dates ------------------------------------------------------------------ */

int
expr_date_cmp(const struct date *a, const struct date *b, int zone)
{
	struct date x = *a, y = *b;
	enum date_precision p =
	    a->precision < b->precision ? a->precision : b->precision;
	int parts[][2] = { { 0, 0 }, { 0, 0 }, { 0, 0 } };

	if (x.zone != DATE_NO_ZONE && x.zone != zone)
		x = date_of_seconds(date_seconds(&x, zone), zone);
	if (y.zone != DATE_NO_ZONE && y.zone != zone)
		y = date_of_seconds(date_seconds(&y, zone), zone);
	if (p > DATE_DAY) {
		x.zone = y.zone = DATE_NO_ZONE;
		if (p == DATE_SECOND) {
			x.fraction = a->fraction;
			x.nfraction = a->nfraction;
			y.fraction = b->fraction;
			y.nfraction = b->nfraction;
		} else {
			x.second = y.second = 0;
			x.fraction = y.fraction = 0;
			if (p == DATE_HOUR)
				x.minute = y.minute = 0;
		}
		return date_cmp(&x, &y);
	}
	parts[0][0] = x.year;
	parts[0][1] = y.year;
	parts[1][0] = x.month;
	parts[1][1] = y.month;
	parts[2][0] = x.day;
	parts[2][1] = y.day;
	for (unsigned i = 0; i <= (unsigned)p; i++)
		if (parts[i][0] != parts[i][1])
			return parts[i][0] < parts[i][1] ? -1 : 1;
	return 0;
}
