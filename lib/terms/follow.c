/*
 * From the codes of one edition to those of the others, of terms.h.
 *
 * A code map decides; without an entry in it an equal name does.  A code that
 * neither knows is never passed on as if the other edition had it too, however
 * much alike the two look.
 */
#include "terms/fold.h"
#include "terms/terms_part.h"

static struct slice
bare_system(struct slice system)
{
	const char *at = memchr(system.p, '@', system.n);

	return at == NULL ? system : slice_span(system.p, at);
}

static bool
is_of(const struct term_code *c, struct slice system)
{
	struct slice name = bare_system(system);

	return slice_eq(c->system, name) &&
	    (name.n == system.n ||
		slice_eq(c->version,
		    slice_span(name.p + name.n + 1, system.p + system.n)));
}

/* The list of the edition that a map leads to. */
static const struct vocabulary *
list_of_map(const struct terms *t, const struct codemap *m, bool back)
{
	for (size_t i = t->nlists; i-- > 0;)
		if (slice_eq(vocabulary_system(t->lists[i]),
			codemap_system(m, !back)) &&
		    slice_eq(vocabulary_version(t->lists[i]),
			codemap_version(m, !back)))
			return t->lists[i];
	return NULL;
}

/* One that the map names; what no list says of it is not made up. */
static const char *
target(const struct terms *t, const struct codemap *m, bool back,
    struct slice code, struct term_code *to)
{
	const struct vocabulary *v = list_of_map(t, m, back);
	struct entry entry;
	bool known = v != NULL && vocabulary_code(v, code, &entry);

	*to = (struct term_code){ code, SLICE(""), codemap_system(m, !back),
		codemap_version(m, !back), "map" };
	if (!known)
		return v == NULL || vocabulary_partial(v) ? NULL
							  : "invalid_code";
	to->code = entry.code;
	to->display = entry.name;
	return entry.status == ENTRY_RETIRED ? "retired_code"
	    : entry.status == ENTRY_PARENT   ? "invalid_code"
					     : NULL;
}

/* What the map says of a code; false: nothing. */
static bool
by_map(const struct terms *t, const struct term_code *from, struct slice system,
    struct arena *arena, struct term_edition *to)
{
	struct slice codes[TERMS_FOLLOWED];
	bool back = false;
	const struct codemap *m =
	    terms_map(t, from->system, from->version, system, &back);
	size_t n = m == NULL
	    ? 0
	    : codemap_find(m, from->code, back, codes, TERMS_FOLLOWED);

	if (n > TERMS_FOLLOWED)
		n = TERMS_FOLLOWED;
	for (size_t i = 0; i < n; i++) {
		struct term_code one;
		const char *why = target(t, m, back, codes[i], &one);

		if (why != NULL)
			to->reason = why;
		term_add_code(&to->codes, &to->ncodes, arena, &one);
	}
	if (to->ncodes > 1)
		to->reason = "tied";
	return n > 0;
}

void
terms_follow(const struct terms *t, const struct term_code *from,
    struct slice system, struct arena *arena, struct term_edition *to)
{
	const struct vocabulary *v = terms_list(t, system);
	struct entry named[TERMS_CANDIDATES];
	size_t n;

	*to = (struct term_edition){ 0 };
	if (by_map(t, from, system, arena, to))
		return;
	to->reason = "no_code_map";
	if (v == NULL || from->display.n == 0)
		return;
	n = vocabulary_named(
	    v, fold_term(from->display, arena), named, TERMS_CANDIDATES);
	for (size_t i = 0; i < n && i < TERMS_CANDIDATES; i++)
		term_add_entry(
		    &to->codes, &to->ncodes, arena, v, &named[i], "exact");
	if (n > 0)
		to->reason = n == 1 ? NULL : "tied";
}

/* Takes each code of one edition to the system; what fails is its gap. */
static void
follow_all(const struct terms *t, struct slice system, size_t given,
    struct arena *arena, struct term_answer *a)
{
	struct term_gap *gap = &a->gaps[a->ngaps];

	*gap = (struct term_gap){ .system = system };
	for (size_t i = 0; i < given; i++) {
		struct term_edition to;

		if (!slice_eq(a->codes[i].system, a->codes[0].system))
			continue;
		terms_follow(t, &a->codes[i], system, arena, &to);
		for (size_t k = 0; k < to.ncodes; k++)
			if (to.reason == NULL)
				term_add_code(
				    &a->codes, &a->ncodes, arena, &to.codes[k]);
			else
				term_add_code(&gap->candidates,
				    &gap->ncandidates, arena, &to.codes[k]);
		if (to.reason != NULL)
			gap->reason = to.reason;
	}
	a->ngaps += gap->reason != NULL;
}

static bool
is_asked(const struct term_query *q, const struct term_code *c)
{
	for (size_t i = 0; i < q->nsystems; i++)
		if (is_of(c, q->systems[i]))
			return true;
	return q->nsystems == 0;
}

/*
 * A code of a system that nobody asked for was only a way to those that were;
 * where there is no such way it is shown, not written.
 */
static void
drop_others(
    const struct term_query *q, struct arena *arena, struct term_answer *a)
{
	size_t kept = 0;

	for (size_t i = 0; i < a->ncodes; i++)
		if (is_asked(q, &a->codes[i]))
			a->codes[kept++] = a->codes[i];
		else
			term_add_code(&a->candidates, &a->ncandidates, arena,
			    &a->codes[i]);
	a->ncodes = kept;
	if (kept > 0) {
		a->candidates = NULL;
		a->ncandidates = 0;
		return;
	}
	a->status = TERM_REVIEW;
	a->reason = a->ngaps > 0 ? a->gaps[0].reason : "no_code_map";
	for (size_t i = 0; a->ngaps > 0 && i < a->gaps[0].ncandidates; i++)
		term_add_code(&a->candidates, &a->ncandidates, arena,
		    &a->gaps[0].candidates[i]);
	a->ngaps = 0;
}

void
term_follow(const struct terms *t, const struct term_query *q,
    struct arena *arena, struct term_answer *a)
{
	size_t given = a->ncodes;

	a->gaps = arena_zalloc(arena, (q->nsystems + 1) * sizeof(*a->gaps));
	for (size_t s = 0; s < q->nsystems; s++) {
		bool there = false;

		for (size_t i = 0; i < given && !there; i++)
			there = is_of(&a->codes[i], q->systems[s]);
		if (!there)
			follow_all(t, q->systems[s], given, arena, a);
	}
	drop_others(q, arena, a);
}
