/*
 * The stages that decide a term, of terms.h.
 */
#include "terms/border.h"
#include "terms/fold.h"
#include "terms/specimen.h"
#include "terms/terms_part.h"

#define LONGEST_LINE 2048 /* bytes of a line that is cut into terms */

void
term_add_code(struct term_code **list, size_t *n, struct arena *arena,
    const struct term_code *code)
{
	struct term_code *grown;

	for (size_t i = 0; i < *n; i++)
		if (slice_eq((*list)[i].code, code->code) &&
		    slice_eq((*list)[i].system, code->system))
			return;
	grown = arena_alloc(arena, (*n + 1) * sizeof(**list));
	if (*n > 0)
		memcpy(grown, *list, *n * sizeof(**list));
	grown[*n] = *code;
	*list = grown;
	++*n;
}

void
term_add_entry(struct term_code **list, size_t *n, struct arena *arena,
    const struct vocabulary *v, const struct entry *entry, const char *method)
{
	const struct term_code code = { entry->code, entry->name,
		vocabulary_system(v), vocabulary_version(v), method };

	term_add_code(list, n, arena, &code);
}

static void
refuse(struct term_answer *a, enum term_status status, const char *reason)
{
	a->status = status;
	a->reason = reason;
	a->ncodes = 0;
}

/*
 * 1: a person has signed it; a row for the unit or specimen beats others.  A
 * test that is usual in blood is not that of urine, whatever its name.
 */
static bool
by_approval(const struct terms *t, const struct term_query *q,
    struct slice folded, struct arena *arena, struct term_answer *a)
{
	const struct slice units[MAPPING_SPELLINGS] = { fold_term(
							    q->unit, arena),
		fold_term(q->unit_code, arena), SLICE("") };
	struct slice specimen = fold_term(q->specimen, arena);
	const struct slice specimens[MAPPING_SPELLINGS] = { specimen,
		specimens_kind(t->specimens, specimen), SLICE("") };
	struct mapping m;

	if (!mappings_find(
		t->mappings, q->field, folded, units, specimens, &m) ||
	    specimens_differ(t->specimens, m.usual, specimen))
		return false;
	a->status = m.ncodes == 0 ? TERM_NONE : TERM_APPROVED;
	a->codes = arena_alloc(arena, (m.ncodes + 1) * sizeof(*a->codes));
	for (size_t i = 0; i < m.ncodes; i++) {
		const struct mapping_code c = mapping_code(t->mappings, &m, i);

		a->codes[a->ncodes++] = (struct term_code){ c.code, c.display,
			c.system, c.version, "approved" };
	}
	return true;
}

/* 3: an exact name or alias; a name that two codes share goes to review. */
static bool
by_name_or_alias(const struct vocabulary *v, struct slice folded,
    struct arena *arena, struct term_answer *a)
{
	struct entry named[TERMS_CANDIDATES];
	size_t n = vocabulary_named(v, folded, named, TERMS_CANDIDATES);

	if (n == 0)
		return false;
	if (n == 1) {
		bool name = slice_eq(fold_term(named[0].name, arena), folded);

		term_add_entry(&a->codes, &a->ncodes, arena, v, &named[0],
		    name ? "exact" : "alias");
		a->status = TERM_EXACT;
		return true;
	}
	term_add_named(a, v, folded, arena);
	refuse(a, TERM_REVIEW, "tied");
	return true;
}

/* A part by itself: an approved mapping, or an exact name. */
static bool
part_known(const struct terms *t, const struct term_query *q,
    const struct vocabulary *v, struct slice part, struct arena *arena,
    struct term_answer *one)
{
	*one = (struct term_answer){ 0 };
	if (by_approval(t, q, part, arena, one))
		return one->status == TERM_APPROVED;
	return v != NULL && by_name_or_alias(v, part, arena, one) &&
	    one->status == TERM_EXACT;
}

/* A known part with its codes in the systems that are asked for. */
static bool
part_taken(const struct terms *t, const struct term_query *q,
    const struct vocabulary *v, struct slice part, struct arena *arena,
    struct term_answer *one)
{
	if (!part_known(t, q, v, part, arena, one))
		return false;
	term_follow(t, q, arena, one);
	return one->status != TERM_REVIEW;
}

/*
 * The bytes of the first part, which is the shortest run up to a border that
 * is known, 0 where none is; *skip is the border behind it.
 */
static size_t
first_part(const struct terms *t, const struct term_query *q,
    const struct vocabulary *v, struct slice rest, struct arena *arena,
    struct term_answer *one, size_t *skip)
{
	for (size_t at = 1; at < rest.n; at += *skip) {
		at = border_find(rest, at, skip);
		if (part_taken(t, q, v,
			fold_term((struct slice){ rest.p, at }, arena), arena,
			one))
			return at;
		if (*skip == 0)
			break;
	}
	return 0;
}

/* Tests and drugs have such signs in their names: "A/G" is a ratio. */
static bool
has_parts(const struct term_query *q)
{
	return q->term.n <= LONGEST_LINE &&
	    (slice_is(q->field, "diagnosis") || slice_is(q->field, "surgery") ||
		slice_is(q->field, "exam"));
}

/* The editions that one part has no code in are those of the whole line. */
static void
add_gap(struct term_answer *a, const struct term_gap *gap, struct arena *arena)
{
	struct term_gap *same = NULL;

	for (size_t i = 0; i < a->ngaps && same == NULL; i++)
		if (slice_eq(a->gaps[i].system, gap->system))
			same = &a->gaps[i];
	if (same == NULL) {
		a->gaps[a->ngaps++] = *gap;
		return;
	}
	for (size_t i = 0; i < gap->ncandidates; i++)
		term_add_code(&same->candidates, &same->ncandidates, arena,
		    &gap->candidates[i]);
}

static void
add_part(
    struct term_answer *a, const struct term_answer *one, struct arena *arena)
{
	if (one->status != TERM_APPROVED)
		a->status = TERM_EXACT;
	for (size_t i = 0; i < one->ncodes; i++)
		term_add_code(&a->codes, &a->ncodes, arena, &one->codes[i]);
	for (size_t i = 0; i < one->ngaps; i++)
		add_gap(a, &one->gaps[i], arena);
}

/*
 * 4: several terms in one line, only if every part is known by itself.  A sign
 * or word in front of a part may belong to it (并指畸形), so it is first tried
 * with, then without.  Each is taken to the editions by itself, too: that one
 * part has a code in an edition says nothing of the others.
 */
static bool
by_parts(const struct terms *t, const struct term_query *q,
    const struct vocabulary *v, struct arena *arena, struct term_answer *a)
{
	struct term_answer parts = { .status = TERM_APPROVED };
	struct slice rest = slice_trim(q->term);

	parts.gaps =
	    arena_zalloc(arena, (q->nsystems + 1) * sizeof(*parts.gaps));
	while (has_parts(q) && rest.n > 0) {
		struct term_answer one = { 0 };
		size_t skip = 0, lead = 0;
		size_t n = first_part(t, q, v, rest, arena, &one, &skip);

		if (n == 0 && border_find(rest, 0, &lead) > 0)
			return false;
		if (n == 0 && lead == 0)
			return false;
		if (n > 0)
			add_part(&parts, &one, arena);
		n += n > 0 ? skip : lead;
		rest = (struct slice){ rest.p + n, rest.n - n };
	}
	if (parts.ncodes == 0)
		return false;
	*a = parts;
	return true;
}

/* Without the marks of tests that other laboratories recognize. */
static struct slice
unmarked(struct slice s)
{
	static const char *const marks[] = { "*", "★", "☆", "▲", "△", "#" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (s.n > strlen(marks[i]) && slice_starts(s, marks[i]))
			return (struct slice){ s.p + strlen(marks[i]),
				s.n - strlen(marks[i]) };
	return s;
}

static bool
same_codes(const struct term_answer *a, const struct term_answer *b)
{
	if (a->ncodes != b->ncodes)
		return false;
	for (size_t i = 0; i < a->ncodes; i++)
		if (!slice_eq(a->codes[i].code, b->codes[i].code) ||
		    !slice_eq(a->codes[i].system, b->codes[i].system))
			return false;
	return true;
}

/*
 * A name in what laboratories put around it: a mark in front ("*葡萄糖"), its
 * other name in brackets behind ("总胆红素(TBIL)").  Both names must be known
 * and mean the same, for "血糖(空腹)" and "贫血(重度)" say more than the name.
 */
static bool
by_both_names(const struct terms *t, const struct term_query *q,
    const struct vocabulary *v, struct slice folded, struct arena *arena,
    struct term_answer *a)
{
	struct slice name = unmarked(folded), inner;
	struct term_answer other;
	const char *open;

	if (name.n < folded.n && part_known(t, q, v, name, arena, a))
		return true;
	if (name.n < 3 || name.p[name.n - 1] != ')')
		return false;
	open = memchr(name.p, '(', name.n);
	if (open == NULL || open == name.p)
		return false;
	inner = slice_span(open + 1, name.p + name.n - 1);
	return part_known(t, q, v, slice_span(name.p, open), arena, a) &&
	    part_known(t, q, v, inner, arena, &other) && same_codes(a, &other);
}

void
terms_find(const struct terms *t, const struct term_query *q,
    struct arena *arena, struct term_answer *a)
{
	static const struct term_answer unknown = { .status = TERM_UNMAPPED,
		.reason = "no_candidate" };
	struct slice folded = fold_term(q->term, arena);
	const struct vocabulary *v =
	    q->nsystems == 0 ? NULL : terms_list(t, q->systems[0]);

	*a = unknown;
	if (by_approval(t, q, folded, arena, a)) {
		a->reason = NULL;
	} else if (!term_by_code(t, v, q, folded, arena, a) &&
	    (v == NULL || !by_name_or_alias(v, folded, arena, a))) {
		if (by_parts(t, q, v, arena, a)) {
			a->disagrees = term_contradicts(v, q, a);
			return;
		}
		if (!by_both_names(t, q, v, folded, arena, a)) {
			*a = unknown;
			return;
		}
	}
	if (a->status == TERM_REVIEW)
		return;
	a->reason = NULL;
	if (a->status != TERM_NONE)
		term_follow(t, q, arena, a);
	a->disagrees = a->status != TERM_REVIEW && term_contradicts(v, q, a);
}
