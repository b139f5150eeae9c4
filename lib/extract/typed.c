#include "extract/typed.h"

#include "base/buf.h"
#include "extract/measure.h"
#include "extract/view.h"
#include "json/write.h"

static bool
one_of(struct slice name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (slice_is(name, *list))
			return true;
	return false;
}

static struct slice
dims(struct slice text, const struct indicator *d, struct arena *a)
{
	const struct unit *to = d->unit.n > 0 ? unit_find(d->unit) : NULL;
	struct decimal v[MEASURE_VALUES];
	struct buf b = { 0 };
	struct measure *m;
	struct slice out;
	struct view view;
	size_t n;

	view_make(&view, text, a);
	m = measure_scan(view.text, a, &n);
	while (n > 1 && m[n - 1].part)
		n--;
	if (n != 1 || (m->kind != MEASURE_DIMS && m->kind != MEASURE_NUMBER))
		return SLICE("");
	if (m->unit == NULL)
		m->unit = to; /* the catalogue's, as the form says */
	if (to == NULL)
		memcpy(v, m->value, sizeof(v));
	else if (!measure_convert(m, to, a, v))
		return SLICE("");
	for (size_t i = 0; i < m->n; i++) {
		buf_addc(&b, i == 0 ? '[' : ',');
		buf_add_slice(&b, decimal_text(&v[i], a));
	}
	buf_addc(&b, ']');
	out = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return out;
}

static struct slice
quoted(struct slice text, struct arena *a)
{
	struct buf b = { 0 };
	struct slice out;

	json_put_string(&b, text);
	out = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return out;
}

static bool
is_ascii(struct slice s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] & 0x80) != 0)
			return false;
	return true;
}

struct slice
typed_code(const struct indicator *d, size_t i, struct arena *a)
{
	return is_ascii(d->codes[i].code)
	    ? d->codes[i].code
	    : slice_of(arena_printf(a, "%zu", i + 1));
}

static struct slice
code(struct slice text, const struct indicator *d, struct arena *a)
{
	const struct code *c = indicator_code(d, text);

	if (d->ncodes == 0) /* its codes are a value set's */
		return quoted(text, a);
	for (size_t i = 0; c == NULL && i < d->ncodes; i++)
		if (slice_eq(typed_code(d, i, a), text))
			c = &d->codes[i];
	return c == NULL ? SLICE("") : quoted(c->code, a);
}

struct slice
typed_value(struct slice text, const struct indicator *d, struct arena *a)
{
	static const char *const yes[] = { "1", "是", "true", "yes", NULL };
	static const char *const no[] = { "0", "否", "false", "no", NULL };
	struct decimal v;
	struct err e;

	switch (d->type) {
	case TYPE_NUMBER:
	case TYPE_INTEGER:
	case TYPE_PERCENT:
	case TYPE_DURATION:
		if (!decimal_parse(text, a, &v, &e) ||
		    (d->type == TYPE_INTEGER && !decimal_is_integer(&v)))
			return SLICE("");
		return decimal_text(&v, a);
	case TYPE_DIMS:
		return dims(text, d, a);
	case TYPE_BOOL:
		return one_of(text, yes) ? SLICE("true")
		    : one_of(text, no)   ? SLICE("false")
					 : SLICE("");
	case TYPE_CODE:
		return code(text, d, a);
	default:
		return quoted(text, a);
	}
}

bool
typed_is_text(const struct indicator *d)
{
	return d->type == TYPE_TEXT || d->type == TYPE_CODE ||
	    d->type == TYPE_MARK;
}

static struct slice
joined(struct json array, struct arena *a)
{
	struct json_walk walk = json_enter(array);
	struct buf all = { 0 };
	struct slice text;
	struct json one;

	while (json_next_element(&walk, &one)) {
		if (all.n > 0)
			buf_addc(&all, 'x');
		buf_add_slice(&all, one.text);
	}
	text = arena_slice(a, buf_slice(&all));
	buf_release(&all);
	return text;
}

struct slice
typed_text(struct json v, const struct indicator *d, struct arena *a)
{
	struct slice text;

	switch (v.type) {
	case JSON_NONE:
	case JSON_NULL:
		return SLICE("");
	case JSON_TRUE:
		return SLICE("1");
	case JSON_FALSE:
		return SLICE("0");
	case JSON_ARRAY:
		return joined(v, a);
	default:
		text = json_text(v, a);
	}
	for (size_t i = 0; d != NULL && d->type == TYPE_CODE && i < d->ncodes;
	     i++)
		if (slice_eq(d->codes[i].code, text))
			return typed_code(d, i, a);
	return text;
}
