#include "rules/window.h"

#include <math.h>

#include "base/mem.h"
#include "rules/expr.h"
#include "rules/expr_token.h"

#define FIXED_PLACES 6
#define LARGE        (INT64_C(1000000000) * FIXED_ONE)
#define MANY         ((size_t)1 << 24) /* 2^24 squares below 2^102 */
#define FIXED_MOST   (INT64_C(1000000) * FIXED_ONE * FIXED_ONE) /* 10^12 */

/* --- values --------------------------------------------------------------------- */

bool
fixed_of(const struct decimal *d, struct arena *a, int64_t *to)
{
	struct decimal near = decimal_places(d, FIXED_PLACES, a);
	long zeros = near.exponent + FIXED_PLACES;
	int64_t v = 0;

	for (size_t i = 0; i < near.n; i++) {
		if (v > FIXED_MOST / 10)
			return false;
		v = v * 10 + (near.digits[i] - '0');
	}
	for (; zeros > 0 && v > 0; zeros--) {
		if (v > FIXED_MOST / 10)
			return false;
		v *= 10;
	}
	*to = near.negative ? -v : v;
	return true;
}

void
fixed_put(struct buf *b, int64_t v)
{
	uint64_t n = v < 0 ? -(uint64_t)v : (uint64_t)v;
	unsigned part = (unsigned)(n % (uint64_t)FIXED_ONE), places = 6;

	buf_addf(b, "%s%llu", v < 0 ? "-" : "",
	    (unsigned long long)(n / (uint64_t)FIXED_ONE));
	if (part == 0)
		return;
	for (; part % 10 == 0; part /= 10)
		places--;
	buf_addf(b, ".%0*u", (int)places, part);
}

/* --- arguments ------------------------------------------------------------------ */

static bool
take_span(struct lexer *x, int64_t *span, struct err *e)
{
	long long seconds;

	if (x->now.kind != TOKEN_WORD ||
	    !expr_duration(x->now.text, &seconds) || seconds == 0)
		return expr_expected(x, "a duration such as 30s, 5m, 24h", e);
	*span = seconds * FIXED_ONE;
	expr_next(x);
	return true;
}

static bool
take_number(struct lexer *x, int64_t *to, struct err *e)
{
	bool minus = expr_accept(x, '-');
	struct err why = { 0 };
	struct decimal d;

	if (x->now.kind != TOKEN_WORD ||
	    !decimal_parse(x->now.text, x->with->arena, &d, &why) ||
	    !fixed_of(&d, x->with->arena, to))
		return expr_expected(x, "a number", e);
	if (minus)
		*to = -*to;
	expr_next(x);
	return true;
}

static bool
take_word(struct lexer *x, const char *word, struct err *e)
{
	if (!expr_is_word(x, word))
		return expr_expected(x, word, e);
	expr_next(x);
	return true;
}

static bool
take_op(struct lexer *x, char *op, struct err *e)
{
	if (x->now.kind != TOKEN_SIGN || !is_one_of(x->now.sign, "=<>gln"))
		return expr_expected(x, "= != < <= > >=", e);
	*op = x->now.sign;
	expr_next(x);
	return true;
}

static bool
take_bound(const struct bound *b, struct arena *a, struct fixed_bound *to,
    struct err *e)
{
	*to = (struct fixed_bound){ .there = b->there, .open = b->open };
	return !b->there ||
	    (!b->is_date && !b->now && fixed_of(&b->number, a, &to->at)) ||
	    err_set(e, ERR_USAGE, "the interval of a window is of numbers");
}

static bool
take_aggregate(struct lexer *x, struct window *w, struct err *e)
{
	static const char *const names[] = { "mean", "min", "max", "sd",
		"count" };
	struct interval i;

	for (unsigned k = 0; k < sizeof(names) / sizeof(names[0]); k++)
		if (expr_is_word(x, names[k])) {
			w->of = (enum aggregate)k;
			expr_next(x);
			return expr_interval(x, &i, e) &&
			    take_bound(&i.low, x->with->arena, &w->low, e) &&
			    take_bound(&i.high, x->with->arena, &w->high, e) &&
			    take_word(x, "over", e) &&
			    take_span(x, &w->span, e);
		}
	return expr_expected(x, "mean, min, max, sd or count", e);
}

static bool
parse(struct lexer *x, struct window *w, struct err *e)
{
	switch (w->check) {
	case CHECK_STEP:
		return take_number(x, &w->limit, e) && take_word(x, "in", e) &&
		    take_span(x, &w->span, e);
	case CHECK_STUCK:
		return take_span(x, &w->span, e) &&
		    (!expr_accept(x, '~') || take_number(x, &w->limit, e));
	case CHECK_HOLD:
		return take_op(x, &w->op, e) && take_number(x, &w->limit, e) &&
		    take_word(x, "for", e) && take_span(x, &w->span, e);
	case CHECK_WINDOW:
		return take_aggregate(x, w, e);
	default: /* gap */
		return take_span(x, &w->span, e);
	}
}

bool
window_parse(enum check check, struct slice arg, struct arena *arena,
    struct window *w, struct err *e)
{
	struct resolver with = { .arena = arena };
	struct lexer x;

	*w = (struct window){ .check = check };
	expr_start(&x, arg, true, &with);
	if (!parse(&x, w, e))
		return false;
	if (x.now.kind != TOKEN_END)
		return expr_expected(&x, "the end", e);
	return w->limit >= 0 || check == CHECK_HOLD ||
	    err_set(e, ERR_USAGE, "'%s' takes no negative number",
		check_name(check));
}

/* --- the samples of a span ------------------------------------------------------- */

static struct sample *
at(const struct samples *s, size_t i)
{
	return &s->list[(s->head + i) & (s->room - 1)];
}

static void
push(struct samples *s, struct sample new)
{
	if (s->n == s->room) {
		size_t room = s->room == 0 ? 8 : 2 * s->room;
		struct sample *list = mem_alloc(room * sizeof(*list));

		for (size_t i = 0; i < s->n; i++)
			list[i] = *at(s, i);
		mem_free(s->list);
		s->list = list;
		s->head = 0;
		s->room = room;
	}
	s->n++;
	*at(s, s->n - 1) = new;
}

static void
drop_before(struct samples *s, int64_t when)
{
	while (s->n > 0 && at(s, 0)->at < when) {
		s->head = (s->head + 1) & (s->room - 1);
		s->n--;
	}
}

/* Values that no later extreme can need are not kept: low rises, high falls. */
static void
push_extreme(struct samples *s, struct sample new, bool low)
{
	while (s->n > 0 &&
	    (low ? at(s, s->n - 1)->value >= new.value
		 : at(s, s->n - 1)->value <= new.value))
		s->n--;
	push(s, new);
}

static bool
needs_extremes(const struct window *w)
{
	return w->check == CHECK_STEP || w->of == OF_MIN || w->of == OF_MAX;
}

/* Adds the value to the sums of all, or (-1) takes it away. */
static void
count(struct window_state *s, int64_t value, int sign)
{
	window_squares square = (window_squares)((window_sum)value * value);

	s->sum += sign * (window_sum)value;
	s->squares = sign > 0 ? s->squares + square : s->squares - square;
	if (value >= LARGE || value <= -LARGE)
		s->large = sign > 0 ? s->large + 1 : s->large - 1;
}

static void
keep(const struct window *w, struct window_state *s, struct sample new)
{
	push(&s->all, new);
	count(s, new.value, 1);
	if (needs_extremes(w)) {
		push_extreme(&s->low, new, true);
		push_extreme(&s->high, new, false);
	}
}

static void
forget_before(struct window_state *s, int64_t when)
{
	for (size_t i = 0; i < s->all.n && at(&s->all, i)->at < when; i++)
		count(s, at(&s->all, i)->value, -1);
	drop_before(&s->all, when);
	drop_before(&s->low, when);
	drop_before(&s->high, when);
}

/* --- what a sample means --------------------------------------------------------- */

static bool
compares(char op, int64_t a, int64_t b)
{
	switch (op) {
	case '=':
		return a == b;
	case 'n':
		return a != b;
	case '<':
		return a < b;
	case 'l':
		return a <= b;
	case '>':
		return a > b;
	default:
		return a >= b;
	}
}

/* value is a share of a whole number: compared without dividing. */
static bool
outside(const struct window *w, window_sum value, window_sum share)
{
	window_sum low = (window_sum)w->low.at * share,
		   high = (window_sum)w->high.at * share;

	return (w->low.there && (w->low.open ? value <= low : value < low)) ||
	    (w->high.there && (w->high.open ? value >= high : value > high));
}

static int64_t
divide(window_sum sum, window_sum n)
{
	window_sum twice = 2 * (sum < 0 ? -sum : sum), q = twice / (2 * n);
	window_sum rest = twice - q * 2 * n;

	if (rest > n || (rest == n && q % 2 != 0))
		q++;
	return (int64_t)(sum < 0 ? -q : q);
}

/* The squares of the distances from a value, one by one. */
static double
walk_squares(const struct samples *s, int64_t from)
{
	double squares = 0;

	for (size_t i = 0; i < s->n; i++) {
		double d = (double)at(s, i)->value - (double)from;

		squares += d * d;
	}
	return squares;
}

/*
 * Of the sample: divided by n - 1; of one value it is 0.  The squares of the
 * distances from the mean follow from the sums, exactly: what the sums lose
 * beyond 128 bits cancels out, as the result has fewer.  That is sure where no
 * value is large and there are not too many of them.
 */
static int64_t
deviation(const struct window_state *s)
{
	window_sum n = (window_sum)s->all.n, mean = divide(s->sum, n);
	window_sum rest = s->sum - n * mean;
	double squares;

	if (n < 2)
		return 0;
	if (s->large > 0 || s->all.n > MANY)
		squares = walk_squares(&s->all, (int64_t)mean);
	else
		squares = (double)(s->squares -
		    (window_squares)(mean * (2 * s->sum - n * mean)));
	squares -= (double)rest * (double)rest / (double)n;
	return squares <= 0 ? 0 : llrint(sqrt(squares / (double)(n - 1)));
}

static bool
judge_window(const struct window *w, struct window_state *s, int64_t *value)
{
	window_sum n = (window_sum)s->all.n;

	switch (w->of) {
	case OF_MEAN:
		*value = divide(s->sum, n);
		return outside(w, s->sum, n);
	case OF_MIN:
		*value = at(&s->low, 0)->value;
		break;
	case OF_MAX:
		*value = at(&s->high, 0)->value;
		break;
	case OF_SD:
		*value = deviation(s);
		break;
	default:
		*value = (int64_t)s->all.n * FIXED_ONE;
	}
	return outside(w, *value, 1);
}

/* A run of samples that are all so, without a silence longer than its span. */
static bool
run_on(const struct window *w, struct window_state *s, struct sample new)
{
	bool same = w->check == CHECK_HOLD
	    ? compares(w->op, new.value, w->limit)
	    : s->begun && new.value - s->value <= w->limit &&
		s->value - new.value <= w->limit;
	bool silent = s->begun && new.at - s->last > w->span;

	if (s->begun && same && !silent) {
		s->count++;
	} else if (same || w->check == CHECK_STUCK) {
		s->begun = true;
		s->first = new.at;
		s->value = new.value;
		s->count = 1;
	} else {
		s->begun = false;
		s->count = 0;
	}
	s->last = new.at;
	return s->begun && new.at - s->first >= w->span;
}

/* Whether the sample leaves the condition true; how it is to be told. */
static bool
holds(const struct window *w, struct window_state *s, struct sample new,
    struct window_event *to)
{
	bool yes;

	*to = (struct window_event){
		.at = new.at, .value = new.value, .has_value = true
	};
	if (w->check == CHECK_HOLD || w->check == CHECK_STUCK) {
		yes = run_on(w, s, new);
		to->since = s->first;
		to->samples = s->count;
		return yes;
	}
	if (!s->begun)
		s->first = new.at;
	s->begun = true;
	s->last = new.at;
	/* A step looks back to the limit itself, a window begins behind it. */
	forget_before(s, new.at - w->span + (w->check == CHECK_WINDOW));
	keep(w, s, new);
	to->since = at(&s->all, 0)->at;
	to->samples = s->all.n;
	if (w->check == CHECK_STEP)
		return at(&s->high, 0)->value - new.value > w->limit ||
		    new.value - at(&s->low, 0)->value > w->limit;
	yes = judge_window(w, s, &to->value);
	return new.at - s->first >= w->span &&yes;
}

static unsigned
add_to_gap(const struct window *w, struct window_state *s, struct sample new,
    struct window_event *to)
{
	unsigned n = window_due(w, s, new.at, to);

	if (s->open)
		to[n++] = (struct window_event){ .at = new.at,
			.since = s->since,
			.value = new.value,
			.has_value = true };
	s->open = false;
	s->begun = true;
	s->last = new.at;
	return n;
}

unsigned
window_add(const struct window *w, struct window_state *s, struct sample new,
    struct window_event to[WINDOW_EVENTS])
{
	bool yes;

	if (w->check == CHECK_GAP)
		return add_to_gap(w, s, new, to);
	yes = holds(w, s, new, to);
	if (yes == s->open)
		return 0;
	if (yes)
		s->since = to->since;
	else
		to->since = s->since;
	to->open = s->open = yes;
	return 1;
}

bool
window_due(const struct window *w, struct window_state *s, int64_t now,
    struct window_event *to)
{
	if (!s->begun || s->open || now - s->last <= w->span)
		return false;
	s->open = true;
	s->since = s->last;
	*to = (struct window_event){
		.open = true, .at = s->last + w->span, .since = s->since
	};
	return true;
}

struct sample
window_sample(const struct window_state *s, size_t i)
{
	return *at(&s->all, i);
}

void
window_restore(
    const struct window *w, struct window_state *s, struct sample old)
{
	keep(w, s, old);
}

void
window_release(struct window_state *s)
{
	mem_free(s->all.list);
	mem_free(s->low.list);
	mem_free(s->high.list);
}
