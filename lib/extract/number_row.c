/*
 * Several fields that are announced side by side, and their numbers in turn
 * behind them: T/P/R/BP 37.5/92/22/130/80.
 */
#include "extract/number_part.h"

#define LEAST_NAMES 3 /* that make a row */

/* The words that announce, a place each, in their order. */
struct row {
	uint32_t from[CLAIMS], to[CLAIMS];
	size_t n;
};

static bool
announces(const struct finder *x, const struct clause *c, const struct hit *h)
{
	const struct word *w = reading_word(x->r, h);
	const struct field *f = &x->r->type->fields[w->field];

	return w->role == ROLE_ANCHOR && f->group < 0 &&
	    finder_in_section(f, c);
}

/* The words of the clause before a place; of several at one the longest. */
static void
collect(const struct finder *x, const struct clause *c, uint32_t before,
    struct row *row)
{
	row->n = 0;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		size_t last = row->n - 1;

		if (h->from >= before)
			return;
		if (!announces(x, c, h))
			continue;
		if (row->n > 0 && h->from < row->to[last]) {
			if (h->to > row->to[last])
				row->to[last] = h->to;
		} else if (row->n < CLAIMS) {
			row->from[row->n] = h->from;
			row->to[row->n++] = h->to;
		}
	}
}

/* Whether [from,to) is one of the signs that part what is listed. */
static bool
parts_names(const struct finder *x, uint32_t from, uint32_t to)
{
	static const char *const signs[] = { "/", "、", "-", " ", NULL };
	const char *p = x->r->view.text.p;

	for (size_t i = 0; signs[i] != NULL; i++)
		if (slice_is(slice_span(p + from, p + to), signs[i]))
			return true;
	return from == to && x->r->view.gap[to];
}

/* Whether no more than such words lead on to the numbers in [from,to). */
static bool
leads_to_numbers(const struct finder *x, uint32_t from, uint32_t to)
{
	static const char *const words[] = { "分别", "为", "是", ":", "=", ")",
		" ", NULL };
	const char *p = x->r->view.text.p;

	while (from < to) {
		struct slice rest = slice_span(p + from, p + to);
		size_t i = 0;

		while (words[i] != NULL && !slice_starts(rest, words[i]))
			i++;
		if (words[i] == NULL)
			return false;
		from += (uint32_t)strlen(words[i]);
	}
	return true;
}

/* "T/P/R/BP:": side by side, with the first number directly behind them. */
static bool
is_side_by_side(const struct finder *x, const struct row *row, uint32_t number)
{
	if (row->n < LEAST_NAMES)
		return false;
	for (size_t i = 1; i < row->n; i++)
		if (!parts_names(x, row->to[i - 1], row->from[i]))
			return false;
	return leads_to_numbers(x, row->to[row->n - 1], number);
}

bool
number_in_turn(const struct finder *x, const struct clause *c,
    const struct measure *m, struct claim *list, size_t *n)
{
	size_t first = reading_first_measure(x->r, c->from);
	size_t turn = reading_first_measure(x->r, m->from) - first;
	struct row row;

	collect(x, c, x->r->measures[first].from, &row);
	if (turn >= row.n ||
	    !is_side_by_side(x, &row, x->r->measures[first].from))
		return false;
	for (size_t k = c->hit; k < c->hits_end; k++) {
		const struct hit *h = &x->r->hits[k];
		const struct word *w = reading_word(x->r, h);

		if (h->from == row.from[turn] && h->to == row.to[turn] &&
		    announces(x, c, h) && *n < CLAIMS &&
		    candidate_fits(&x->r->type->fields[w->field], m))
			list[(*n)++] = (struct claim){ w->field, w->value,
				SCORE_ANCHORED, 0, false };
	}
	return true;
}
