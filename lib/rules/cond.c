/*
 *	or:    and { '|' and }
 *	and:   not { '&' not }
 *	not:   '!' not | '(' or ')' | test
 *	test:  PATH ( 'exists' | 'missing' | OP constant | 'prefix' constant
 *	            | 'matches' constant | 'in' '{' constants '}'
 *	            | 'in' interval | 'in' REFERENCE.KEY )
 *	       | ( PATH | FUNCTION '(' sum { ',' sum } ')' ) OP sum
 */
#include "base/mem.h"
#include "base/pattern.h"
#include "rules/cond_tree.h"
#include "rules/expr_token.h"

static struct cond *parse_or(struct lexer *, struct err *);

static struct cond *
new_cond(struct lexer *x, enum cond_kind kind)
{
	struct cond *c = arena_zalloc(x->with->arena, sizeof(*c));

	c->kind = kind;
	return c;
}

static bool
is_constant(const struct lexer *x)
{
	return x->now.kind == TOKEN_WORD || x->now.kind == TOKEN_STRING;
}

static void
add_constant(struct lexer *x, struct cond *c)
{
	struct arena *a = x->with->arena;
	struct err e = { 0 };
	struct constant *all;
	struct slice *texts;

	if ((c->n & (c->n - 1)) == 0) { /* grows at powers of two */
		all = arena_alloc(a, (2 * c->n + 1) * sizeof(*all));
		texts = arena_alloc(a, (2 * c->n + 1) * sizeof(*texts));
		if (c->n > 0) {
			memcpy(all, c->constants, c->n * sizeof(*all));
			memcpy(texts, c->texts, c->n * sizeof(*texts));
		}
		c->constants = all;
		c->texts = texts;
	}
	c->texts[c->n] = x->now.text;
	c->constants[c->n] = (struct constant){ .text = x->now.text };
	c->constants[c->n].is_number =
	    decimal_parse(x->now.text, a, &c->constants[c->n].number, &e);
	c->n++;
	expr_next(x);
}

static bool
parse_set(struct lexer *x, struct cond *c, struct err *e)
{
	c->kind = COND_SET;
	expr_next(x);
	do {
		if (!is_constant(x))
			return expr_expected(x, "a value", e);
		add_constant(x, c);
	} while (expr_accept(x, ','));
	return expr_accept(x, '}') || expr_expected(x, "'}'", e);
}

static bool
parse_bound(struct lexer *x, struct cond *c, struct err *e)
{
	struct err why = { 0 };
	struct slice text = x->now.text;

	if (!is_constant(x))
		return expr_expected(x, "a number or date", e);
	c->bound.there = true;
	if (expr_is_word(x, "now"))
		c->bound.now = c->bound.is_date = x->with->uses_now = true;
	else if (text.n > 4 && text.p[4] == '-' &&
	    date_parse(text, &c->bound.date, &why))
		c->bound.is_date = true;
	else if (!decimal_parse(text, x->with->arena, &c->bound.number, &why))
		return expr_expected(x, "a number or date", e);
	expr_next(x);
	return true;
}

void
patterns_release(struct patterns *p)
{
	for (size_t i = 0; i < p->n; i++)
		pattern_free(p->list[i]);
	mem_free(p->list);
}

static bool
parse_matches(struct lexer *x, struct cond *c, struct err *e)
{
	struct patterns *all = x->with->patterns;
	struct pattern *p;

	c->kind = COND_MATCHES;
	if (!is_constant(x))
		return expr_expected(x, "a pattern", e);
	if (all == NULL)
		return err_set(e, ERR_USAGE, "'matches' has no place here");
	p = pattern_compile(x->now.text, 0, e);
	if (p == NULL)
		return false;
	all->list = mem_room(all->list, all->n, &all->room, sizeof(*all->list));
	all->list[all->n++] = p;
	c->pattern = p;
	expr_next(x);
	return true;
}

static bool
parse_key(struct lexer *x, struct cond *c, struct err *e)
{
	c->kind = COND_KEY;
	if (x->with->reference == NULL)
		return err_set(e, ERR_USAGE, "no reference is read here");
	if (!x->with->reference(x->with->ctx, x->now.text, &c->reference, e))
		return false;
	expr_next(x);
	return true;
}

static bool
parse_in(struct lexer *x, struct cond *c, struct err *e)
{
	if (expr_is(x, '{'))
		return parse_set(x, c, e);
	if (x->now.kind == TOKEN_WORD)
		return parse_key(x, c, e);
	c->kind = COND_INTERVAL;
	return expr_interval(x, &c->interval, e);
}

/* --- two expressions ------------------------------------------------------------ */

/* In arithmetic + - * / are signs: the token at hand is read again. */
static struct expr *
parse_sum(struct lexer *x, struct err *e)
{
	struct expr *sum;

	x->p = x->now.at;
	x->arithmetic = true;
	expr_next(x);
	sum = expr_sum(x, e);
	x->arithmetic = false;
	return sum;
}

static bool
ends_test(const struct lexer *x)
{
	return x->now.kind == TOKEN_END || expr_is(x, '&') || expr_is(x, '|') ||
	    expr_is(x, ')');
}

/* `day(start) > day(end) + 7d`: a function stands on the left. */
static struct cond *
parse_calculated(struct lexer *x, struct err *e)
{
	struct cond *c = new_cond(x, COND_COMPARE);

	c->field = SIZE_MAX;
	c->expr = parse_sum(x, e);
	if (c->expr == NULL)
		return NULL;
	if (x->now.kind != TOKEN_SIGN || !is_one_of(x->now.sign, "=n<l>g")) {
		expr_expected(x, "one of = != < <= > >=", e);
		return NULL;
	}
	c->op = x->now.sign;
	expr_next(x);
	c->other = parse_sum(x, e);
	return c->other == NULL ? NULL : c;
}

/* Behind `field <`: a constant mostly, else an expression. */
static bool
parse_order(struct lexer *x, struct cond *c, char op, struct err *e)
{
	struct lexer before = *x;
	struct err why = { 0 };
	struct expr *field;

	if (parse_bound(x, c, &why) && ends_test(x))
		return true;
	*x = before;
	if (x->now.kind == TOKEN_END)
		return expr_expected(x, "a number or date", e);
	field = arena_zalloc(x->with->arena, sizeof(*field));
	field->kind = EXPR_FIELD;
	field->field = c->field;
	c->kind = COND_COMPARE;
	c->field = SIZE_MAX;
	c->op = op;
	c->expr = field;
	c->other = parse_sum(x, e);
	return c->other != NULL;
}

static struct cond *
parse_bare_test(struct lexer *x, struct err *e)
{
	static const struct {
		char sign;
		enum cond_kind kind;
	} orders[] = { { '<', COND_LESS }, { 'l', COND_LESS_EQUAL },
		{ '>', COND_MORE }, { 'g', COND_MORE_EQUAL } };
	struct cond *c = new_cond(x, COND_EXISTS), *not ;

	if (!is_constant(x)) {
		expr_expected(x, "a field", e);
		return NULL;
	}
	if (x->now.kind == TOKEN_WORD && x->p < x->end && *x->p == '(')
		return parse_calculated(x, e);
	if (!x->with->field(x->with->ctx, x->now.text, &c->field, e))
		return NULL;
	expr_next(x);
	if (expr_is_word(x, "exists") || expr_is_word(x, "missing")) {
		if (expr_is_word(x, "missing"))
			c->kind = COND_MISSING;
		expr_next(x);
		return c;
	}
	if (expr_is_word(x, "in")) {
		expr_next(x);
		return parse_in(x, c, e) ? c : NULL;
	}
	if (expr_is_word(x, "matches")) {
		expr_next(x);
		return parse_matches(x, c, e) ? c : NULL;
	}
	for (size_t i = 0; i < 4; i++)
		if (expr_accept(x, orders[i].sign)) {
			c->kind = orders[i].kind;
			return parse_order(x, c, orders[i].sign, e) ? c : NULL;
		}
	if (expr_is(x, '=') || expr_is(x, 'n') || expr_is_word(x, "prefix")) {
		not = expr_is(x, 'n') ? new_cond(x, COND_NOT) : NULL;
		c->kind = expr_is_word(x, "prefix") ? COND_PREFIX : COND_SET;
		expr_next(x);
		if (!is_constant(x)) {
			expr_expected(x, "a value", e);
			return NULL;
		}
		add_constant(x, c);
		if (not != NULL)
			not ->left = c;
		return not != NULL ? not : c;
	}
	expr_expected(
	    x, "one of = != < <= > >= in prefix matches exists missing", e);
	return NULL;
}

static struct cond *
parse_test(struct lexer *x, struct err *e)
{
	const char *from = x->now.at;
	struct cond *c = parse_bare_test(x, e);

	if (c == NULL)
		return NULL;
	c->text = slice_trim(slice_span(from, x->now.at));
	return c;
}

static struct cond *
parse_not(struct lexer *x, struct err *e)
{
	struct cond *c;

	if (++x->depth > EXPR_DEPTH) {
		err_set(e, ERR_USAGE, "the condition is nested too deeply");
		return NULL;
	}
	if (expr_accept(x, '!')) {
		c = new_cond(x, COND_NOT);
		c->left = parse_not(x, e);
		c = c->left == NULL ? NULL : c;
	} else if (expr_accept(x, '(')) {
		c = parse_or(x, e);
		if (c != NULL && !expr_accept(x, ')')) {
			expr_expected(x, "')'", e);
			c = NULL;
		}
	} else {
		c = parse_test(x, e);
	}
	x->depth--;
	return c;
}

static struct cond *
parse_chain(struct lexer *x, char sign, struct err *e)
{
	struct cond *left =
	    sign == '&' ? parse_not(x, e) : parse_chain(x, '&', e);

	while (left != NULL && expr_accept(x, sign)) {
		struct cond *c = new_cond(x, sign == '&' ? COND_AND : COND_OR);

		c->left = left;
		c->right =
		    sign == '&' ? parse_not(x, e) : parse_chain(x, '&', e);
		left = c->right == NULL ? NULL : c;
	}
	return left;
}

static struct cond *
parse_or(struct lexer *x, struct err *e)
{
	return parse_chain(x, '|', e);
}

struct cond *
cond_parse(struct slice text, struct resolver *with, struct err *e)
{
	struct lexer x;
	struct cond *c;

	expr_start(&x, text, false, with);
	c = parse_or(&x, e);
	if (c != NULL && x.now.kind != TOKEN_END) {
		expr_expected(&x, "'&', '|' or the end", e);
		return NULL;
	}
	return c;
}

/* --- evaluation --------------------------------------------------------------- */

/*
 * A JSON number equals a constant by value, a text by its characters: "01" in
 * a code is not 1.  A database knows which column holds numbers; there a text
 * that is one equals by value too.
 */
static enum truth
in_set(const struct cond *c, struct datum *d, struct arena *a)
{
	if (!datum_scalar(d))
		return UNKNOWN;
	for (size_t i = 0; i < c->n; i++) {
		const struct constant *k = &c->constants[i];

		bool number = d->json.type == JSON_NUMBER ||
		    (d->plain && k->is_number && datum_number(d, a));

		if (number ? k->is_number && datum_number(d, a) &&
			    decimal_cmp(&d->number, &k->number) == 0
			   : slice_eq(d->text, k->text))
			return TRUE_;
	}
	return FALSE_;
}

static enum truth
is_ordered(const struct cond *c, struct datum *d, struct scope *s)
{
	int order;

	if (c->bound.is_date) {
		if (!datum_date(d))
			return UNKNOWN;
		order = expr_date_cmp(
		    &d->date, c->bound.now ? &s->now : &c->bound.date, s->zone);
	} else {
		if (!datum_number(d, s->arena))
			return UNKNOWN;
		order = decimal_cmp(&d->number, &c->bound.number);
	}
	switch (c->kind) {
	case COND_LESS:
		return order < 0 ? TRUE_ : FALSE_;
	case COND_LESS_EQUAL:
		return order <= 0 ? TRUE_ : FALSE_;
	case COND_MORE:
		return order > 0 ? TRUE_ : FALSE_;
	default:
		return order >= 0 ? TRUE_ : FALSE_;
	}
}

static enum truth
in_interval(const struct interval *i, struct datum *d, struct scope *s)
{
	if (i->low.is_date || i->high.is_date) {
		if (!datum_date(d))
			return UNKNOWN;
		return interval_holds_date(i, &d->date, s) ? TRUE_ : FALSE_;
	}
	if (!datum_number(d, s->arena))
		return UNKNOWN;
	return interval_holds_number(i, &d->number) ? TRUE_ : FALSE_;
}

static enum truth
test_datum(
    const struct cond *c, struct datum *d, struct scope *s, struct err *e)
{
	int found;

	if (datum_missing(d))
		return UNKNOWN;
	switch (c->kind) {
	case COND_KEY:
		if (!datum_scalar(d))
			return UNKNOWN;
		return s->has_key(s, c->reference, d) ? TRUE_ : FALSE_;
	case COND_SET:
		return in_set(c, d, s->arena);
	case COND_INTERVAL:
		return in_interval(&c->interval, d, s);
	case COND_PREFIX:
		if (!datum_scalar(d))
			return UNKNOWN;
		return d->text.n >= c->constants[0].text.n &&
			memcmp(d->text.p, c->constants[0].text.p,
			    c->constants[0].text.n) == 0
		    ? TRUE_
		    : FALSE_;
	case COND_MATCHES:
		if (!datum_scalar(d))
			return UNKNOWN;
		found = pattern_search(c->pattern, d->text, 0, NULL, e);
		return found < 0 ? UNKNOWN : found > 0 ? TRUE_ : FALSE_;
	default:
		return is_ordered(c, d, s);
	}
}

static enum truth
exists(const struct cells *cells)
{
	for (size_t i = 0; i < cells->n; i++)
		if (!datum_missing(&cells->list[i]))
			return TRUE_;
	return FALSE_;
}

/* Of several values one is enough. */
static enum truth
test_field(const struct cond *c, struct scope *s, struct err *e)
{
	const struct cells *cells = s->cells(s, c->field);
	enum truth t, all = UNKNOWN;

	if (cells->fault) {
		err_data(e, "reference", "a reference has no one row");
		return UNKNOWN;
	}
	if (c->kind == COND_EXISTS)
		return exists(cells);
	if (c->kind == COND_MISSING)
		return exists(cells) == TRUE_ ? FALSE_ : TRUE_;
	for (size_t i = 0; i < cells->n; i++) {
		t = test_datum(c, &cells->list[i], s, e);
		if (t == TRUE_)
			return TRUE_;
		if (t == FALSE_ && all == UNKNOWN)
			all = FALSE_;
	}
	return all;
}

enum truth
cond_eval(const struct cond *c, struct scope *s, struct err *e)
{
	enum truth l, r;

	switch (c->kind) {
	case COND_OR:
		l = cond_eval(c->left, s, e);
		r = l == TRUE_ ? TRUE_ : cond_eval(c->right, s, e);
		return r == TRUE_ ? TRUE_ : l == UNKNOWN ? UNKNOWN : r;
	case COND_AND:
		l = cond_eval(c->left, s, e);
		r = l == FALSE_ ? FALSE_ : cond_eval(c->right, s, e);
		return r == FALSE_ ? FALSE_ : l == UNKNOWN ? UNKNOWN : r;
	case COND_NOT:
		l = cond_eval(c->left, s, e);
		return l == UNKNOWN ? UNKNOWN : l == TRUE_ ? FALSE_ : TRUE_;
	case COND_COMPARE:
		return expr_test(c->op, c->expr, c->other, s, e);
	default:
		return test_field(c, s, e);
	}
}

size_t
cond_guard(const struct cond *c, size_t *field, const struct slice **to)
{
	size_t n;

	if (c->kind == COND_AND) {
		n = cond_guard(c->left, field, to);
		return n > 0 ? n : cond_guard(c->right, field, to);
	}
	if (c->kind != COND_SET)
		return 0;
	*field = c->field;
	*to = c->texts;
	return c->n;
}
