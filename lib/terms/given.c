/*
 * The code that data gives beside a name: what it decides by itself, and
 * whether it contradicts what the name means.
 */
#include "terms/systems.h"
#include "terms/terms_part.h"

void
term_add_named(struct term_answer *a, const struct vocabulary *v,
    struct slice folded, struct arena *arena)
{
	struct entry named[TERMS_CANDIDATES];
	size_t n = vocabulary_named(v, folded, named, TERMS_CANDIDATES);

	for (size_t i = 0; i < n && i < TERMS_CANDIDATES; i++)
		term_add_entry(&a->candidates, &a->ncandidates, arena, v,
		    &named[i], "alias");
}

/* Whether the code looks like one of the first system, as far as is known. */
static bool
has_form(const struct terms *t, const struct term_query *q)
{
	const struct system *s = NULL;
	struct slice rest, name;

	if (t->systems == NULL || q->nsystems == 0)
		return true;
	rest = q->systems[0];
	if (slice_next(&rest, '@', &name))
		s = systems_find(t->systems, name);
	return s == NULL || s->codes == NULL ||
	    pattern_matches(s->codes, slice_trim(q->code));
}

/*
 * Copied rows carry old codes: where name and code disagree, or the code is no
 * longer written, a person decides, and sees what the name alone would give.
 * A list that is not whole cannot say that a code is wrong, but one without
 * the form of its system is.
 */
bool
term_by_code(const struct terms *t, const struct vocabulary *v,
    const struct term_query *q, struct slice folded, struct arena *arena,
    struct term_answer *a)
{
	struct entry entry;
	bool known, active;

	if (q->code.n == 0)
		return false;
	known = v != NULL && vocabulary_code(v, slice_trim(q->code), &entry);
	active = known && entry.status == ENTRY_ACTIVE;
	if (!known && (v == NULL || vocabulary_partial(v)) && has_form(t, q))
		return false;
	if (active && (folded.n == 0 || vocabulary_calls(v, &entry, folded))) {
		term_add_entry(&a->codes, &a->ncodes, arena, v, &entry, "code");
		a->status = TERM_EXACT;
		return true;
	}
	if (active)
		term_add_entry(
		    &a->candidates, &a->ncandidates, arena, v, &entry, "code");
	if (v != NULL)
		term_add_named(a, v, folded, arena);
	a->status = TERM_REVIEW;
	a->ncodes = 0;
	a->reason = !known || entry.status == ENTRY_PARENT ? "invalid_code"
	    : entry.status == ENTRY_RETIRED                ? "retired_code"
					    : "code_name_disagree";
	return true;
}

/* The same code, or the category that it belongs to: I10 of I10.x00. */
static bool
is_of(struct slice code, struct slice given)
{
	return code.n >= given.n && memcmp(code.p, given.p, given.n) == 0 &&
	    (code.n == given.n || code.p[given.n] == '.' ||
		code.p[given.n] == '+');
}

/*
 * What a person signed, or an exact name, stands against a code of the data,
 * and so does a name without a code; but that the two disagree is said.
 */
bool
term_contradicts(const struct vocabulary *v, const struct term_query *q,
    const struct term_answer *a)
{
	struct slice given = slice_trim(q->code);
	struct entry entry;

	if (given.n == 0)
		return false;
	if (v != NULL && vocabulary_code(v, given, &entry))
		given = entry.code;
	for (size_t i = 0; i < a->ncodes; i++)
		if (is_of(a->codes[i].code, given))
			return false;
	return true;
}
