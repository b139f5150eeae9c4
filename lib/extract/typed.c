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
put_dims(const struct decimal *v, size_t n, struct arena *a)
{
	struct buf b = { 0 };
	struct slice out;

	for (size_t i = 0; i < n; i++) {
		buf_addc(&b, i == 0 ? '[' : ',');
		buf_add_slice(&b, decimal_text(&v[i], a));
	}
	buf_addc(&b, ']');
	out = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return out;
}

/* Whether the measure is all there is, but for 约 before it. */
static bool
is_whole(const struct measure *m, struct slice view)
{
	static const char about[] = "约";
	const char *end = view.p + view.n;
	struct slice before = slice_trim(slice_span(view.p, view.p + m->from));

	return (before.n == 0 || slice_is(before, about)) &&
	    slice_trim(slice_span(view.p + m->to, end)).n == 0;
}

static struct slice
dims(struct slice text, const struct indicator *d, struct arena *a)
{
	const struct unit *to = d->unit.n > 0 ? unit_find(d->unit) : NULL;
	struct decimal v[MEASURE_VALUES];
	struct measure *m;
	struct view view;
	size_t n;

	view_make(&view, text, a);
	m = measure_scan(&view, a, &n);
	while (n > 1 && m[n - 1].part)
		n--;
	if (n != 1 || !is_whole(m, view.text) ||
	    (m->kind != MEASURE_DIMS && m->kind != MEASURE_NUMBER))
		return SLICE("");
	if (m->unit == NULL)
		m->unit = to; /* the catalogue's, as the form says */
	if (to == NULL)
		memcpy(v, m->value, sizeof(v));
	else if (!measure_convert(m, to, a, v))
		return SLICE("");
	return put_dims(v, m->n, a);
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

static bool
is_number(struct json v, const struct indicator *d, struct arena *a,
    struct decimal *out)
{
	struct err e;

	return v.type == JSON_NUMBER && decimal_parse(v.text, a, out, &e) &&
	    (d->type != TYPE_INTEGER || decimal_is_integer(out));
}

static struct slice
list(struct json array, const struct indicator *d, struct arena *a)
{
	struct json_walk walk = json_enter(array);
	struct decimal v[MEASURE_VALUES];
	struct json one;
	size_t n = 0;

	while (json_next_element(&walk, &one)) {
		if (n == MEASURE_VALUES || !is_number(one, d, a, &v[n]) ||
		    decimal_sign(&v[n]) < 0)
			return SLICE("");
		n++;
	}
	return n == 0 ? SLICE("") : put_dims(v, n, a);
}

static struct slice
range(struct json object, const struct indicator *d, struct arena *a)
{
	struct json min = json_get(object, "min"),
		    max = json_get(object, "max");
	bool has_min = min.type != JSON_NONE, has_max = max.type != JSON_NONE;
	struct decimal low, high;
	struct slice from = SLICE(""), to = SLICE("");

	if (json_length(object) != (size_t)has_min + has_max ||
	    (!has_min && !has_max) ||
	    (has_min && !is_number(min, d, a, &low)) ||
	    (has_max && !is_number(max, d, a, &high)) ||
	    (has_min && has_max && decimal_cmp(&low, &high) > 0))
		return SLICE("");
	if (has_min)
		from = decimal_text(&low, a);
	if (has_max)
		to = decimal_text(&high, a);
	return slice_of(
	    arena_printf(a, "{%s%.*s%s%s%.*s}", has_min ? "\"min\":" : "",
		(int)from.n, from.p, has_min && has_max ? "," : "",
		has_max ? "\"max\":" : "", (int)to.n, to.p));
}

static bool
is_numeric(const struct indicator *d)
{
	return d->type == TYPE_NUMBER || d->type == TYPE_INTEGER ||
	    d->type == TYPE_PERCENT || d->type == TYPE_DURATION;
}

struct slice
typed_json(struct json v, const struct indicator *d, struct arena *a)
{
	if (v.type == JSON_ARRAY && d->type == TYPE_DIMS)
		return list(v, d, a);
	if (v.type == JSON_OBJECT && is_numeric(d))
		return range(v, d, a);
	return SLICE("");
}

static bool
is_beyond(struct json v, const struct indicator *d, struct arena *a)
{
	struct decimal number, end;
	struct err e;

	return v.type == JSON_NUMBER && decimal_parse(v.text, a, &number, &e) &&
	    ((d->low.n > 0 && decimal_parse(d->low, a, &end, &e) &&
		 decimal_cmp(&number, &end) < 0) ||
		(d->high.n > 0 && decimal_parse(d->high, a, &end, &e) &&
		    decimal_cmp(&number, &end) > 0));
}

bool
typed_outside(struct slice json, const struct indicator *d, struct arena *a)
{
	struct json v = json_of(json), one;
	struct json_walk walk = json_enter(v);
	struct slice key;
	bool beyond = is_beyond(v, d, a);

	while (v.type == JSON_ARRAY && json_next_element(&walk, &one))
		beyond = beyond || is_beyond(one, d, a);
	while (v.type == JSON_OBJECT && json_next_member(&walk, &key, &one))
		beyond = beyond || is_beyond(one, d, a);
	return beyond;
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
