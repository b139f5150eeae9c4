/*
 * The labels of objects in the text (①, 结节1, 较大者), and the cuts between
 * what is said of one and of the next.
 */
#include <stdlib.h>

#include "extract/reading_part.h"

#define MOST_LABELS 64 /* of a group */

static int
label_cmp(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

static void
find(struct reading *r, size_t group)
{
	const struct group *g = &r->type->groups[group];
	size_t most = r->nlabels + MOST_LABELS;

	for (size_t i = 0; i < g->nlabels; i++) {
		struct pattern_match m;
		size_t from = 0;

		while (r->nlabels < most && from < r->view.text.n &&
		    reading_match(r, g->labels[i], from, &m)) {
			r->labels[r->nlabels++] =
			    (struct hit){ (uint32_t)m.from[0],
				    (uint32_t)m.to[0], (uint32_t)group };
			from = m.to[0] > m.from[0] ? m.to[0] : m.to[0] + 1;
		}
	}
}

void
reading_find_labels(struct reading *r)
{
	r->labels = arena_alloc(r->arena,
	    (r->type->ngroups * MOST_LABELS + 1) * sizeof(*r->labels));
	for (size_t g = 0; g < r->type->ngroups; g++)
		find(r, g);
	qsort(r->labels, r->nlabels, sizeof(*r->labels), label_cmp);
}

/* Whether a measure stands in [from,to). */
static bool
holds_measure(const struct reading *r, uint32_t from, uint32_t to)
{
	size_t i = reading_first_measure(r, from);

	return i < r->nmeasures && r->measures[i].to <= to;
}

/*
 * "N1用时60s、N2用时35s": a label behind what is measured of another begins a
 * statement of its own; not so the numbers of parts, "①20s②30s", nor what is in
 * brackets, 30W(结节2).
 */
bool
reading_label_begins(const struct reading *r, size_t label, uint32_t from)
{
	const struct hit *h = &r->labels[label];
	const char *p = r->view.text.p;

	if (label == 0 || h[-1].from < from || h[-1].word != h->word ||
	    (p[h->to] >= '0' && p[h->to] <= '9') || p[h->from - 1] == '(')
		return false;
	return holds_measure(r, h[-1].to, h->from);
}
