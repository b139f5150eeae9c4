/*
 * Whether a result is one of this specimen and of now: not of other tissue, of
 * another year, or of what may be.
 */
#include "extract/panel_part.h"
#include "extract/panel_result.h"

#define LISTED 32 /* clauses of a list that go on with a tissue */
#define NEAR   36 /* bytes from the brackets with a year to a result */

/* Where the clause has its first name, or ends. */
static uint32_t
first_name(const struct panel *p, const struct clause *c)
{
	size_t low = 0, high = p->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (p->stains[mid].from < c->from)
			low = mid + 1;
		else
			high = mid;
	}
	return low < p->n && p->stains[low].from < c->to ? p->stains[low].from
							 : c->to;
}

/*
 * Of tissue beside the tumour by the words before it, or as the next of a list
 * whose first is so.
 */
static bool
is_of_other_tissue(const struct panel *p, uint32_t at)
{
	const struct clause *own = reading_clause(p->r, at), *c = own;
	const char *text = p->r->view.text.p;
	uint32_t name;

	while (c > p->r->clauses && own - c < LISTED &&
	    c[-1].sentence == own->sentence && first_name(p, c) == c->from)
		c--;
	name = c == own ? at : first_name(p, c);
	return name < c->to &&
	    panel_of_other_tissue(slice_span(text + c->from, text + name));
}

/* "(2020年报告)", "(2023-1 ": brackets that begin with a year. */
static bool
begins_with_year(const struct view *v, uint32_t at)
{
	const char *p = v->text.p + at;
	size_t n = v->text.n - at;

	if (at >= v->text.n || n < 6 || *p != '(' ||
	    (memcmp(p + 1, "20", 2) != 0 && memcmp(p + 1, "19", 2) != 0))
		return false;
	return panel_is_digit(p[3]) && panel_is_digit(p[4]) &&
	    (p[5] == '-' || p[5] == '.' || p[5] == '/' ||
		slice_starts((struct slice){ p + 5, n - 5 }, "年"));
}

/* "TPS 1%(2020年TPS 45%)": brackets with a result of their own. */
static bool
holds_result(const struct view *v, uint32_t at)
{
	for (at++; at < v->text.n && panel_byte(v, at) != ')'; at++)
		if (panel_byte(v, at) == '%' || panel_byte(v, at) == '+')
			return true;
	return false;
}

/* Whether a result is told of another year, in brackets or by those behind it. */
static bool
is_of_other_year(const struct view *v, uint32_t from, uint32_t to)
{
	uint32_t low = from < NEAR ? 0 : from - NEAR;

	uint32_t behind = panel_byte(v, to) == ')' ? to + 1 : to;

	if (begins_with_year(v, behind) && !holds_result(v, behind))
		return true;
	while (from > low && panel_byte(v, from - 1) != ')' &&
	    panel_byte(v, from - 1) != '(')
		from--;
	return from > low && begins_with_year(v, from - 1);
}

/* "HER2 2+时": a result that may be, for which something is done. */
static bool
is_of_case(const struct view *v, uint32_t to)
{
	static const char *const cases[] = { "时", "者", ")时", ")者", NULL };

	return panel_begins(v, to, cases) != NULL;
}

unsigned
panel_context(const struct panel *p, uint32_t from, uint32_t to)
{
	unsigned found = 0;

	if (is_of_other_tissue(p, from))
		found |= 1u << CUE_ELSEWHERE;
	if (is_of_other_year(&p->r->view, from, to))
		found |= 1u << CUE_HISTORY;
	if (is_of_case(&p->r->view, to))
		found |= 1u << CUE_PLANNED;
	return found;
}
