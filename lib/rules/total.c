#include "rules/total.h"

#include <inttypes.h>
#include <stdio.h>

#define LIMB      INT64_C(1000000000)
#define LARGEST   (INT64_MAX / 2)
#define MOST_READ (TOTAL_PLACES + 17) /* digits of a sum before the point */

static bool
within(const struct decimal *d, long places)
{
	struct decimal plain = decimal_strip(d);

	return plain.exponent >= -TOTAL_PLACES &&
	    (long)plain.n + plain.exponent <= places;
}

bool
total_fits(const struct decimal *d)
{
	return within(d, TOTAL_PLACES);
}

/* So that each limb but the last is from 0 to 10^9 - 1. */
static void
carry(struct total *t)
{
	for (unsigned i = 0; i + 1 < TOTAL_LIMBS; i++) {
		int64_t over = t->limbs[i] / LIMB;

		over -= t->limbs[i] % LIMB < 0;
		t->limbs[i] -= over * LIMB;
		t->limbs[i + 1] += over;
	}
}

static void
add(struct total *t, const struct decimal *number)
{
	static const int64_t powers[] = { 1, 10, 100, 1000, 10000, 100000,
		1000000, 10000000, 100000000 };
	struct decimal d = decimal_strip(number);
	long place = d.exponent + TOTAL_PLACES;
	bool large = false;

	for (size_t i = d.n; i-- > 0; place++) {
		int64_t digit = d.digits[i] - '0';
		long limb = place / 9;

		if (limb >= TOTAL_LIMBS - 1) { /* the last one goes on */
			for (long k = place - 9L * (TOTAL_LIMBS - 1); k >= 9;
			     k -= 9)
				digit *= LIMB;
			limb = TOTAL_LIMBS - 1;
		}
		digit *= powers[place % 9];
		t->limbs[limb] += d.negative ? -digit : digit;
		large = large || t->limbs[limb] > LARGEST ||
		    t->limbs[limb] < -LARGEST;
	}
	if (large)
		carry(t);
}

void
total_add(struct total *t, const struct decimal *d)
{
	add(t, d);
}

void
total_join(struct total *t, const struct total *from)
{
	struct total other = *from;

	carry(t);
	carry(&other);
	for (unsigned i = 0; i < TOTAL_LIMBS; i++)
		t->limbs[i] += other.limbs[i];
}

struct decimal
total_decimal(const struct total *t, struct arena *a)
{
	struct total sum = *t;
	struct decimal d;
	char text[80];
	bool negative;
	int n;

	carry(&sum);
	negative = sum.limbs[TOTAL_LIMBS - 1] < 0;
	if (negative) {
		for (unsigned i = 0; i < TOTAL_LIMBS; i++)
			sum.limbs[i] = -sum.limbs[i];
		carry(&sum);
	}
	n = snprintf(text, sizeof(text),
	    "%s%" PRId64 "%09" PRId64 "%09" PRId64 ".%09" PRId64 "%09" PRId64,
	    negative ? "-" : "", sum.limbs[4], sum.limbs[3], sum.limbs[2],
	    sum.limbs[1], sum.limbs[0]);
	decimal_parse((struct slice){ text, (size_t)n }, a, &d, NULL);
	return decimal_strip(&d);
}

bool
total_parse(struct slice text, struct total *t)
{
	struct arena *a = arena_new();
	struct err e = { 0 };
	struct decimal d;
	bool ok = decimal_parse(text, a, &d, &e) && within(&d, MOST_READ);

	*t = (struct total){ { 0 } };
	if (ok)
		add(t, &d);
	arena_free(a);
	return ok;
}
