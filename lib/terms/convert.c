/*
 * The way from one unit to another, of unit.h: a chain of exact products with
 * one division, and so one rounding, at its end.
 */
#include "terms/unit.h"

#include "terms/unit_tables.h"

static const struct decimal zero = { .digits = "0", .n = 1 };
static const struct decimal one = { .digits = "1", .n = 1 };

static bool
refuse(struct err *e, const char *code)
{
	if (strcmp(code, "needs_analyte") == 0)
		return err_data(e, "needs_analyte",
		    "mole and mass meet only by a molar mass");
	if (strcmp(code, "arbitrary_unit") == 0)
		return err_data(e, "arbitrary_unit",
		    "an arbitrary unit converts only to itself");
	return err_data(
	    e, "dimensions_differ", "the units measure different things");
}

/* Zeros behind go into the exponent: what follows has fewer digits to walk. */
static void
shorten(struct decimal *d)
{
	while (d->n > 1 && d->digits[d->n - 1] == '0') {
		d->n--;
		d->exponent++;
	}
}

/* A product of several, in place of a row of calls that may fail. */
static bool
product(const struct decimal *const *list, struct arena *arena,
    struct decimal *out, struct err *e)
{
	*out = **list;
	while (*++list != NULL)
		if (!decimal_mul(out, *list, arena, out, e))
			return false;
	shorten(out);
	return true;
}

#define PRODUCT(out, ...)                                                    \
	product((const struct decimal *const[]){ __VA_ARGS__, NULL }, arena, \
	    out, e)

/* u counts for factor^power of something else. */
static bool
multiply(struct unit *u, const struct decimal *factor, int power,
    struct arena *arena, struct err *e)
{
	struct decimal *to = power > 0 ? &u->num : &u->den;

	for (int i = power < 0 ? -power : power; i > 0; i--)
		if (!decimal_mul(to, factor, arena, to, e))
			return false;
	return true;
}

/* An international unit of the analyte becomes so many moles of it. */
static bool
activity_to_amount(
    const struct analyte *a, struct unit *u, struct arena *arena, struct err *e)
{
	int power = unit_arbitrary_power(u, SLICE("[iU]"));

	if (power == 0)
		return true;
	if (power < -1 || power > 1 || u->arbitrary[1].atom != NULL)
		return refuse(e, "arbitrary_unit");
	u->dim[DIM_AMOUNT] = (int8_t)(u->dim[DIM_AMOUNT] + power);
	u->arbitrary[0].atom = NULL;
	u->arbitrary[0].power = 0;
	return multiply(u, &a->activity, power, arena, e);
}

static bool
same_kinds(const struct analyte *a, struct unit *from, struct unit *to,
    struct arena *arena, struct err *e)
{
	if (unit_same_arbitrary(from, to))
		return true;
	if (a == NULL || a->activity.n == 0)
		return refuse(e, "arbitrary_unit");
	if (!activity_to_amount(a, from, arena, e) ||
	    !activity_to_amount(a, to, arena, e))
		return false;
	return unit_same_arbitrary(from, to) || refuse(e, "arbitrary_unit");
}

/* +1: `from` has mass where `to` has moles; -1: the other way; 0: neither. */
static int
mass_or_mole(const struct unit *from, const struct unit *to)
{
	struct unit a = *from;
	int way = to->dim[DIM_AMOUNT] - from->dim[DIM_AMOUNT];

	if (way != 1 && way != -1)
		return 0;
	a.dim[DIM_AMOUNT] = to->dim[DIM_AMOUNT];
	a.dim[DIM_MASS] = (int8_t)(a.dim[DIM_MASS] - way);
	return unit_same_dimension(&a, to) ? way : 0;
}

static bool
same_dimensions(const struct analyte *a, const struct unit *from,
    struct unit *to, struct arena *arena, struct err *e)
{
	int way;

	if (unit_same_dimension(from, to))
		return true;
	way = mass_or_mole(from, to);
	if (way == 0 || from->scale != NULL || to->scale != NULL)
		return refuse(e, "dimensions_differ");
	if (a == NULL || a->mass.n == 0)
		return refuse(e, "needs_analyte");
	/* a mole counts for M grams of it, in the target */
	return multiply(to, &a->mass, way, arena, e);
}

static bool
is_curve(const struct scale *s)
{
	return s != NULL && s->shape != SCALE_OFFSET;
}

/*
 * From v times/per (+ offset) of num/den to the other:
 * ((v times + offset per) num den' per' - offset' num' per' per den) /
 * (per den num' times'); curves stand between the parts.
 */
static bool
between(const struct unit *from, const struct unit *to, struct arena *arena,
    struct conversion *c, struct err *e)
{
	bool from_curve = is_curve(from->scale), to_curve = is_curve(to->scale);
	const struct decimal *per = from_curve ? &one : &from->per;
	const struct decimal *times_to = to_curve ? &one : &to->times;
	const struct decimal *per_to = to_curve ? &one : &to->per;

	c->shifts = from->scale != NULL || to->scale != NULL;
	c->from = from_curve ? from->scale : NULL;
	c->to = to_curve ? to->scale : NULL;
	c->times = from->times;
	c->per = from->per;
	c->times_to = to->times;
	c->per_to = to->per;
	if (from->scale != NULL && !from_curve &&
	    !PRODUCT(&c->add, &from->scale->offset, per))
		return false;
	if (to->scale != NULL && !to_curve &&
	    !PRODUCT(
		&c->sub, &to->scale->offset, &to->num, per_to, per, &from->den))
		return false;
	return PRODUCT(&c->mul, &from->num, &to->den, per_to) &&
	    PRODUCT(&c->div, per, &from->den, &to->num, times_to);
}

/* Which side of the analyte's line a unit is on: 'y', 'x' or 0. */
static char
side(const struct units *u, const struct analyte_line *line,
    const struct unit *unit, struct arena *arena)
{
	struct unit y, x;
	struct err ignored = { 0 };

	if (ucum_unit(u->ucum, line->y, arena, &y, &ignored) &&
	    unit_is_same(unit, &y, arena))
		return 'y';
	return ucum_unit(u->ucum, line->x, arena, &x, &ignored) &&
		unit_is_same(unit, &x, arena)
	    ? 'x'
	    : 0;
}

/* y = slope x + offset, x = (y - offset) / slope */
static bool
along_line(const struct units *u, const struct analyte_line *line,
    const struct unit *from, const struct unit *to, struct arena *arena,
    struct conversion *c, struct err *e)
{
	char a = side(u, line, from, arena), b = side(u, line, to, arena);

	if (a == 0 || b == 0)
		return refuse(e, "dimensions_differ");
	if (a == b) {
		c->same = true;
		return true;
	}
	c->shifts = true;
	if (a == 'x') {
		c->mul = line->slope;
		c->sub = line->offset;
		c->sub.negative = !c->sub.negative;
	} else {
		c->add = line->offset;
		c->add.negative = !c->add.negative;
		c->div = line->slope;
	}
	return true;
}

bool
units_between(const struct units *u, struct slice from_code,
    struct slice to_code, struct slice name, struct arena *arena,
    struct conversion *c, struct err *e)
{
	const struct analyte *a;
	struct unit from, to;

	*c = (struct conversion){ .times = one,
		.add = zero,
		.mul = one,
		.sub = zero,
		.div = one,
		.per = one,
		.times_to = one,
		.per_to = one,
		.same = slice_eq(from_code, to_code) };
	if (!ucum_unit(u->ucum, from_code, arena, &from, e) ||
	    !ucum_unit(u->ucum, to_code, arena, &to, e))
		return false;
	if (c->same)
		return true;
	a = analytes_find(u->analytes, name, arena);
	if (a != NULL && a->line.y.n > 0)
		return along_line(u, &a->line, &from, &to, arena, c, e);
	if (!same_kinds(a, &from, &to, arena, e) ||
	    !same_dimensions(a, &from, &to, arena, e) ||
	    !between(&from, &to, arena, c, e))
		return false;
	c->same = from.scale == NULL && to.scale == NULL &&
	    decimal_cmp(&c->mul, &c->div) == 0;
	return true;
}

/* The last steps where the target is a curve. */
static bool
onto_curve(const struct conversion *c, const struct decimal *num,
    struct arena *arena, struct decimal *result, struct err *e)
{
	struct decimal d;

	return scale_value(c->to, num, &c->div, arena, &d, e) &&
	    decimal_mul(&d, &c->per_to, arena, &d, e) &&
	    decimal_div(&d, &c->times_to, arena, result, e);
}

bool
conversion_apply(const struct conversion *c, const struct decimal *value,
    struct arena *arena, struct decimal *result, struct err *e)
{
	struct decimal d = *value;

	if (c->same) {
		*result = d;
		return true;
	}
	if (c->shifts &&
	    (!decimal_mul(&d, &c->times, arena, &d, e) ||
		(c->from != NULL &&
		    !scale_measure(c->from, &d, &c->per, arena, &d, e)) ||
		!decimal_add(&d, &c->add, arena, &d, e)))
		return false;
	if (!decimal_mul(&d, &c->mul, arena, &d, e) ||
	    (c->shifts && !decimal_sub(&d, &c->sub, arena, &d, e)))
		return false;
	return c->to != NULL ? onto_curve(c, &d, arena, result, e)
			     : decimal_div(&d, &c->div, arena, result, e);
}
