/*
 * Edges of checks that look at more than the value itself.
 */
#include "rules/conflict.h"
#include "rules/edge_parts.h"
#include "rules/expr_tree.h"
#include "rules/limits.h"

static void
put(struct edge *d, const struct field *f, struct slice json)
{
	if (d->n < EDGE_PUTS)
		d->puts[d->n++] = (struct edge_put){ .field = f, .json = json };
}

static void
put_path(struct edge *d, struct slice path, struct slice json)
{
	if (d->n < EDGE_PUTS && path.n > 0)
		d->puts[d->n++] =
		    (struct edge_put){ .path = path, .json = json };
}

/* Where the unit stands beside the value: FIELD_unit. */
static struct slice
unit_path(const struct preparer *x, const struct field *f)
{
	const char *before = f->in_indicators ? "indicators[\"" : "";
	const char *behind = f->in_indicators ? "\"]" : "";

	if (f->path.p[0] == '/' || f->path.p[f->path.n - 1] == ']')
		return SLICE("");
	return slice_of(arena_printf(x->arena, "%s%.*s_unit%s", before,
	    (int)f->path.n, f->path.p, behind));
}

static void
unit_value(struct preparer *x, bool good, const char *what, struct slice unit)
{
	const struct field *f = &x->plan->fields[x->test->field];
	struct edge d = edge_start(x, good, what, SLICE("1"));

	put_path(&d, unit_path(x, f), edge_quoted(x, unit));
	x->take(x->ctx, &d);
}

void
edge_unit(struct preparer *x)
{
	unit_value(x, true, "a unit of the set", index_name(x->test->set, 0));
	unit_value(x, false, "another unit", SLICE("~"));
}

/* --- two values -------------------------------------------------------------------------- */

/* The three ways of standing to what is on the right of a comparison. */
static const struct side {
	unsigned order;
	long away;
	const char *what;
} sides[] = { { ORDER_LESS, -1, "less" }, { ORDER_EQUAL, 0, "equal" },
	{ ORDER_MORE, 1, "more" } };

static bool
is_good(const struct preparer *x, const struct side *s)
{
	return (conflict_operator(x->test->comparison->op) & s->order) != 0;
}

static size_t
arguments(const struct expr *x)
{
	size_t n = 0;

	for (x = x->args; x != NULL; x = x->next)
		n++;
	return n;
}

/* Of `OP field` and `OP sum(field, ...)`: each is 5. */
static void
sum_values(struct preparer *x, const struct expr *first, size_t n)
{
	for (size_t i = 0; i < 3; i++) {
		const struct expr *f = first;
		struct edge d =
		    edge_start(x, is_good(x, &sides[i]), sides[i].what,
			slice_of(arena_printf(
			    x->arena, "%ld", 5 * (long)n + sides[i].away)));

		for (size_t k = 0; k < n; k++, f = f->next) {
			if (f->kind != EXPR_FIELD)
				return;
			put(&d, &x->plan->fields[f->field], SLICE("5"));
		}
		x->take(x->ctx, &d);
	}
}

/* Of `OP field + 7d`: days around it. */
static void
shift_values(struct preparer *x, const struct expr *sum)
{
	const struct expr *f = sum->args, *by = f->next;
	struct date day = { .year = 2000,
		.month = 1,
		.day = 1,
		.zone = DATE_NO_ZONE,
		.precision = DATE_DAY };
	long days = (long)(by->seconds / 86400);

	if (f->kind != EXPR_FIELD || by->kind != EXPR_DURATION ||
	    by->seconds % 86400 != 0)
		return;
	date_add_days(&day, sum->kind == EXPR_ADD ? days : -days);
	for (size_t i = 0; i < 3; i++) {
		struct date left = day;
		char text[DATE_TEXT];
		size_t n;
		struct edge d;

		date_add_days(&left, sides[i].away);
		n = date_print(&left, text);
		d = edge_start(x, is_good(x, &sides[i]), sides[i].what,
		    edge_quoted(x, (struct slice){ text, n }));
		put(&d, &x->plan->fields[f->field], SLICE("\"2000-01-01\""));
		x->take(x->ctx, &d);
	}
}

/* `there` of the members hold a value. */
static void
members_value(struct preparer *x, bool good, const char *what, size_t there)
{
	struct edge d = { .good = good, .what = what };

	for (size_t i = 0; i < there; i++)
		put(&d, &x->plan->fields[x->test->members[i]], SLICE("\"x\""));
	x->take(x->ctx, &d);
}

void
edge_members(struct preparer *x)
{
	size_t n = x->test->nmembers;

	switch (x->test->rule->check) {
	case CHECK_ALL_OF:
		members_value(x, true, "all are there", n);
		members_value(x, false, "one is not there", n - 1);
		break;
	case CHECK_ANY_OF:
		members_value(x, true, "one is there", 1);
		members_value(x, false, "none is there", 0);
		break;
	case CHECK_ONE_OF:
		members_value(x, true, "one is there", 1);
		members_value(x, false, "none is there", 0);
		break;
	default:
		members_value(x, true, "all are there", n);
		members_value(x, false, "one alone is there", 1);
	}
}

void
edge_map(struct preparer *x)
{
	const struct pairs *m = x->test->pairs;
	const struct field *other = &x->plan->fields[x->test->members[0]];
	struct slice key = index_name(m->keys, 0);
	struct slice value = index_name(m->allowed[0], 0);
	struct edge d =
	    edge_start(x, true, "an allowed pair", edge_quoted(x, key));

	put(&d, other, edge_quoted(x, value));
	x->take(x->ctx, &d);
	d = edge_start(
	    x, false, "a pair that is not allowed", edge_quoted(x, key));
	put(&d, other,
	    edge_quoted(x,
		slice_of(
		    arena_printf(x->arena, "%.*s~", (int)value.n, value.p))));
	x->take(x->ctx, &d);
}

static void
limit_value(
    struct preparer *x, bool good, const char *what, struct slice number)
{
	struct limits_row row = limits_first(x->test->rule->limits);
	const struct field *f = &x->plan->fields[x->test->field];
	struct edge d = edge_start(x, good, what, number);
	const size_t *members = x->test->members;
	struct decimal age;
	struct err e = { 0 };

	if (row.unit.n > 0)
		put_path(&d, unit_path(x, f), edge_quoted(x, row.unit));
	if (members[0] != NO_FIELD)
		put(&d, &x->plan->fields[members[0]],
		    edge_quoted(x, row.sex.n > 0 ? row.sex : SLICE("1")));
	if (members[1] != NO_FIELD && row.age_low.n > 0)
		put(&d, &x->plan->fields[members[1]], row.age_low);
	else if (members[1] != NO_FIELD &&
	    decimal_parse(row.age_high, x->arena, &age, &e))
		put(&d, &x->plan->fields[members[1]],
		    edge_beside(x, &age, false));
	x->take(x->ctx, &d);
}

void
edge_limit(struct preparer *x)
{
	struct limits_row row = limits_first(x->test->rule->limits);
	struct bound low = { .there = row.low.n > 0 };
	struct bound high = { .there = row.high.n > 0 };
	struct err e = { 0 };

	if (low.there && decimal_parse(row.low, x->arena, &low.number, &e))
		edge_bound(x, &low, true, limit_value);
	if (high.there && decimal_parse(row.high, x->arena, &high.number, &e))
		edge_bound(x, &high, false, limit_value);
}

void
edge_compare(struct preparer *x)
{
	const struct cond *c = conflict_check(x->plan, x->test, x->arena);
	const struct expr *right = x->test->comparison->right;
	struct claim claim = { c, true };
	struct interval i;

	if (c != NULL && conflict_interval(&claim, &i)) {
		edge_bound(x, &i.low, true, edge_number);
		edge_bound(x, &i.high, false, edge_number);
	} else if (right->kind == EXPR_FIELD) {
		sum_values(x, right, 1);
	} else if (right->kind == EXPR_SUM) {
		sum_values(x, right->args, arguments(right));
	} else if (right->kind == EXPR_ADD || right->kind == EXPR_SUB) {
		shift_values(x, right);
	}
}
