#include "terms/scale.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
	const char *name;
	struct scale scale;
} named[] = { { "ln", { .shape = SCALE_LOG, .base = 0, .factor = 1 } },
	{ "lg", { .shape = SCALE_LOG, .base = 10, .factor = 1 } },
	{ "2lg", { .shape = SCALE_LOG, .base = 10, .factor = 2 } },
	{ "-lg", { .shape = SCALE_LOG, .base = 10, .factor = -1 } },
	{ "ld", { .shape = SCALE_LOG, .base = 2, .factor = 1 } },
	{ "100tan", { .shape = SCALE_TAN, .factor = 100 } },
	{ "sqrt", { .shape = SCALE_ROOT } } };

bool
scale_parse(struct slice s, struct arena *arena, struct scale *out)
{
	static const char log[] = "-log";
	const size_t n = sizeof(log) - 1;
	struct err ignored = { 0 };
	unsigned long long base;

	for (size_t i = 0; i < sizeof(named) / sizeof(named[0]); i++)
		if (slice_is(s, named[i].name)) {
			*out = named[i].scale;
			return true;
		}
	if (slice_starts(s, log) &&
	    slice_number((struct slice){ s.p + n, s.n - n }, &base) &&
	    base > 1) {
		*out = (struct scale){
			.shape = SCALE_LOG, .base = base, .factor = -1
		};
		return true;
	}
	*out = (struct scale){ .shape = SCALE_OFFSET };
	return s.n > 1 && s.p[0] == '+' &&
	    decimal_parse(s, arena, &out->offset, &ignored);
}

/* All the digits that a long double can hold. */
static long double
wide(const struct decimal *d, struct arena *arena)
{
	return strtold(arena_printf(arena, "%s%.*se%ld", d->negative ? "-" : "",
			   (int)d->n, d->digits, d->exponent),
	    NULL);
}

static bool
put(long double value, int digits, struct arena *arena, struct decimal *out,
    struct err *e)
{
	char text[64];
	int n = snprintf(text, sizeof(text), "%.*Le", digits - 1, value);

	if (!isfinite(value))
		return err_data(e, "number", "beyond the scale of the unit");
	return decimal_parse((struct slice){ text, (size_t)n }, arena, out, e);
}

/* Exact powers of ten and two keep their exact logarithms. */
static long double
log_of(long double x, long double base)
{
	if (base == 0)
		return logl(x);
	if (base == 2)
		return log2l(x);
	return base == 10 ? log10l(x) : log10l(x) / log10l(base);
}

static long double
power_of(long double y, long double base)
{
	return base == 0 ? expl(y) : powl(base, y);
}

bool
scale_value(const struct scale *s, const struct decimal *num,
    const struct decimal *den, struct arena *arena, struct decimal *out,
    struct err *e)
{
	long double x = wide(num, arena) / wide(den, arena), y;

	if (s->shape == SCALE_TAN)
		y = s->factor * tanl(x);
	else if (s->shape == SCALE_ROOT)
		y = sqrtl(x);
	else
		y = s->factor * log_of(x, s->base);
	if (!put(y, DECIMAL_PRECISION, arena, out, e))
		return false;
	*out = decimal_strip(out);
	return true;
}

bool
scale_measure(const struct scale *s, const struct decimal *num,
    const struct decimal *den, struct arena *arena, struct decimal *out,
    struct err *e)
{
	long double y = wide(num, arena) / wide(den, arena), x;

	if (s->shape == SCALE_TAN)
		x = atanl(y / s->factor);
	else if (s->shape == SCALE_ROOT)
		x = y < 0 ? NAN : y * y;
	else
		x = power_of(y / s->factor, s->base);
	return put(x, LDBL_DIG, arena, out, e);
}
