#include "deid/value.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "json/write.h"

bool
value_refused(struct err *e)
{
	return err_data(
	    e, "deid_value", "its class cannot treat a value of this sort");
}

/* The bytes of the first n characters. */
static size_t
characters(struct slice text, size_t n)
{
	return utf8_offset(text.p, text.n, n);
}

void
value_mask(const struct deid_rule *r, struct slice text, struct buf *out)
{
	size_t n = utf8_count(text.p, text.n);
	size_t head = r->head, tail = r->tail;
	struct buf b = { 0 };

	if (head + tail >= n || 3 * (n - head - tail) < n)
		head = tail = 0;
	buf_add(&b, text.p, characters(text, head));
	for (size_t i = head + tail; i < n; i++)
		buf_addc(&b, '*');
	if (tail > 0) {
		size_t from = characters(text, n - tail);

		buf_add(&b, text.p + from, text.n - from);
	}
	json_put_string(out, buf_slice(&b));
	buf_release(&b);
}

bool
value_shift(struct slice text, long days, struct buf *out, struct err *e)
{
	struct err ignored = { 0 };
	struct date d;
	char to[DATE_TEXT];

	if (!date_read(text, NULL, &d, &ignored) || d.precision < DATE_DAY)
		return err_data(
		    e, "deid_date", "a date to be shifted cannot be read");
	date_add_days(&d, days);
	json_put_string(out, (struct slice){ to, date_print(&d, to) });
	return true;
}

bool
value_year(struct slice text, struct buf *out, struct err *e)
{
	struct err ignored = { 0 };
	struct date d;

	if (!date_read(text, NULL, &d, &ignored))
		return err_data(e, "deid_date", "a date cannot be read");
	buf_addf(out, "\"%04d\"", d.year);
	return true;
}

/* --- ages ---------------------------------------------------------------- */

/* Over so many of a unit is over 89 years. */
static const struct {
	const char *unit;
	long most;
} age_units[] = { { "周岁", 89 }, { "岁", 89 }, { "年", 89 }, { "years", 89 },
	{ "year", 89 }, { "yrs", 89 }, { "yr", 89 }, { "y", 89 }, { "Y", 89 },
	{ "a", 89 }, { "个月", 1079 }, { "月", 1079 }, { "months", 1079 },
	{ "mo", 1079 }, { "m", 1079 }, { "M", 1079 }, { "周", 4695 },
	{ "weeks", 4695 }, { "w", 4695 }, { "W", 4695 }, { "天", 32871 },
	{ "日", 32871 }, { "days", 32871 }, { "d", 32871 }, { "D", 32871 },
	{ "小时", 788927 }, { "时", 788927 }, { "h", 788927 }, { "H", 788927 },
	{ "分钟", 47335679 }, { "分", 47335679 } };

/* The unit at the start of the rest, taken off; years where none is left. */
static bool
age_unit(struct slice *rest, long *most)
{
	*most = 89;
	if (rest->n == 0)
		return true;
	for (size_t i = 0; i < sizeof(age_units) / sizeof(age_units[0]); i++) {
		size_t n = strlen(age_units[i].unit);

		if (!slice_starts(*rest, age_units[i].unit))
			continue;
		*most = age_units[i].most;
		*rest = slice_trim((struct slice){ rest->p + n, rest->n - n });
		return true;
	}
	return false;
}

static struct slice
narrowed(struct slice text, struct arena *arena)
{
	const char *p = text.p, *end = p + text.n;
	char *out = arena_alloc(arena, text.n + 1), *to = out;

	while (p < end)
		to += utf8_put(to, utf8_narrow(utf8_next(&p, end)));
	return slice_trim(slice_span(out, to));
}

/* 35, 35岁, 1岁2个月; a range, or words beside it, is refused. */
bool
value_age(struct slice text, struct slice raw, struct arena *arena,
    struct buf *out, struct err *e)
{
	struct slice rest = narrowed(text, arena);
	bool old = false;

	do {
		struct err ignored = { 0 };
		struct decimal age, limit;
		long most;
		size_t n = 0;

		while (n < rest.n &&
		    ((rest.p[n] >= '0' && rest.p[n] <= '9') ||
			rest.p[n] == '.'))
			n++;
		if (!decimal_parse(
			(struct slice){ rest.p, n }, arena, &age, &ignored))
			return value_refused(e);
		rest = slice_trim((struct slice){ rest.p + n, rest.n - n });
		if (!age_unit(&rest, &most))
			return value_refused(e);
		limit = decimal_of_long(most, arena);
		old = old || decimal_cmp(&age, &limit) > 0;
	} while (rest.n > 0);
	if (old)
		buf_adds(out, "\"90+\"");
	else
		buf_add_slice(out, raw);
	return true;
}

/* --- generalise ---------------------------------------------------------- */

static bool
put_range(struct slice text, unsigned size, struct arena *arena,
    struct buf *out, struct err *e)
{
	struct err ignored = { 0 };
	struct decimal d, whole;
	long long n, from;

	if (!decimal_parse(text, arena, &d, &ignored))
		return value_refused(e);
	whole = decimal_places(&d, 0, arena);
	if (!decimal_long(&whole, &n))
		return value_refused(e);
	if (decimal_cmp(&whole, &d) > 0)
		n--;
	from = n >= 0 ? n / size * size
		      : -((-n + (long long)size - 1) / size * size);
	buf_addf(out, "\"%lld-%lld\"", from, from + (long long)size - 1);
	return true;
}

bool
value_generalise(const struct deid_rule *r, struct slice text,
    struct arena *arena, struct buf *out, struct err *e)
{
	text = narrowed(text, arena);
	switch (r->by) {
	case BY_REGION:
		value_region(text, r->size, out);
		return true;
	case BY_RANGE:
		return put_range(text, r->size, arena, out, e);
	default:
		json_put_string(
		    out, (struct slice){ text.p, characters(text, r->size) });
		return true;
	}
}
