/*
 * "宫颈癌放疗后,宫颈未见异常信号": a tumour that is named as treated alone, where
 * nothing that is left of it is told.
 */
#include "extract/phrase_part.h"

#define NEAR      24 /* bytes from a place to its anchor */
#define TREATMENT 42 /* bytes of what was done to it */

/* "同步放化疗后", "TACE术后": what stands directly behind an anchor. */
static bool
tells_treatment(const struct phrase_finder *x, uint32_t at)
{
	static const char *const done[] = { "疗", "消融", "TACE", "介入",
		"栓塞", "靶向", NULL };
	const char *p = x->r->view.text.p;
	uint32_t to = at, most = (uint32_t)x->r->view.text.n;
	const char *after;
	struct slice s;

	if (most - at > TREATMENT)
		most = at + TREATMENT;
	while (to < most && strchr(",;:\n(", p[to]) == NULL &&
	    !slice_starts(slice_span(p + to, p + most), "。"))
		to++;
	s = slice_span(p + at, p + to);
	after = slice_find(s, SLICE("后"));
	for (size_t i = 0; after != NULL && done[i] != NULL; i++)
		if (slice_find(slice_span(s.p, after), slice_of(done[i])) !=
		    NULL)
			return true;
	return false;
}

/* Whether the anchor that a place leads to is told to be treated. */
static bool
is_treated(const struct phrase_finder *x, const struct phrase *p)
{
	const struct reading *r = x->r;

	for (size_t k = reading_first_hit(r, p->from);
	     k < r->nhits && r->hits[k].from <= p->to + NEAR; k++)
		if (r->hits[k].to > p->to &&
		    phrase_has_role(x, &r->hits[k], ROLE_ANCHOR) &&
		    tells_treatment(x, r->hits[k].to) &&
		    phrase_is_anchor(x, &r->hits[k]))
			return true;
	return false;
}

/* Whether something stands that may be the tumour, or what became of it. */
static bool
tells_lesion(const struct phrase_finder *x)
{
	static const char *const courses[] = { "缩小", "增大", "好转", "进展",
		"仍", "残存", NULL };
	const struct reading *r = x->r;

	for (size_t i = 0; courses[i] != NULL; i++)
		if (slice_find(r->view.text, slice_of(courses[i])) != NULL)
			return true;
	for (size_t k = 0; k < r->nhits; k++)
		if (phrase_has_role(x, &r->hits[k], ROLE_WEAK) &&
		    phrase_holds(x, r->hits[k].from, r->hits[k].to))
			return true;
	return false;
}

void
phrase_drop_treated(struct phrase_finder *x)
{
	size_t n = 0;

	if (x->n == 0 || x->field->how.weak.n == 0)
		return;
	for (size_t i = 0; i < x->n; i++)
		if (!is_treated(x, &x->list[i]) || tells_lesion(x))
			x->list[n++] = x->list[i];
	x->n = n;
}
