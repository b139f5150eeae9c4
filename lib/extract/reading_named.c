/*
 * Which objects a clause speaks of, and which it names around a place.
 */
#include "extract/reading_part.h"

#define SOON 48 /* bytes from a value to the name behind it */

struct focus
reading_focus(
    const struct reading *r, const struct field *f, const struct clause *c)
{
	static const struct focus none = { 0 };

	return f->group < 0 ? none : r->casts[f->group].focus[c - r->clauses];
}

/* The number of the first naming in the clause or behind it. */
static size_t
first_naming(const struct cast *cast, const struct clause *c)
{
	return READING_FIRST_FROM(
	    struct naming, cast->namings, cast->nnamings, c->from);
}

bool
reading_names(
    const struct reading *r, const struct field *f, const struct clause *c)
{
	const struct cast *cast = &r->casts[f->group];
	size_t i = first_naming(cast, c);

	return i < cast->nnamings && cast->namings[i].from < c->to;
}

/* "右叶上极、左叶中部": a value behind such a list is of all of it. */
static bool
lists(const struct reading *r, const struct field *f, const struct naming *m)
{
	return !r->type->groups[f->group].how->named && m[1].from >= m->to &&
	    m[1].from > m->to && reading_coordinated(r, m->to, m[1].from);
}

/* "A(2g,q8h,第3天)联合B": what ends the brackets of a name is not of the next. */
static bool
closes_brackets(const struct reading *r, uint32_t at, uint32_t name)
{
	struct slice s = slice_span(r->view.text.p + at, r->view.text.p + name);
	const char *close = memchr(s.p, ')', s.n);

	return close != NULL && memchr(s.p, '(', (size_t)(close - s.p)) == NULL;
}

uint32_t
reading_named(const struct reading *r, const struct field *f,
    const struct clause *c, uint32_t at)
{
	const struct cast *cast = &r->casts[f->group];
	size_t first = first_naming(cast, c);
	uint32_t mask = 0;

	if (first > 0 && first < cast->nnamings &&
	    cast->namings[first].from > at &&
	    cast->namings[first].from < c->to &&
	    reading_clause(r, cast->namings[first - 1].from)->sentence ==
		c->sentence &&
	    closes_brackets(r, at, cast->namings[first].from))
		return cast->namings[first - 1].objects;
	for (size_t i = first;
	     i < cast->nnamings && cast->namings[i].from < c->to; i++) {
		if (cast->namings[i].from > at &&
		    (mask != 0 || cast->namings[i].from - at > SOON))
			break;
		mask = i > 0 && mask != 0 && lists(r, f, &cast->namings[i - 1])
		    ? mask | cast->namings[i].objects
		    : cast->namings[i].objects;
		if (cast->namings[i].from > at)
			break;
	}
	return mask;
}

/* "①、②40W": labels side by side, of which a value behind them is. */
static bool
touches(const struct reading *r, const struct naming *m)
{
	return m[1].from == m->to || reading_coordinated(r, m->to, m[1].from);
}

/* "40W(左叶)": the objects that the brackets behind a value name, or 0. */
static uint32_t
bracketed(
    const struct reading *r, const struct naming *list, size_t n, uint32_t to)
{
	size_t i = READING_FIRST_FROM(struct naming, list, n, to);

	return i < n && r->view.text.p[to] == '(' && list[i].from <= to + 1
	    ? list[i].objects
	    : 0;
}

uint32_t
reading_labelled(const struct reading *r, const struct field *f,
    const struct clause *c, uint32_t from, uint32_t to)
{
	const struct cast *cast = &r->casts[f->group];
	uint32_t mask = bracketed(r, cast->labels, cast->nlabels, to);
	size_t n = 0;

	if (mask == 0)
		mask = bracketed(r, cast->namings, cast->nnamings, to);
	if (mask != 0)
		return mask;
	for (size_t i = READING_FIRST_FROM(
		 struct naming, cast->labels, cast->nlabels, c->from);
	     i < cast->nlabels && cast->labels[i].from < c->to; i++, n++) {
		const struct naming *m = &cast->labels[i];

		if (m->from < from)
			mask = n > 0 && touches(r, m - 1) ? mask | m->objects
							  : m->objects;
	}
	return n < 2 ? 0 : mask;
}
