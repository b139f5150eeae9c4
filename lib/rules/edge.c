#include "rules/edge.h"

#include "json/write.h"
#include "rules/edge_parts.h"
#include "rules/sample.h"

#define LONGEST 4000 /* of a text that is written */

/* --- writing values ------------------------------------------------------------ */

struct slice
edge_quoted(const struct preparer *x, struct slice text)
{
	struct buf b = { 0 };
	struct slice json;

	json_put_string(&b, text);
	json = arena_slice(x->arena, buf_slice(&b));
	buf_release(&b);
	return json;
}

struct edge
edge_start(
    const struct preparer *x, bool good, const char *what, struct slice json)
{
	struct edge d = { .good = good, .what = what };

	if (x->test->field != NO_FIELD)
		d.puts[d.n++] = (struct edge_put){
			.field = &x->plan->fields[x->test->field], .json = json
		};
	return d;
}

static void
json_value(struct preparer *x, bool good, const char *what, const char *json)
{
	struct edge d = edge_start(x, good, what, slice_of(json));

	x->take(x->ctx, &d);
}

static void
text_value(struct preparer *x, bool good, const char *what, struct slice text)
{
	struct edge d = edge_start(x, good, what, edge_quoted(x, text));

	x->take(x->ctx, &d);
}

static void
both(struct preparer *x, const char *good, const char *bad)
{
	text_value(x, true, "a good value", slice_of(good));
	text_value(x, false, "a bad value", slice_of(bad));
}

static struct slice
repeat(const struct preparer *x, char c, size_t n)
{
	char *text = arena_alloc(x->arena, n + 1);

	memset(text, c, n);
	return (struct slice){ text, n };
}

/* --- numbers ---------------------------------------------------------------------- */

/* The next number of so many places as the bound has, up or down. */
struct slice
edge_beside(const struct preparer *x, const struct decimal *d, bool up)
{
	struct decimal step = { .negative = !up,
		.digits = "1",
		.n = 1,
		.exponent = d->exponent < 0 ? d->exponent : 0 };
	struct decimal sum = *d;
	struct err e = { 0 };

	decimal_add(d, &step, x->arena, &sum, &e);
	return decimal_text(&sum, x->arena);
}

void
edge_bound(struct preparer *x, const struct bound *b, bool low,
    void (*value)(struct preparer *, bool, const char *, struct slice))
{
	struct slice at;

	if (!b->there || b->is_date)
		return;
	at = decimal_text(&b->number, x->arena);
	if (b->open) {
		value(x, true, low ? "above the low end" : "below the high end",
		    edge_beside(x, &b->number, low));
		value(x, false, low ? "at the low end" : "at the high end", at);
	} else {
		value(x, true, low ? "at the low end" : "at the high end", at);
		value(x, false,
		    low ? "below the low end" : "above the high end",
		    edge_beside(x, &b->number, !low));
	}
}

void
edge_number(struct preparer *x, bool good, const char *what, struct slice text)
{
	struct edge d = edge_start(x, good, what, text);

	x->take(x->ctx, &d);
}

/* A text, or an array, of so many characters or elements. */
static void
long_value(struct preparer *x, bool good, const char *what, struct slice text)
{
	unsigned long long n;

	if (slice_number(text, &n) && n > 0 && n <= LONGEST)
		text_value(x, good, what, repeat(x, 'x', (size_t)n));
}

static void
many_value(struct preparer *x, bool good, const char *what, struct slice text)
{
	struct buf b = { 0 };
	unsigned long long n;

	if (!slice_number(text, &n) || n > LONGEST)
		return;
	buf_addc(&b, '[');
	while (n-- > 0) {
		json_put_comma(&b);
		buf_adds(&b, "{}");
	}
	buf_addc(&b, ']');
	edge_number(x, good, what, arena_slice(x->arena, buf_slice(&b)));
	buf_release(&b);
}

static void
ends(struct preparer *x,
    void (*value)(struct preparer *, bool, const char *, struct slice))
{
	edge_bound(x, &x->test->interval.low, true, value);
	edge_bound(x, &x->test->interval.high, false, value);
}

static void
precise_values(struct preparer *x)
{
	size_t n = x->test->places;
	struct slice ones = repeat(x, '1', n + 1);

	edge_number(x, true, "as many places as allowed",
	    slice_of(n == 0
		    ? "1"
		    : arena_printf(x->arena, "1.%.*s", (int)n, ones.p)));
	edge_number(x, false, "one place too many",
	    slice_of(arena_printf(x->arena, "1.%.*s", (int)n + 1, ones.p)));
}

/* --- dates -------------------------------------------------------------------------- */

static void
day_value(
    struct preparer *x, bool good, const char *what, struct date d, long days)
{
	char text[DATE_TEXT];

	date_add_days(&d, days);
	text_value(x, good, what, (struct slice){ text, date_print(&d, text) });
}

/* What is bounded by today is bad far away and good on a day of 2000. */
static void
date_values(struct preparer *x)
{
	const struct interval *i = &x->test->interval;
	const struct bound *l = &i->low, *h = &i->high;
	bool day = l->there && !l->now && l->date.precision == DATE_DAY;

	if (day) {
		day_value(x, true, "from the first day", l->date, l->open);
		day_value(x, false, "before the first day", l->date,
		    l->open ? 0 : -1);
	} else {
		text_value(x, true, "a day", SLICE("2000-01-01"));
	}
	if (h->there && !h->now && h->date.precision == DATE_DAY) {
		day_value(
		    x, true, "to the last day", h->date, h->open ? -1 : 0);
		day_value(x, false, "behind the last day", h->date, !h->open);
	} else if (h->there) {
		text_value(x, false, "in the future", SLICE("9999-12-31"));
	}
	text_value(x, false, "no day", SLICE("2023-02-29"));
}

/* --- words ---------------------------------------------------------------------------- */

static void
type_values(struct preparer *x)
{
	static const struct {
		const char *good, *bad;
	} values[] = { [IS_INTEGER] = { "1", "1.5" },
		[IS_NUMBER] = { "1.5", "\"x\"" },
		[IS_STRING] = { "\"x\"", "1" },
		[IS_BOOLEAN] = { "true", "\"x\"" },
		[IS_OBJECT] = { "{\"x\":1}", "\"x\"" },
		[IS_ARRAY] = { "[1]", "\"x\"" },
		[IS_DATE] = { "\"2024-02-29\"", "\"2023-02-29\"" },
		[IS_DATETIME] = { "\"2024-02-29T10:00\"", "\"2024-02-29\"" },
		[IS_PARTIAL_DATE] = { "\"2024-02\"", "\"2024-13\"" },
		[IS_DIMS] = { "\"12x9\"", "\"x\"" },
		[IS_SCALAR] = { "\"x\"", "{\"x\":1}" },
		[IS_WHOLE] = { "1", "1.0" } };
	size_t type = x->test->type;

	json_value(x, true, "of the type", values[type].good);
	json_value(x, false, "of another type", values[type].bad);
}

static void
set_values(struct preparer *x)
{
	const struct index *set = x->test->set;
	size_t n = index_count(set);
	struct slice first = index_name(set, 0);

	text_value(x, true, "the first of the set", first);
	if (n > 1)
		text_value(
		    x, true, "the last of the set", index_name(set, n - 1));
	text_value(x, false, "none of the set",
	    slice_of(arena_printf(x->arena, "%.*s~", (int)first.n, first.p)));
}

static void
pattern_values(struct preparer *x)
{
	static const char *const odd[] = { "~", "x", "0", "中" };
	const struct pattern *p = x->test->pattern;
	struct buf b = { 0 };
	bool good = false;

	for (unsigned v = 0; !good && v < SAMPLE_VARIANTS; v++) {
		good = sample_of(x->test->rule->arg, v, &b) && b.n > 0 &&
		    pattern_matches(p, buf_slice(&b));
		if (good)
			text_value(
			    x, true, "matches the pattern", buf_slice(&b));
	}
	buf_release(&b);
	for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++)
		if (!pattern_matches(p, slice_of(odd[i]))) {
			text_value(x, false, "does not match the pattern",
			    slice_of(odd[i]));
			return;
		}
}

static void
unique_values(struct preparer *x)
{
	struct edge d = edge_start(x, true, "alone", SLICE("\"x\""));

	x->take(x->ctx, &d);
	d.good = false;
	d.what = "twice";
	d.twice = true;
	x->take(x->ctx, &d);
}

void
edge_values(const struct plan *p, const struct test *t, struct arena *a,
    void (*take)(void *, const struct edge *), void *ctx)
{
	struct preparer x = { p, t, a, take, ctx };

	switch (t->rule->check) {
	case CHECK_REQUIRED:
		text_value(&x, true, "there", SLICE("x"));
		json_value(&x, false, "null", "null");
		break;
	case CHECK_ABSENT:
		json_value(&x, true, "null", "null");
		text_value(&x, false, "there", SLICE("x"));
		break;
	case CHECK_TYPE:
		type_values(&x);
		break;
	case CHECK_LENGTH:
		ends(&x, long_value);
		break;
	case CHECK_COUNT:
		if (t->where == NULL)
			ends(&x, many_value);
		break;
	case CHECK_RANGE:
		ends(&x, edge_number);
		break;
	case CHECK_DIGITS:
		text_value(
		    &x, true, "as many digits", repeat(&x, '1', t->places));
		text_value(&x, false, "one digit more",
		    repeat(&x, '1', t->places + 1));
		break;
	case CHECK_PRECISION:
		precise_values(&x);
		break;
	case CHECK_DATE:
		date_values(&x);
		break;
	case CHECK_REGEX:
		pattern_values(&x);
		break;
	case CHECK_ENUM:
		set_values(&x);
		break;
	case CHECK_UNIT:
		edge_unit(&x);
		break;
	case CHECK_IDCARD:
		both(&x, "11010519491231002X", "110105194912310021");
		break;
	case CHECK_USCC:
		both(&x, "91350100M000100Y43", "91350100M000100Y44");
		break;
	case CHECK_PHONE:
		both(&x, "13800138000", "123");
		break;
	case CHECK_POSTCODE:
		both(&x, "100000", "1000");
		break;
	case CHECK_CLEAN:
		both(&x, "x", "\xEF\xBF\xBD");
		break;
	case CHECK_NOT_PLACEHOLDER:
		both(&x, "x", "不详");
		break;
	case CHECK_COMPARE:
		edge_compare(&x);
		break;
	case CHECK_ALL_OF:
	case CHECK_ANY_OF:
	case CHECK_ONE_OF:
	case CHECK_TOGETHER:
		edge_members(&x);
		break;
	case CHECK_MAP:
		edge_map(&x);
		break;
	case CHECK_REFERENCE:
		edge_limit(&x);
		break;
	case CHECK_UNIQUE:
		unique_values(&x);
		break;
	default:
		break;
	}
}
