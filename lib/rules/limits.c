#include "rules/limits.h"

#include "rules/limits_parts.h"

bool
limits_exclude(const struct limit *a, const struct limit *b)
{
	struct slice x = a->cells[LIMIT_UNIT], y = b->cells[LIMIT_UNIT];

	return (x.n > 0 && y.n > 0 && !slice_eq(x, y)) ||
	    (a->sex != SEX_UNKNOWN && b->sex != SEX_UNKNOWN &&
		a->sex != b->sex);
}

static bool
any_has(const struct limits *l, unsigned first, unsigned last)
{
	for (const struct limit *i = l->first; i != NULL; i = i->next)
		for (unsigned c = first; c <= last; c++)
			if (i->cells[c].n > 0)
				return true;
	return false;
}

bool
limits_use_sex(const struct limits *l)
{
	return any_has(l, LIMIT_SEX, LIMIT_SEX);
}

bool
limits_use_age(const struct limits *l)
{
	return any_has(l, LIMIT_AGE_LOW, LIMIT_AGE_HIGH);
}

static enum truth
is_for(const struct limit *l, const struct subject *of, struct arena *a)
{
	bool unknown = false;
	enum sex sex;

	if (l->cells[LIMIT_UNIT].n > 0) {
		if (of->unit.n == 0)
			unknown = true;
		else if (!slice_eq(l->cells[LIMIT_UNIT], of->unit))
			return FALSE_;
	}
	if (l->sex != SEX_UNKNOWN) {
		sex = of->sex == NULL ? SEX_UNKNOWN : check_sex(of->sex->text);
		if (sex == SEX_UNKNOWN)
			unknown = true;
		else if (sex != l->sex)
			return FALSE_;
	}
	if (l->age.low.there || l->age.high.there) {
		if (of->age == NULL || !datum_number(of->age, a))
			unknown = true;
		else if (!interval_holds_number(&l->age, &of->age->number))
			return FALSE_;
	}
	return unknown ? UNKNOWN : TRUE_;
}

enum outcome
limits_judge(const struct limits *l, struct datum *value,
    const struct subject *of, struct arena *a)
{
	bool perhaps = false;

	if (!datum_number(value, a))
		return NOT_APPLICABLE;
	for (const struct limit *i = l->first; i != NULL; i = i->next)
		switch (is_for(i, of, a)) {
		case TRUE_:
			return interval_holds_number(&i->value, &value->number)
			    ? PASS
			    : FAIL;
		case UNKNOWN:
			perhaps = true;
			break;
		default:
			break;
		}
	return perhaps ? NOT_APPLICABLE : FAULT;
}

static bool
are_alike(const struct limit *a, const struct limit *b)
{
	return a->sex == b->sex &&
	    slice_eq(a->cells[LIMIT_UNIT], b->cells[LIMIT_UNIT]);
}

/* Whether rows of this unit and sex go on behind its last age, but not at it. */
static bool
leaves_gap(const struct limits *l, const struct limit *of)
{
	const struct decimal *end = &of->age.high.number;
	bool behind = false;

	if (!of->age.high.there)
		return false;
	for (const struct limit *i = l->first; i != NULL; i = i->next) {
		if (interval_holds_number(&i->age, end) &&
		    !limits_exclude(i, of))
			return false;
		behind = behind ||
		    (are_alike(i, of) && i->age.low.there &&
			decimal_cmp(&i->age.low.number, end) > 0);
	}
	return behind;
}

struct slice
limits_gap(const struct limits *l)
{
	for (const struct limit *i = l->first; i != NULL; i = i->next)
		if (leaves_gap(l, i))
			return i->cells[LIMIT_AGE_HIGH];
	return SLICE("");
}

void
limits_units(
    const struct limits *l, void (*each)(void *, struct slice), void *ctx)
{
	for (const struct limit *i = l->first; i != NULL; i = i->next)
		if (i->cells[LIMIT_UNIT].n > 0)
			each(ctx, i->cells[LIMIT_UNIT]);
}

struct limits_row
limits_first(const struct limits *l)
{
	const struct slice *c = l->first->cells;

	return (struct limits_row){ c[LIMIT_UNIT], c[LIMIT_SEX],
		c[LIMIT_AGE_LOW], c[LIMIT_AGE_HIGH], c[LIMIT_LOW],
		c[LIMIT_HIGH] };
}

void
limits_put(const struct limits *l, const char *indent, struct buf *to)
{
	for (const struct limit *i = l->first; i != NULL; i = i->next) {
		const struct slice *c = i->cells;

		buf_adds(to, indent);
		for (unsigned k = LIMIT_UNIT; k <= LIMIT_SEX; k++)
			if (c[k].n > 0)
				buf_addf(to, "%.*s ", (int)c[k].n, c[k].p);
		if (c[LIMIT_AGE_LOW].n + c[LIMIT_AGE_HIGH].n > 0)
			buf_addf(to, "[%.*s,%.*s) ", (int)c[LIMIT_AGE_LOW].n,
			    c[LIMIT_AGE_LOW].p, (int)c[LIMIT_AGE_HIGH].n,
			    c[LIMIT_AGE_HIGH].p);
		buf_addf(to, "-> [%.*s,%.*s]\n", (int)c[LIMIT_LOW].n,
		    c[LIMIT_LOW].p, (int)c[LIMIT_HIGH].n, c[LIMIT_HIGH].p);
	}
}
