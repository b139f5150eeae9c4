#include "rules/verdict.h"

#include "base/utf8.h"

/* An element or an end of a stated range, as a value of its own. */
static struct datum
part_of(struct json v, struct arena *a)
{
	struct datum d = { .json = v };

	d.text = slice_trim(json_text(v, a));
	return d;
}

/* "12x9x8", "2.6×3.1×4.2" */
static bool
is_dims_text(struct slice s)
{
	bool digit = false;

	while (s.n > 0) {
		if (s.p[0] >= '0' && s.p[0] <= '9')
			digit = true;
		else if (digit && (s.p[0] == 'x' || s.p[0] == '*'))
			digit = false;
		else if (digit && slice_starts(s, "×"))
			digit = false, s.p++, s.n--;
		else if (s.p[0] != '.')
			return false;
		s.p++, s.n--;
	}
	return digit;
}

static bool
all_numbers(struct json v, bool array, bool integer, struct arena *a)
{
	struct json_walk walk = json_enter(v);
	struct json item;
	struct slice key;
	size_t n = 0;

	while (array ? json_next_element(&walk, &item)
		     : json_next_member(&walk, &key, &item)) {
		struct datum d = part_of(item, a);

		if (!array && item.type == JSON_NULL)
			continue;
		if (item.type != JSON_NUMBER || !datum_number(&d, a) ||
		    (integer && !decimal_is_integer(&d.number)))
			return false;
		n++;
	}
	return n > 0;
}

/* A sign, or none, and digits. */
static bool
is_whole(struct slice s)
{
	if (s.n > 0 && (s.p[0] == '-' || s.p[0] == '+'))
		s.p++, s.n--;
	return s.n > 0 && check_digits(s, s.n);
}

static bool
is_of_type(const struct test *t, struct datum *d, struct arena *a)
{
	enum json_type type = d->json.type;
	bool inside = t->rule->in_indicators;

	switch (t->type) {
	case IS_INTEGER:
	case IS_NUMBER:
		if (inside && type == JSON_OBJECT) /* a stated range */
			return all_numbers(
			    d->json, false, t->type == IS_INTEGER, a);
		return datum_number(d, a) &&
		    (t->type == IS_NUMBER || decimal_is_integer(&d->number));
	case IS_STRING:
		return type == JSON_STRING;
	case IS_BOOLEAN:
		return type == JSON_TRUE || type == JSON_FALSE;
	case IS_OBJECT:
		return type == JSON_OBJECT;
	case IS_ARRAY:
		return type == JSON_ARRAY;
	case IS_DATE:
		return datum_date(d) && d->date.precision >= DATE_DAY;
	case IS_DATETIME:
		return datum_date(d) && d->date.precision > DATE_DAY;
	case IS_PARTIAL_DATE:
		return datum_date(d);
	case IS_DIMS:
		return type == JSON_ARRAY
		    ? all_numbers(d->json, true, false, a)
		    : type == JSON_STRING && is_dims_text(d->text);
	case IS_SCALAR:
		return datum_scalar(d);
	case IS_WHOLE:
		return datum_scalar(d) && is_whole(d->text);
	}
	return false;
}

/* An indicator's stated range lies inside as a whole, its dims one by one. */
static enum outcome
in_range(const struct test *t, struct datum *d, struct arena *a)
{
	const struct interval *i = &t->interval;
	bool array = d->json.type == JSON_ARRAY;
	struct json_walk walk;
	struct json item;
	struct slice key;
	enum outcome o = NOT_APPLICABLE;

	if (!t->rule->in_indicators ||
	    (d->json.type != JSON_OBJECT && !array)) {
		if (!datum_number(d, a))
			return NOT_APPLICABLE;
		return interval_holds_number(i, &d->number) ? PASS : FAIL;
	}
	walk = json_enter(d->json);
	while (array ? json_next_element(&walk, &item)
		     : json_next_member(&walk, &key, &item)) {
		struct datum part = part_of(item, a);

		if (!datum_number(&part, a))
			continue;
		if (!interval_holds_number(i, &part.number))
			return FAIL;
		o = PASS;
	}
	return o;
}

/* Digits behind the point as written: 0.10 has two. */
static enum outcome
is_precise(const struct test *t, struct datum *d, struct arena *a)
{
	if (!datum_number(d, a))
		return NOT_APPLICABLE;
	return -d->number.exponent <= (long)t->places ? PASS : FAIL;
}

static enum outcome
is_real_date(const struct test *t, struct datum *d, const struct scope *s)
{
	if (d->json.type != JSON_STRING)
		return NOT_APPLICABLE;
	if (!datum_date(d) || d->date.precision < DATE_DAY)
		return FAIL;
	return interval_holds_date(&t->interval, &d->date, s) ? PASS : FAIL;
}

static enum outcome
says(bool ok)
{
	return ok ? PASS : FAIL;
}

static enum outcome
judge_text(const struct test *t, const struct datum *d, struct err *e)
{
	int found;

	if (!datum_scalar(d))
		return NOT_APPLICABLE;
	switch (t->rule->check) {
	case CHECK_LENGTH:
		return says(interval_holds_count(
		    &t->interval, utf8_count(d->text.p, d->text.n)));
	case CHECK_DIGITS:
		return says(check_digits(d->text, t->places));
	case CHECK_REGEX:
		found = pattern_search(t->pattern, d->text, 0, NULL, e);
		return found < 0 ? FAULT : says(found > 0);
	case CHECK_ENUM:
		return says(index_find(t->set, d->text) >= 0);
	case CHECK_USCC:
		return says(check_uscc(d->text));
	case CHECK_PHONE:
		return says(check_phone(d->text));
	case CHECK_POSTCODE:
		return says(check_digits(d->text, 6));
	default:
		return says(check_clean(d->text));
	}
}

enum outcome
verdict_value(
    const struct test *t, struct datum *d, struct scope *s, struct err *e)
{
	switch (t->rule->check) {
	case CHECK_TYPE:
		return says(is_of_type(t, d, s->arena));
	case CHECK_RANGE:
		return in_range(t, d, s->arena);
	case CHECK_PRECISION:
		return is_precise(t, d, s->arena);
	case CHECK_DATE:
		return is_real_date(t, d, s);
	default:
		return judge_text(t, d, e);
	}
}

/* --- units -------------------------------------------------------------------------- */

/* As mdx-extract writes it: lesion.1.power, elements counted from 1. */
static struct slice
trail_path(const struct field *f, const struct datum *d, struct arena *a)
{
	const char *dot = memchr(f->path.p, '.', f->path.n);

	if (d->nat == 0 || dot == NULL)
		return f->path;
	return slice_of(arena_printf(a, "%.*s.%zu%.*s", (int)(dot - f->path.p),
	    f->path.p, d->at[0] + 1, (int)(f->path.p + f->path.n - dot), dot));
}

static struct slice
trail_unit(struct slice path, struct record *r, struct arena *a)
{
	struct json_walk walk = json_enter(record_trail(r, "extract"));
	struct json entry, unit = { { "", 0 }, JSON_NONE };

	while (json_next_element(&walk, &entry))
		if (slice_eq(json_text(json_get(entry, "path"), a), path))
			unit = json_get(entry, "unit");
	return unit.type == JSON_STRING ? json_text(unit, a) : SLICE("");
}

static struct slice
sibling(const struct field *f, const struct datum *d, struct arena *a)
{
	const char *name = f->path.p + f->path.n;
	bool whole = f->in_indicators && d->nat == 0; /* "lab.GLU" is a key */
	struct json unit;

	while (
	    name > f->path.p && (whole || (name[-1] != '.' && name[-1] != '/')))
		name--;
	unit = json_get(d->holder,
	    arena_printf(
		a, "%.*s_unit", (int)(f->path.p + f->path.n - name), name));
	if (unit.type != JSON_STRING)
		unit = json_get(d->holder, "unit");
	return unit.type == JSON_STRING ? slice_trim(json_text(unit, a))
					: SLICE("");
}

struct slice
verdict_stated_unit(const struct test *t, const struct field *f,
    const struct datum *d, struct record *r, struct arena *a)
{
	struct slice unit = { "", 0 };

	if (t->rule->in_indicators)
		unit = trail_unit(trail_path(f, d, a), r, a);
	return unit.n > 0 ? unit : sibling(f, d, a);
}

enum outcome
verdict_unit(const struct test *t, const struct field *f, const struct datum *d,
    struct record *r, struct arena *a)
{
	struct slice unit = verdict_stated_unit(t, f, d, r, a);

	if (unit.n == 0)
		return NOT_APPLICABLE;
	return says(index_find(t->set, unit) >= 0);
}
