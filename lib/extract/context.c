/*
 * How a statement is meant: the cues of its sentence and how far each reaches.
 */
#include "extract/context_part.h"
#include "extract/reading_part.h"

static bool
is_in(const struct reading *r, const struct hit *cue, const struct clause *c)
{
	return (c == r->clauses || cue->from >= c->from) &&
	    (c + 1 == r->clauses + r->nclauses || cue->from < c[1].from);
}

/* "甲乙流均阴性,复核甲流阳性": what a denial of all has its own result against. */
static bool
is_affirmed_itself(const struct reading *r, const struct hit *cue,
    const struct clause *c, uint32_t to)
{
	return reading_word(r, cue)->value >> 8 == CUE_NEGATED &&
	    context_is_affirmed(r, to, cue->from < c->from ? c->to : cue->from);
}

static bool
governs(const struct reading *r, const struct hit *cue, const struct clause *c,
    uint32_t from, uint32_t to)
{
	const bool here = is_in(r, cue, c);

	switch (reading_word(r, cue)->value & 0xFF) {
	case SCOPE_WHOLE:
		return !is_affirmed_itself(r, cue, c, to) &&
		    context_reaches_all(r, cue, c, from);
	case SCOPE_SENTENCE:
		return context_reaches_sentence(r, cue, c, from, to, here);
	case SCOPE_UNTIL:
		return context_reaches_until(r, cue, c, from, to);
	case SCOPE_BEFORE:
		return here && context_reaches_begin(r, cue, to);
	case SCOPE_BACK:
		return here && context_reaches_back(r, cue, from, to);
	case SCOPE_COMMA:
		return here && context_reaches_comma(r, cue, from);
	default:
		return context_answers(r, cue, to) ||
		    (here && context_reaches_clause(r, cue, c, from));
	}
}

size_t
context_first_cue(const struct reading *r, uint32_t from)
{
	size_t low = 0, high = r->ncues;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (r->hits[r->cues[mid]].from < from)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* "前片所见空洞本次未见": what is denied is of this time. */
static bool
resumed_between(const struct reading *r, uint32_t from, uint32_t to)
{
	for (size_t k = reading_first_hit(r, from);
	     k < r->nhits && r->hits[k].to <= to; k++)
		if (reading_word(r, &r->hits[k])->role == ROLE_CUE &&
		    reading_word(r, &r->hits[k])->value ==
			(CUE_RESUMES << 8 | SCOPE_CLAUSE))
			return true;
	return false;
}

/* "建议停A,换B(已执行)": what its sentence planned was done. */
static bool
is_carried_out(const struct reading *r, uint32_t to)
{
	const unsigned sentence = reading_clause(r, to)->sentence;

	for (size_t k = context_first_cue(r, to); k < r->ncues; k++) {
		const struct hit *h = &r->hits[r->cues[k]];

		if (reading_clause(r, h->from)->sentence != sentence)
			return false;
		if (reading_word(r, h)->value ==
		    (CUE_AFFIRMED << 8 | SCOPE_BEFORE))
			return true;
	}
	return false;
}

/*
 * The kinds that govern a place; *end is the last word that tells its end, or
 * NULL.
 */
static unsigned
governing(
    const struct reading *r, uint32_t from, uint32_t to, const struct hit **end)
{
	const struct clause *c = reading_clause(r, from);
	const struct clause *first = context_sentence(r, c), *last = c;
	const size_t own = context_first_cue(r, c->from);
	unsigned found =
	    context_said_of_list(r, c, from) | context_said_of_paragraph(r, c);
	bool now = false;

	*end = NULL;
	if (context_is_of_case(r, first, from))
		found |= 1u << CUE_PLANNED;
	if (context_is_of_earlier_day(r, first, from))
		found |= 1u << CUE_HISTORY;
	while (last + 1 < r->clauses + r->nclauses &&
	    last[1].sentence == c->sentence)
		last++;
	for (size_t k = context_first_cue(r, first->from); k < r->ncues; k++) {
		const struct hit *h = &r->hits[r->cues[k]];
		unsigned kind;

		/* Of other clauses those alone that reach so far, or answer. */
		if (!is_in(r, h, c) && (k < own || h->from > to + 1)) {
			k = k < own && r->wide[k] > own ? own : r->wide[k];
			if (k == r->ncues)
				break;
			h = &r->hits[r->cues[k]];
		}
		if (h->from >= last->to)
			break;
		kind = reading_word(r, h)->value >> 8;
		if (kind == CUE_ENDED) {
			if (context_can_end(r, from, to) &&
			    governs(r, h, c, from, to) &&
			    !context_is_of_other(r, h, from, to))
				*end = h;
		} else if ((found & 1u << kind) == 0 &&
		    governs(r, h, c, from, to)) {
			found |= 1u << kind;
			now |= kind == CUE_NEGATED && h->from >= to &&
			    resumed_between(r, to, h->from);
		}
	}
	if (now)
		found &= ~(1u << CUE_HISTORY);
	if ((found & 1u << CUE_PLANNED) != 0 && is_carried_out(r, to))
		found &= ~(1u << CUE_PLANNED);
	if (*end == NULL && context_can_end(r, from, to))
		*end = context_end_behind(r, c, to);
	return found;
}

/*
 * What has ended is no more, whenever that was ("昨日已停"); what is to end
 * ("拟明日停用") or to be replaced, or does not end, is there still.
 */
static unsigned
context_of(const struct reading *r, uint32_t from, uint32_t to)
{
	const unsigned unsure =
	    1u << CUE_PLANNED | 1u << CUE_UNCERTAIN | 1u << CUE_INSTRUCTS;
	const struct hit *end, *none;
	unsigned found = governing(r, from, to, &end);
	bool here;

	if (end == NULL)
		return (found & 1u << CUE_PLANNED) != 0 &&
			context_is_replaced(r, from, to)
		    ? found & ~(1u << CUE_PLANNED)
		    : found;
	here = reading_clause(r, end->from) == reading_clause(r, from);
	if ((reading_goes_on(r, end) && !is_carried_out(r, end->to)) ||
	    (here && (governing(r, end->from, end->to, &none) & unsure) != 0))
		return found & ~(unsure | 1u << CUE_NEGATED);
	return (found | 1u << CUE_NEGATED) & ~(1u << CUE_HISTORY);
}

/* A context that was told, kept where its place leads to. */
struct context {
	uint32_t from, to;
	unsigned found;
};

#define CONTEXTS 128

void
reading_keep_contexts(struct reading *r)
{
	r->contexts = arena_zalloc(r->arena, CONTEXTS * sizeof(*r->contexts));
}

/* The same words are asked about for one field after the other. */
unsigned
reading_context(const struct reading *r, uint32_t from, uint32_t to)
{
	struct context *kept;

	if (r->contexts == NULL)
		return context_of(r, from, to);
	kept = &r->contexts[(from + 7 * (to - from)) % CONTEXTS];
	if (kept->from != from || kept->to != to || to == 0)
		*kept = (struct context){ from, to, context_of(r, from, to) };
	return kept->found;
}
