/*
 * What a measure is worth to a field: the value in the catalogue's unit, as
 * JSON, by exact conversion.
 */
#include "extract/candidate.h"

#include "base/buf.h"

bool
candidate_fits(const struct field *f, const struct measure *m)
{
	switch (f->d->type) {
	case TYPE_DIMS:
		if (m->kind != MEASURE_DIMS && m->kind != MEASURE_NUMBER)
			return false;
		break;
	case TYPE_NUMBER:
	case TYPE_INTEGER:
	case TYPE_PERCENT:
	case TYPE_DURATION:
		if (m->kind != MEASURE_NUMBER && m->kind != MEASURE_RANGE)
			return false;
		break;
	default:
		return false;
	}
	if (f->unit == NULL || m->unit == NULL)
		return f->unit == NULL && m->unit == NULL;
	return f->unit->dimension == m->unit->dimension;
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
	if (f->unit != NULL && !measure_convert(m, f->unit, a, v))
		return SLICE("");
	for (size_t i = 0; i < m->n; i++) {
		if (m->kind == MEASURE_RANGE && !m->has[i])
			continue;
		*outside |= !within(f, &v[i]);
		if (f->d->type == TYPE_INTEGER && !decimal_is_integer(&v[i]))
			return SLICE("");
	}
	if (m->kind == MEASURE_RANGE) {
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
