/*
 * The section of the document that each clause stands in.
 */
#include "extract/reading_part.h"

/*
 * "上次…,术后范围…": what a word of another time's report opens ends with its
 * sentence; "既往病史:" is a word of this one, whatever it tells of.
 */
static bool
is_of_past(const struct reading *r, const struct hit *h)
{
	const struct clause *c = reading_clause(r, h->from);

	if ((reading_context(r, h->from, h->to) & 1u << CUE_HISTORY) == 0)
		return false;
	for (const struct hit *o = h; o-- > r->hits;) {
		const struct word *w = reading_word(r, o);

		if (reading_clause(r, o->from)->sentence != c->sentence)
			return false;
		if (w->role == ROLE_CUE && w->value >> 8 == CUE_HISTORY &&
		    o->to < h->from)
			return true;
	}
	return false;
}

/*
 * A clause stands where its first word of a section says, from its beginning;
 * a later word counts from the next clause on.  A section that passes leaves
 * the one before it when its sentence ends.
 * What another house examined ("于县医院就诊,查体:…") opens none.
 */
void
reading_mark_sections(struct reading *r)
{
	uint32_t now = r->type->opening, lasting = now;
	bool past = false;

	for (size_t i = 0; i < r->nclauses; i++) {
		struct clause *c = &r->clauses[i];
		uint32_t here, end = 0;
		size_t groups = 0;

		if ((now & ~r->type->passing) != 0 && !past)
			lasting = now;
		else if (i > 0 && c->sentence != c[-1].sentence) {
			now = lasting;
			past = false;
		}
		here = now;

		for (size_t k = c->hit; k < c->hits_end; k++) {
			const struct hit *h = &r->hits[k];
			const struct word *w = reading_word(r, h);

			if (w->role != ROLE_SECTION ||
			    (reading_context(r, h->from, h->to) &
				(1u << CUE_INSTRUCTS | 1u << CUE_OUTSIDE)) != 0)
				continue;
			past = is_of_past(r, h);
			if (groups > 0 &&
			    (h->from < end ||
				reading_coordinated(r, end, h->from))) {
				now |= w->value;
			} else {
				now = w->value;
				groups++;
			}
			if (groups == 1)
				here = now;
			end = h->to;
		}
		c->sections = here;
		c->marked = groups > 0;
	}
}
