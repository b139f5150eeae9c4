/*
 * Physical values.  Both formats map digital to physical values by a line
 * through decimals of a few digits, so that a value is a fraction of whole
 * numbers; 128 bits hold it for everything a header can say in its fields.
 */
#include "sources/wave.h"

#define PLACES 15
#define DIGITS 17

/* The exponent behind an e, if there is one. */
static bool
take_exponent(struct slice *s, int *exponent)
{
	const char *e = memchr(s->p, 'e', s->n);
	struct slice digits;
	unsigned long long n;
	bool negative;

	*exponent = 0;
	if (e == NULL)
		e = memchr(s->p, 'E', s->n);
	if (e == NULL)
		return true;
	digits = slice_span(e + 1, s->p + s->n);
	s->n = (size_t)(e - s->p);
	negative = digits.n > 0 && digits.p[0] == '-';
	if (digits.n > 0 && (negative || digits.p[0] == '+')) {
		digits.p++;
		digits.n--;
	}
	if (!slice_number(digits, &n) || n > DIGITS)
		return false;
	*exponent = negative ? -(int)n : (int)n;
	return true;
}

static bool
move_point(int64_t *digits, int places, unsigned *out)
{
	for (; places < 0; places++)
		if (__builtin_mul_overflow(*digits, 10, digits))
			return false;
	*out = (unsigned)places;
	return places <= DIGITS;
}

bool
wave_number(struct slice s, int64_t *digits, unsigned *places)
{
	bool negative = s.n > 0 && s.p[0] == '-', point = false;
	int exponent, behind = 0;
	size_t count = 0;

	if (s.n > 0 && (negative || s.p[0] == '+')) {
		s.p++;
		s.n--;
	}
	if (!take_exponent(&s, &exponent))
		return false;
	*digits = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		*digits = *digits * 10 + (s.p[i] - '0');
		count += count > 0 || s.p[i] != '0';
		behind += point;
		if (count > DIGITS || behind > DIGITS)
			return false;
	}
	if (s.n == point)
		return false;
	if (negative)
		*digits = -*digits;
	return move_point(digits, behind - exponent, places);
}

static wave_int
magnitude(wave_int n)
{
	return n < 0 ? -n : n;
}

static wave_int
power_of_ten(unsigned n)
{
	wave_int p = 1;

	while (n-- > 0)
		p *= 10;
	return p;
}

static wave_int
common(wave_int a, wave_int b)
{
	a = magnitude(a);
	b = magnitude(b);
	while (b != 0) {
		wave_int rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Places that write every value exactly; -1 where some go on for ever. */
static int
exact_places(wave_int den)
{
	int twos = 0, fives = 0;

	for (; den % 2 == 0; den /= 2)
		twos++;
	for (; den % 5 == 0; den /= 5)
		fives++;
	return den != 1 ? -1 : twos > fives ? twos : fives;
}

static int
rounded_places(const struct wave_scale *s)
{
	wave_int step = magnitude(s->a);
	int places = 0;

	while (places < PLACES && step < s->den) {
		step *= 10;
		places++;
	}
	return places + 3 < PLACES ? places + 3 : PLACES;
}

/* What the largest digital value of 32 bits comes to must fit. */
static bool
fits(const struct wave_scale *s, int bits)
{
	const wave_int most = (wave_int)1 << bits;

	return magnitude(s->a) < (wave_int)1 << 90 &&
	    magnitude(s->b) < (wave_int)1 << 120 && s->den < most / 2 &&
	    magnitude(s->a) * ((wave_int)1 << 32) + magnitude(s->b) <
	    most / s->power;
}

static struct wave_scale
settled(struct wave_scale s)
{
	wave_int g;

	if (s.den == 0)
		return (struct wave_scale){ .ok = false };
	if (s.den < 0) {
		s.a = -s.a;
		s.b = -s.b;
		s.den = -s.den;
	}
	g = common(common(s.a, s.b), s.den);
	s.a /= g;
	s.b /= g;
	s.den /= g;
	s.places = exact_places(s.den);
	if (s.places < 0 || s.places > PLACES)
		s.places = rounded_places(&s);
	s.power = power_of_ten((unsigned)s.places);
	for (; s.places > 0 && !fits(&s, 126); s.places--)
		s.power /= 10;
	s.ok = fits(&s, 126);
	s.is_small = s.ok && fits(&s, 62);
	return s;
}

struct wave_scale
wave_scale_range(const struct slice physical[2], const struct slice digital[2])
{
	struct wave_scale s = { .ok = false };
	int64_t p[2], d[2];
	unsigned places[2], dplaces;

	for (int i = 0; i < 2; i++) {
		if (!wave_number(physical[i], &p[i], &places[i]) ||
		    !wave_number(digital[i], &d[i], &dplaces) || dplaces != 0 ||
		    places[i] > 9 || d[i] < INT32_MIN || d[i] > INT32_MAX)
			return s;
	}
	for (int i = 0; i < 2; i++)
		while (places[i] < places[1 - i]) {
			if (__builtin_mul_overflow(p[i], 10, &p[i]))
				return s;
			places[i]++;
		}
	s.a = (wave_int)p[1] - p[0];
	s.den = d[1] - d[0];
	s.b = p[0] * s.den - d[0] * s.a;
	s.den *= power_of_ten(places[0]);
	return settled(s);
}

struct wave_scale
wave_scale_gain(struct slice gain, int64_t baseline)
{
	struct wave_scale s = { .ok = false };
	unsigned places;
	int64_t g;

	if (!wave_number(gain, &g, &places) || baseline < INT32_MIN ||
	    baseline > INT32_MAX)
		return s;
	s.a = power_of_ten(places);
	s.b = -baseline * s.a;
	s.den = g;
	return settled(s);
}

/* n / den, den > 0, to the nearest, a half to the even one. */
static wave_int
divided(wave_int n, wave_int den)
{
	wave_int q = n / den, rest = n % den;

	if (2 * rest > den || (2 * rest == den && q % 2 != 0))
		q++;
	return q;
}

/* The same where 64 bits are enough, several times faster. */
static wave_int
divided_small(int64_t n, int64_t den)
{
	int64_t q = n / den, rest = n % den;

	return q + (rest > den - rest || (rest == den - rest && q % 2 != 0));
}

static char
last_digit(wave_int *n)
{
	uint64_t low = (uint64_t)*n;
	int digit;

	if (*n >> 64 == 0) {
		*n = low / 10;
		return (char)('0' + (int)(low % 10));
	}
	digit = (int)(*n % 10);
	*n /= 10;
	return (char)('0' + digit);
}

void
wave_put(const struct wave_scale *s, int64_t digital, struct buf *b)
{
	wave_int n = s->a * digital + s->b;
	bool negative = n < 0;
	char text[64], *to = text + sizeof(text);
	bool digits = false;

	if (!s->ok) {
		buf_adds(b, "null");
		return;
	}
	n = magnitude(n) * s->power;
	n = s->is_small ? divided_small((int64_t)n, (int64_t)s->den)
			: divided(n, s->den);
	negative = negative && n != 0;
	for (int place = 0; place <= s->places || n != 0; place++) {
		char c = last_digit(&n);

		if (place == s->places && digits)
			*--to = '.';
		/* Zeros at the end of a fraction say nothing. */
		digits = digits || c != '0' || place >= s->places;
		if (digits)
			*--to = c;
	}
	if (negative)
		*--to = '-';
	buf_add(b, to, (size_t)(text + sizeof(text) - to));
}
