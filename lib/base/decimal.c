#include "base/decimal.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"

#define MAX_ZEROS        40
#define WORD             19 /* digits that a uint64_t holds whatever they are */
#define LARGEST_EXPONENT 99999999999999999 /* one more digit fits a long */

/* The place of the first digit: 10^top is above the value. */
static long
top(const struct decimal *d)
{
	return (long)d->n + d->exponent;
}

static bool
is_zero(const struct decimal *d)
{
	return d->n == 1 && d->digits[0] == '0';
}

static bool
bounded(const struct decimal *d, struct err *e)
{
	if (d->exponent < -DECIMAL_MAX || top(d) > DECIMAL_MAX)
		return err_data(e, "number", "number beyond %d decimal places",
		    DECIMAL_MAX);
	return true;
}

/* Takes zeros off the front; a zero keeps its places behind the point. */
static void
normalize(struct decimal *d)
{
	while (d->n > 1 && d->digits[0] == '0') {
		d->digits++;
		d->n--;
	}
	if (is_zero(d) && d->exponent > 0)
		d->exponent = 0;
}

/* [+-]digits up to the end, of which most count. */
static bool
parse_exponent(const char *p, const char *end, long *out)
{
	bool negative = p < end && *p == '-';
	long n = 0;

	if (p < end && (*p == '-' || *p == '+'))
		p++;
	if (p == end)
		return false;
	for (; p < end; p++) {
		if (!is_digit(*p) || n > LARGEST_EXPONENT)
			return false;
		n = n * 10 + (*p - '0');
	}
	*out = negative ? -n : n;
	return true;
}

bool
decimal_read(struct slice s, struct arena *a, struct decimal *out)
{
	const char *p = s.p, *end = s.p + s.n;
	struct decimal d = { 0 };
	long shift = 0, places = 0;
	char *digits;

	if (p < end && (*p == '-' || *p == '+'))
		d.negative = *p++ == '-';
	digits = arena_alloc(a, s.n + 1);
	while (p < end && is_digit(*p))
		digits[d.n++] = *p++;
	if (p < end && *p == '.') {
		size_t whole = d.n;

		for (p++; p < end && is_digit(*p); p++)
			digits[d.n++] = *p;
		places = (long)(d.n - whole);
	}
	if (d.n == 0)
		return false;
	if (p < end && (*p == 'e' || *p == 'E')) {
		if (!parse_exponent(p + 1, end, &shift))
			return false;
		p = end;
	}
	if (p < end)
		return false;
	d.digits = digits;
	d.exponent = shift - places;
	normalize(&d);
	*out = d;
	return true;
}

bool
decimal_parse(
    struct slice s, struct arena *a, struct decimal *out, struct err *e)
{
	struct decimal d;

	if (s.n > 3 * DECIMAL_MAX)
		return err_data(e, "number", "number of more than %d digits",
		    2 * DECIMAL_MAX);
	if (!decimal_read(s, a, &d))
		return err_data(e, "number", "not a number");
	if (!bounded(&d, e))
		return false;
	*out = d;
	return true;
}

struct decimal
decimal_of_long(long long value, struct arena *a)
{
	unsigned long long rest =
	    value < 0 ? -(unsigned long long)value : (unsigned long long)value;
	struct decimal d = { .negative = value < 0 };
	char text[24], *p = text + sizeof(text);

	do
		*--p = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	d.n = (size_t)(text + sizeof(text) - p);
	d.digits = arena_dup(a, p, d.n);
	return d;
}

bool
decimal_of_double(double value, struct arena *a, struct decimal *out)
{
	char text[40];
	int n = snprintf(text, sizeof(text), "%.*g", DECIMAL_PRECISION, value);

	return decimal_parse((struct slice){ text, (size_t)n }, a, out, NULL);
}

/* Twenty digits decide a double; the next one stands for all the others. */
double
decimal_double(const struct decimal *d)
{
	char text[48];
	size_t n = d->n < 20 ? d->n : 20;
	bool more = false;

	for (size_t i = n; i < d->n; i++)
		more |= d->digits[i] != '0';
	snprintf(text, sizeof(text), "%s%.*s%se%ld", d->negative ? "-" : "",
	    (int)n, d->digits, more ? "1" : "",
	    d->exponent + (long)(d->n - n) - more);
	return strtod(text, NULL);
}

bool
decimal_long(const struct decimal *d, long long *out)
{
	unsigned long long n = 0, limit = LLONG_MAX;

	limit += d->negative;
	if (!decimal_is_integer(d) || top(d) > 19)
		return false;
	for (long i = 0; i < top(d); i++) {
		unsigned digit =
		    (size_t)i < d->n ? (unsigned)(d->digits[i] - '0') : 0;

		if (n > (limit - digit) / 10)
			return false;
		n = n * 10 + digit;
	}
	*out = d->negative ? -(long long)(n - (n > 0)) - (n > 0) : (long long)n;
	return true;
}

int
decimal_sign(const struct decimal *d)
{
	if (is_zero(d))
		return 0;
	return d->negative ? -1 : 1;
}

bool
decimal_is_integer(const struct decimal *d)
{
	for (long i = 0; i < -d->exponent && i < (long)d->n; i++)
		if (d->digits[d->n - 1 - (size_t)i] != '0')
			return false;
	return is_zero(d) || top(d) > 0;
}

/* Without the zeros behind the last digit that counts: 100 is 1 and 10^2. */
static struct decimal
shortest(const struct decimal *d)
{
	struct decimal out = *d;

	while (out.n > 1 && out.digits[out.n - 1] == '0') {
		out.n--;
		out.exponent++;
	}
	return out;
}

/*
 * The divisor, below 10^18 < 2^60, holds fewer than 60 factors 2 or 5: more
 * than 60 tens behind the digits settle nothing that 60 have not.
 */
bool
decimal_is_multiple(const struct decimal *d, const struct decimal *of)
{
	struct decimal a = shortest(d), b = shortest(of);
	unsigned long long divisor = 0, rest = 0;
	long tens = a.exponent - b.exponent;

	if (is_zero(&a))
		return true;
	if (is_zero(&b) || b.n > DECIMAL_DIVISOR || tens < 0)
		return false;
	for (size_t i = 0; i < b.n; i++)
		divisor = divisor * 10 + (unsigned)(b.digits[i] - '0');
	for (size_t i = 0; i < a.n; i++)
		rest = (rest * 10 + (unsigned)(a.digits[i] - '0')) % divisor;
	for (long i = 0; rest > 0 && i < tens && i < 60; i++)
		rest = rest * 10 % divisor;
	return rest == 0;
}

size_t
decimal_digits(const struct decimal *d)
{
	return shortest(d).n;
}

/* Compares without the signs. */
static int
cmp_size(const struct decimal *a, const struct decimal *b)
{
	size_t n = a->n < b->n ? a->n : b->n;
	const struct decimal *longer = a->n > b->n ? a : b;
	int order;

	if (is_zero(a) || is_zero(b))
		return is_zero(b) - is_zero(a);
	if (top(a) != top(b))
		return top(a) < top(b) ? -1 : 1;
	if ((order = memcmp(a->digits, b->digits, n)) != 0)
		return order;
	for (size_t i = n; i < longer->n; i++)
		if (longer->digits[i] != '0')
			return longer == a ? 1 : -1;
	return 0;
}

int
decimal_cmp(const struct decimal *a, const struct decimal *b)
{
	int sa = decimal_sign(a), sb = decimal_sign(b);

	if (sa != sb)
		return sa < sb ? -1 : 1;
	return sa < 0 ? cmp_size(b, a) : cmp_size(a, b);
}

static bool
finish(struct decimal *d, struct decimal *out, struct err *e)
{
	normalize(d);
	if (!bounded(d, e))
		return false;
	*out = *d;
	return true;
}

/* The digits laid out over the places below `high`, as small numbers. */
static void
lay_out(const struct decimal *d, long high, char *to, size_t n)
{
	char *at = to + (high - top(d));

	memset(to, 0, n);
	for (size_t i = 0; i < d->n; i++)
		at[i] = (char)(d->digits[i] - '0');
}

/* The same by paper and pencil, of any length. */
static void
combine_long(const struct decimal *a, const struct decimal *b, bool minus,
    long high, char *digits, size_t n)
{
	char *other = digits + n;
	int carry = 0;

	lay_out(a, high, digits, n);
	lay_out(b, high, other, n);
	for (size_t i = n; i-- > 0;) {
		int sum = digits[i] + (minus ? -other[i] : other[i]) + carry;

		carry = sum < 0 ? -1 : sum > 9;
		digits[i] = (char)('0' + sum - 10 * carry);
	}
}

/* In units of 10^low; the number has at most WORD digits there. */
static uint64_t
units(const struct decimal *d, long low)
{
	uint64_t v = 0;

	for (size_t i = 0; i < d->n; i++)
		v = v * 10 + (unsigned)(d->digits[i] - '0');
	for (long i = d->exponent; i > low; i--)
		v *= 10;
	return v;
}

/* a + b, or a - b where minus; signs are not looked at and a >= b then. */
static bool
combine(const struct decimal *a, const struct decimal *b, bool minus,
    bool negative, struct arena *arena, struct decimal *out, struct err *e)
{
	long low = a->exponent < b->exponent ? a->exponent : b->exponent;
	long high = (top(a) > top(b) ? top(a) : top(b)) + 1;
	size_t n = (size_t)(high - low);
	char *digits = arena_alloc(arena, n <= WORD ? n : 2 * n);
	struct decimal d = { negative, digits, n, low };

	if (n <= WORD) {
		uint64_t x = units(a, low), y = units(b, low);

		x = minus ? x - y : x + y;
		for (size_t i = n; i-- > 0; x /= 10)
			digits[i] = (char)('0' + x % 10);
	} else {
		combine_long(a, b, minus, high, digits, n);
	}
	return finish(&d, out, e);
}

static bool
add_signed(const struct decimal *a, const struct decimal *b, bool negate,
    struct arena *arena, struct decimal *out, struct err *e)
{
	bool b_negative = b->negative != negate;

	if (a->negative == b_negative)
		return combine(a, b, false, a->negative, arena, out, e);
	if (cmp_size(a, b) > 0)
		return combine(a, b, true, a->negative, arena, out, e);
	return combine(
	    b, a, true, b_negative && cmp_size(a, b) != 0, arena, out, e);
}

bool
decimal_add(const struct decimal *a, const struct decimal *b,
    struct arena *arena, struct decimal *out, struct err *e)
{
	return add_signed(a, b, false, arena, out, e);
}

bool
decimal_sub(const struct decimal *a, const struct decimal *b,
    struct arena *arena, struct decimal *out, struct err *e)
{
	return add_signed(a, b, true, arena, out, e);
}

bool
decimal_mul(const struct decimal *a, const struct decimal *b,
    struct arena *arena, struct decimal *out, struct err *e)
{
	size_t n = a->n + b->n;
	struct decimal d = { a->negative != b->negative, NULL, n,
		a->exponent + b->exponent };
	char *digits;

	if (n > 2 * DECIMAL_MAX + 1)
		return err_data(e, "number", "product of more than %d digits",
		    2 * DECIMAL_MAX);
	digits = arena_zalloc(arena, n);
	for (size_t i = a->n; i-- > 0;) {
		int carry = 0;

		for (size_t j = b->n; j-- > 0;) {
			int sum = digits[i + j + 1] + carry +
			    (a->digits[i] - '0') * (b->digits[j] - '0');

			carry = sum / 10;
			digits[i + j + 1] = (char)(sum % 10);
		}
		digits[i] = (char)carry;
	}
	for (size_t i = 0; i < n; i++)
		digits[i] += '0';
	d.digits = digits;
	return finish(&d, out, e);
}

/* Keeps the first `keep` digits (may be 0), half to even. */
static struct decimal
cut(const struct decimal *d, size_t keep, bool sticky, struct arena *arena)
{
	char *digits = arena_alloc(arena, keep + 1);
	struct decimal out = { d->negative, digits, keep + 1,
		d->exponent + (long)(d->n - keep) };
	bool up = d->digits[keep] > '5';

	digits[0] = '0';
	memcpy(digits + 1, d->digits, keep);
	if (d->digits[keep] == '5') {
		for (size_t i = keep + 1; i < d->n; i++)
			sticky |= d->digits[i] != '0';
		up = sticky || (digits[keep] - '0') % 2 == 1;
	}
	for (size_t i = keep; up; i--) {
		up = digits[i] == '9';
		digits[i] = up ? '0' : (char)(digits[i] + 1);
	}
	normalize(&out);
	/* 9.99 to two digits is 10, not 10.0. */
	if (keep > 0 && out.n > keep) {
		out.n--;
		out.exponent++;
	}
	return out;
}

struct decimal
decimal_round(const struct decimal *d, size_t digits, struct arena *arena)
{
	return digits >= d->n ? *d : cut(d, digits, false, arena);
}

struct decimal
decimal_places(const struct decimal *d, long places, struct arena *arena)
{
	long keep = top(d) + places;
	struct decimal zero = { d->negative, "0", 1, places > 0 ? -places : 0 };
	struct decimal out;

	if (keep >= (long)d->n)
		return *d;
	if (keep < 0 || is_zero(d))
		return zero;
	out = cut(d, (size_t)keep, false, arena);
	if (out.exponent > -places && out.exponent <= 0) {
		/* cut() took the last zero of 9.96 -> 10.0. */
		char *digits = arena_alloc(arena, out.n + 1);

		memcpy(digits, out.digits, out.n);
		digits[out.n++] = '0';
		out.digits = digits;
		out.exponent--;
	}
	return out;
}

struct decimal
decimal_strip(const struct decimal *d)
{
	struct decimal out = *d;

	if (is_zero(d)) {
		out.exponent = 0;
		return out;
	}
	while (out.exponent < 0 && out.n > 1 && out.digits[out.n - 1] == '0') {
		out.n--;
		out.exponent++;
	}
	return out;
}

/* rest -= b where that stays >= 0; both have n digits, as small numbers. */
static bool
take_off(char *rest, const char *b, size_t n)
{
	int borrow = 0;

	if (memcmp(rest, b, n) < 0)
		return false;
	for (size_t i = n; i-- > 0;) {
		int diff = rest[i] - b[i] + borrow;

		borrow = diff < 0 ? -1 : 0;
		rest[i] = (char)(diff - 10 * borrow);
	}
	return true;
}

/*
 * Long division on paper: the remainder starts with as many digits of a as b
 * has, and takes one more at each step.  Two digits beyond the precision, and
 * whether anything is left, decide the only rounding.
 */
bool
decimal_div(const struct decimal *a, const struct decimal *b,
    struct arena *arena, struct decimal *out, struct err *e)
{
	enum { STEPS = DECIMAL_PRECISION + 2 };
	char *rest, *divisor, *digits;
	size_t n = b->n + 1, taken = b->n - 1;
	struct decimal d = { a->negative != b->negative, NULL, STEPS, 0 };
	bool sticky = false;

	if (is_zero(b))
		return err_data(e, "number", "division by zero");
	rest = arena_zalloc(arena, n);
	divisor = arena_zalloc(arena, n);
	digits = arena_alloc(arena, STEPS);
	for (size_t i = 0; i < b->n; i++)
		divisor[i + 1] = (char)(b->digits[i] - '0');
	for (size_t i = 0; i < taken; i++)
		rest[i + 2] = i < a->n ? (char)(a->digits[i] - '0') : 0;
	for (size_t step = 0; step < STEPS; step++, taken++) {
		memmove(rest, rest + 1, n - 1);
		rest[n - 1] = 0;
		if (taken < a->n)
			rest[n - 1] = (char)(a->digits[taken] - '0');
		for (digits[step] = '0'; take_off(rest, divisor, n);)
			digits[step]++;
	}
	for (size_t i = 0; i < n; i++)
		sticky |= rest[i] != 0;
	for (size_t i = taken; i < a->n; i++)
		sticky |= a->digits[i] != '0';
	d.digits = digits;
	d.exponent = a->exponent - b->exponent + (long)a->n - (long)taken;
	normalize(&d);
	if (d.n > DECIMAL_PRECISION)
		d = cut(&d, DECIMAL_PRECISION, sticky, arena);
	d = decimal_strip(&d);
	return finish(&d, out, e);
}

/* Plain: -000.00ddd, ddd.ddd or ddd000. */
static struct slice
plain(const struct decimal *d, size_t zeros, struct arena *arena)
{
	long point = top(d);
	char *text = arena_alloc(arena, d->n + zeros + 4), *p = text;

	if (d->negative)
		*p++ = '-';
	if (point <= 0) {
		*p++ = '0';
		if (d->exponent < 0)
			*p++ = '.';
		memset(p, '0', zeros);
		p += zeros;
		memcpy(p, d->digits, d->n);
		p += d->n;
	} else if (d->exponent < 0) {
		memcpy(p, d->digits, (size_t)point);
		p += point;
		*p++ = '.';
		memcpy(p, d->digits + point, d->n - (size_t)point);
		p += d->n - (size_t)point;
	} else {
		memcpy(p, d->digits, d->n);
		p += d->n;
		memset(p, '0', zeros);
		p += zeros;
	}
	*p = '\0';
	return slice_span(text, p);
}

struct slice
decimal_text(const struct decimal *d, struct arena *arena)
{
	long zeros = 0;
	char *text;

	if (d->exponent > 0)
		zeros = d->exponent;
	else if (top(d) < 0)
		zeros = -top(d);
	if (zeros <= MAX_ZEROS)
		return plain(d, (size_t)zeros, arena);
	text = arena_printf(arena, "%s%c%s%.*se%ld", d->negative ? "-" : "",
	    d->digits[0], d->n > 1 ? "." : "", (int)(d->n - 1), d->digits + 1,
	    top(d) - 1);
	return slice_of(text);
}
