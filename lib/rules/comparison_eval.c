#include "rules/expr_tree.h"

enum quantity_kind { Q_MISSING, Q_NUMBER, Q_DATE, Q_DURATION, Q_TEXT, Q_FAULT };

struct quantity {
	enum quantity_kind kind;
	union {
		struct decimal number;
		struct date date;
		long long seconds;
	};
	struct slice text; /* of a value, however it is read */
};

static struct quantity
fault(void)
{
	return (struct quantity){ .kind = Q_FAULT };
}

static struct quantity
of_datum(struct datum *d, struct arena *a)
{
	struct quantity q = { .kind = Q_MISSING };

	if (datum_missing(d) || !datum_scalar(d))
		return q;
	q.text = d->text;
	if (datum_number(d, a)) {
		q.kind = Q_NUMBER;
		q.number = d->number;
	} else if (datum_date(d)) {
		q.kind = Q_DATE;
		q.date = d->date;
	} else {
		q.kind = Q_TEXT;
	}
	return q;
}

static struct quantity
of_field(size_t field, struct scope *s)
{
	const struct cells *cells = s->cells(s, field);

	if (cells->fault)
		return fault();
	if (cells->n != 1)
		return (struct quantity){ .kind = Q_MISSING };
	return of_datum(&cells->list[0], s->arena);
}

static long
day_of(const struct date *d, int zone)
{
	struct date local = *d;

	if (d->zone != DATE_NO_ZONE && d->zone != zone)
		local = date_of_seconds(date_seconds(d, zone), zone);
	return date_days(local.year, local.month, local.day);
}

static long long
between(const struct date *from, const struct date *to, int zone)
{
	if (from->precision <= DATE_DAY || to->precision <= DATE_DAY)
		return (day_of(to, zone) - day_of(from, zone)) * 86400LL;
	return date_seconds(to, zone) - date_seconds(from, zone);
}

static struct quantity
move_date(struct quantity q, long long seconds, int zone)
{
	if (q.date.precision <= DATE_DAY || seconds % 86400 == 0) {
		date_add_days(&q.date, (long)(seconds / 86400));
		return q;
	}
	q.date = date_of_seconds(date_seconds(&q.date, zone) + seconds,
	    q.date.zone == DATE_NO_ZONE ? zone : q.date.zone);
	return q;
}

static struct quantity
add(struct quantity l, struct quantity r, bool minus, struct scope *s)
{
	struct quantity q = { .kind = l.kind };

	if (l.kind == Q_NUMBER && r.kind == Q_NUMBER) {
		if (!(minus ? decimal_sub : decimal_add)(
			&l.number, &r.number, s->arena, &q.number, NULL))
			return fault();
		return q;
	}
	if (l.kind == Q_DATE && r.kind == Q_DURATION)
		return move_date(l, minus ? -r.seconds : r.seconds, s->zone);
	if (l.kind == Q_DURATION && r.kind == Q_DATE && !minus)
		return move_date(r, l.seconds, s->zone);
	if (l.kind == Q_DATE && r.kind == Q_DATE && minus) {
		q.kind = Q_DURATION;
		q.seconds = between(&r.date, &l.date, s->zone);
		return q;
	}
	if (l.kind == Q_DURATION && r.kind == Q_DURATION) {
		q.seconds = l.seconds + (minus ? -r.seconds : r.seconds);
		return q;
	}
	return (struct quantity){ .kind = Q_MISSING };
}

static struct quantity
multiply(struct quantity l, struct quantity r, bool over, struct scope *s)
{
	struct quantity q = { .kind = Q_NUMBER };

	if (l.kind != Q_NUMBER || r.kind != Q_NUMBER)
		return (struct quantity){ .kind = Q_MISSING };
	return (over ? decimal_div : decimal_mul)(
		   &l.number, &r.number, s->arena, &q.number, NULL)
	    ? q
	    : fault();
}

/* Whole years, as a birthday counts. */
static long long
years_between(const struct date *a, const struct date *b, int zone)
{
	struct date x = date_of_days(day_of(a, zone));
	struct date y = date_of_days(day_of(b, zone));
	long long years = y.year - x.year;

	if (y.month < x.month || (y.month == x.month && y.day < x.day))
		years--;
	return years;
}

static struct quantity
number(long long n, struct arena *a)
{
	return (struct quantity){ .kind = Q_NUMBER,
		.number = decimal_of_long(n, a) };
}

static void
make_positive(struct quantity *q)
{
	if (q->kind == Q_NUMBER)
		q->number.negative = false;
	else if (q->kind == Q_DURATION && q->seconds < 0)
		q->seconds = -q->seconds;
}

/* How two of a kind stand; false where they are of different kinds. */
static bool
order(const struct quantity *l, const struct quantity *r, int zone, int *to)
{
	if (l->kind != r->kind)
		return false;
	switch (l->kind) {
	case Q_NUMBER:
		*to = decimal_cmp(&l->number, &r->number);
		return true;
	case Q_DATE:
		*to = expr_date_cmp(&l->date, &r->date, zone);
		return true;
	case Q_DURATION:
		*to = l->seconds < r->seconds ? -1 : l->seconds > r->seconds;
		return true;
	default:
		return false;
	}
}

/*
 * As it is written: neither the zone of a time nor that of the run moves it to
 * another day.  What is no day, being a year alone or no date, stays what it
 * is and compares with no date.
 */
static struct quantity
as_written(struct quantity q, bool time)
{
	q.text = (struct slice){ NULL, 0 };
	if (q.kind != Q_DATE)
		return q;
	if (q.date.precision < DATE_DAY) {
		q.kind = Q_TEXT;
		return q;
	}
	q.date.zone = DATE_NO_ZONE;
	if (!time) {
		q.date = (struct date){ .year = q.date.year,
			.month = q.date.month,
			.day = q.date.day,
			.zone = DATE_NO_ZONE };
		q.date.precision = DATE_DAY;
	} else if (q.date.precision < DATE_SECOND) {
		q.date.precision = DATE_SECOND;
	}
	return q;
}

static struct quantity eval(const struct expr *, struct scope *);

/* Missing where a part is, nothing that compares where there is no such day. */
static struct quantity
made_date(const struct expr *x, struct scope *s)
{
	struct quantity q = { .kind = Q_DATE };
	long long parts[3] = { 0, 0, 0 };
	size_t n = 0;

	for (const struct expr *arg = x->args; arg != NULL; arg = arg->next) {
		struct quantity part = eval(arg, s);

		if (part.kind == Q_MISSING || part.kind == Q_FAULT)
			return part;
		if (part.kind != Q_NUMBER ||
		    !decimal_long(&part.number, &parts[n++]))
			q.kind = Q_TEXT;
	}
	if (q.kind != Q_DATE || parts[0] < 1 || parts[0] > 9999 ||
	    parts[1] < 1 || parts[1] > 12 || parts[2] < 1 || parts[2] > 31 ||
	    !date_exists((int)parts[0], (unsigned)parts[1], (unsigned)parts[2]))
		return (struct quantity){ .kind = Q_TEXT };
	q.date = (struct date){ .year = (int)parts[0],
		.month = (uint8_t)parts[1],
		.day = (uint8_t)parts[2],
		.zone = DATE_NO_ZONE,
		.precision = DATE_DAY };
	return q;
}

static struct quantity
eval_many(const struct expr *x, struct scope *s)
{
	struct quantity best = { .kind = Q_MISSING }, q;
	int o;

	for (const struct expr *arg = x->args; arg != NULL; arg = arg->next) {
		q = eval(arg, s);
		if (q.kind == Q_FAULT)
			return q;
		if (q.kind == Q_MISSING)
			continue;
		if (x->kind == EXPR_SUM) {
			if (q.kind != Q_NUMBER)
				return (struct quantity){ .kind = Q_MISSING };
			if (best.kind == Q_NUMBER)
				q = add(best, q, false, s);
			if (q.kind == Q_FAULT)
				return q;
			best = q;
			best.text = (struct slice){ NULL, 0 };
		} else if (best.kind == Q_MISSING) {
			best = q;
			if (x->kind == EXPR_COALESCE)
				return q;
		} else if (order(&q, &best, s->zone, &o) &&
		    (x->kind == EXPR_MIN ? o < 0 : o > 0)) {
			best = q;
		}
	}
	if (x->kind == EXPR_SUM && best.kind == Q_MISSING)
		return number(0, s->arena);
	return best;
}

static struct quantity
eval_two(const struct expr *x, struct scope *s)
{
	struct quantity l = eval(x->args, s), r;

	if (l.kind == Q_MISSING || l.kind == Q_FAULT)
		return l;
	r = eval(x->args->next, s);
	if (r.kind == Q_MISSING || r.kind == Q_FAULT)
		return r;
	switch (x->kind) {
	case EXPR_ADD:
	case EXPR_SUB:
		return add(l, r, x->kind == EXPR_SUB, s);
	case EXPR_MUL:
	case EXPR_DIV:
		return multiply(l, r, x->kind == EXPR_DIV, s);
	default:
		if (l.kind != Q_DATE || r.kind != Q_DATE)
			return (struct quantity){ .kind = Q_MISSING };
		return number(x->kind == EXPR_DAYS
			? day_of(&r.date, s->zone) - day_of(&l.date, s->zone)
			: years_between(&l.date, &r.date, s->zone),
		    s->arena);
	}
}

static struct quantity
eval(const struct expr *x, struct scope *s)
{
	struct quantity q = { .kind = Q_NUMBER };

	switch (x->kind) {
	case EXPR_NUMBER:
		q.number = x->number;
		return q;
	case EXPR_DATE:
	case EXPR_NOW:
		q.kind = Q_DATE;
		q.date = x->kind == EXPR_NOW ? s->now : x->date;
		return q;
	case EXPR_DURATION:
		q.kind = Q_DURATION;
		q.seconds = x->seconds;
		return q;
	case EXPR_FIELD:
		return of_field(x->field, s);
	case EXPR_ABS:
		q = eval(x->args, s);
		make_positive(&q);
		return q;
	case EXPR_DAY:
	case EXPR_TIME:
		return as_written(eval(x->args, s), x->kind == EXPR_TIME);
	case EXPR_YEAR:
		q = eval(x->args, s);
		return q.kind == Q_DATE ? number(q.date.year, s->arena) : q;
	case EXPR_MADE_DATE:
		return made_date(x, s);
	case EXPR_SUM:
	case EXPR_MIN:
	case EXPR_MAX:
	case EXPR_COALESCE:
		return eval_many(x, s);
	default:
		return eval_two(x, s);
	}
}

static enum outcome
judge(char op, int o)
{
	bool ok = op == '=' ? o == 0
	    : op == 'n'     ? o != 0
	    : op == '<'     ? o < 0
	    : op == 'l'     ? o <= 0
	    : op == '>'     ? o > 0
			    : o >= 0;

	return ok ? PASS : FAIL;
}

/*
 * Within the tolerance two values are equal: `<=` and `>=` gain it, `<` and
 * `>` are held to be true there too.
 */
static enum outcome
judge_near(const struct comparison *c, const struct quantity *l,
    const struct quantity *r, int o, struct scope *s)
{
	struct quantity t = eval(c->tolerance, s), gap = add(*l, *r, true, s);
	int more;

	if (t.kind == Q_FAULT || gap.kind == Q_FAULT)
		return FAULT;
	make_positive(&gap);
	if (!order(&gap, &t, s->zone, &more))
		return NOT_APPLICABLE;
	if (more <= 0)
		return c->op == 'n' ? FAIL : PASS;
	return judge(c->op, o);
}

static enum outcome
compare(const struct comparison *c, struct quantity l, struct scope *s,
    struct err *e)
{
	struct quantity r = eval(c->right, s);
	bool equality = c->op == '=' || c->op == 'n';
	int o;

	if (l.kind == Q_FAULT || r.kind == Q_FAULT) {
		err_data(e, "number",
		    "a number is out of bounds, or a reference has no one row");
		return FAULT;
	}
	if (l.kind == Q_MISSING || r.kind == Q_MISSING)
		return NOT_APPLICABLE;
	if (!order(&l, &r, s->zone, &o)) {
		if (!equality || l.text.p == NULL || r.text.p == NULL)
			return NOT_APPLICABLE;
		return judge(c->op, slice_eq(l.text, r.text) ? 0 : 1);
	}
	return c->tolerance == NULL ? judge(c->op, o)
				    : judge_near(c, &l, &r, o, s);
}

enum truth
expr_test(char op, const struct expr *left, const struct expr *right,
    struct scope *s, struct err *e)
{
	struct comparison c = { .op = op, .right = right };
	enum outcome o = compare(&c, eval(left, s), s, e);

	return o == PASS ? TRUE_ : o == FAIL ? FALSE_ : UNKNOWN;
}

enum outcome
comparison_eval(const struct comparison *c, struct datum *left, struct scope *s,
    struct err *e)
{
	return compare(c, of_datum(left, s->arena), s, e);
}
