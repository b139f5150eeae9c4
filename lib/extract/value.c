/*
 * What a measure is worth to a field: the value in the catalogue's unit, as
 * JSON, by exact conversion.
 */
#include "extract/candidate.h"

#include <stdlib.h>

#include "base/buf.h"

bool
candidate_is_measured(const struct field *f)
{
	switch (f->d->type) {
	case TYPE_DIMS:
	case TYPE_NUMBER:
	case TYPE_INTEGER:
	case TYPE_PERCENT:
	case TYPE_DURATION:
		return true;
	default:
		return false;
	}
}

/* "较前(3-02)": what runs down is no range. */
static bool
runs_down(const struct measure *m)
{
	return m->kind == MEASURE_RANGE && m->has[0] && m->has[1] &&
	    decimal_cmp(&m->value[0], &m->value[1]) > 0;
}

bool
candidate_fits(const struct field *f, const struct measure *m)
{
	if (m->past || m->reference || runs_down(m))
		return false;
	switch (f->d->type) {
	case TYPE_DIMS:
		if ((m->kind != MEASURE_DIMS && m->kind != MEASURE_NUMBER) ||
		    m->part)
			return false;
		break;
	case TYPE_NUMBER:
	case TYPE_INTEGER:
	case TYPE_PERCENT:
	case TYPE_DURATION:
		if (f->how.part != PART_WHOLE ? m->kind != MEASURE_RATIO
					      : m->kind != MEASURE_NUMBER &&
			    m->kind != MEASURE_RANGE &&
			    (m->kind != MEASURE_RATIO || f->ratio == NULL))
			return false;
		break;
	default:
		return false;
	}
	if (m->unit == NULL)
		return f->unit == NULL || f->how.unitless ||
		    (m->told != NULL &&
			m->told->dimension == f->unit->dimension);
	/* 13分 is minutes to the lexer, points to a score. */
	if (f->unit == NULL)
		return strcmp(m->unit->spelling, "分") == 0;
	return f->unit != NULL && f->unit->dimension == m->unit->dimension;
}

bool
candidate_lacks_unit(const struct field *f, const struct measure *m)
{
	return f->unit != NULL && m->unit == NULL;
}

double
candidate_extent(const struct field *f, const struct measure *m)
{
	double most = 0, factor = 1;

	for (size_t i = 0; i < m->n; i++)
		if (decimal_double(&m->value[i]) > most)
			most = decimal_double(&m->value[i]);
	if (m->unit != NULL && f->unit != NULL)
		factor = strtod(m->unit->factor, NULL) /
		    strtod(f->unit->factor, NULL);
	return most * factor;
}

/* "EF 0.61" is 61 %. */
static bool
is_fraction(const struct field *f, const struct decimal *v)
{
	return f->d->type == TYPE_PERCENT && decimal_double(v) <= 1;
}

/* The values of a number that is written without its unit. */
static bool
supply_unit(const struct field *f, const struct measure *m, struct arena *a,
    struct decimal v[MEASURE_VALUES])
{
	struct measure told = *m;
	struct decimal hundred;
	struct err e;

	if (m->told != NULL && m->told->dimension == f->unit->dimension) {
		told.unit = m->told;
		return measure_convert(&told, f->unit, a, v);
	}
	for (size_t i = 0; i < m->n; i++)
		if (is_fraction(f, &v[i]) &&
		    (!decimal_parse(SLICE("100"), a, &hundred, &e) ||
			!decimal_mul(&v[i], &hundred, a, &v[i], &e)))
			return false;
	return true;
}

static bool
within(const struct field *f, const struct decimal *v)
{
	return (!f->has_low || decimal_cmp(v, &f->low) >= 0) &&
	    (!f->has_high || decimal_cmp(v, &f->high) <= 0);
}

static void
put_range(struct buf *b, const struct measure *m,
    const struct decimal v[MEASURE_VALUES], struct arena *a)
{
	buf_addc(b, '{');
	if (m->has[0]) {
		buf_adds(b, "\"min\":");
		buf_add_slice(b, decimal_text(&v[0], a));
	}
	if (m->has[1]) {
		buf_adds(b, m->has[0] ? ",\"max\":" : "\"max\":");
		buf_add_slice(b, decimal_text(&v[1], a));
	}
	buf_addc(b, '}');
}

/* One part of a ratio; of a ratio of ranges its range. */
static struct slice
part_of_ratio(const struct field *f, const struct measure *m,
    const struct decimal *v, struct arena *a, bool *outside)
{
	const struct decimal *low = &v[f->how.part - PART_FIRST];
	const struct decimal *high = m->n > 2 ? low + 2 : low;
	struct slice from, to;

	*outside = !within(f, low) || !within(f, high);
	if (f->d->type == TYPE_INTEGER &&
	    (!decimal_is_integer(low) || !decimal_is_integer(high)))
		return SLICE("");
	from = decimal_text(low, a);
	to = decimal_text(high, a);
	if (slice_eq(from, to))
		return from;
	return slice_of(arena_printf(a, "{\"min\":%.*s,\"max\":%.*s}",
	    (int)from.n, from.p, (int)to.n, to.p));
}

struct slice
candidate_value(const struct field *f, const struct measure *m, struct arena *a,
    bool *outside)
{
	struct decimal v[MEASURE_VALUES];
	struct buf b = { 0 };
	struct slice text;

	*outside = false;
	if (!candidate_fits(f, m))
		return SLICE("");
	for (size_t i = 0; i < m->n; i++)
		v[i] = decimal_strip(&m->value[i]);
	if (candidate_lacks_unit(f, m)
		? !supply_unit(f, m, a, v)
		: f->unit != NULL && !measure_convert(m, f->unit, a, v))
		return SLICE("");
	if (f->how.part != PART_WHOLE)
		return part_of_ratio(f, m, v, a, outside);
	for (size_t i = 0; i < m->n; i++) {
		if (m->kind == MEASURE_RANGE && !m->has[i])
			continue;
		*outside |= !within(f, &v[i]);
		if (f->d->type == TYPE_INTEGER && !decimal_is_integer(&v[i]))
			return SLICE("");
	}
	if (m->kind == MEASURE_RANGE && f->how.upper && m->has[0] &&
	    m->has[1]) {
		buf_add_slice(&b, decimal_text(&v[1], a));
	} else if (m->kind == MEASURE_RANGE) {
		put_range(&b, m, v, a);
	} else if (f->d->type == TYPE_DIMS) {
		for (size_t i = 0; i < m->n; i++) {
			buf_addc(&b, i == 0 ? '[' : ',');
			buf_add_slice(&b, decimal_text(&v[i], a));
		}
		buf_addc(&b, ']');
	} else {
		buf_add_slice(&b, decimal_text(&v[0], a));
	}
	text = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return text;
}
