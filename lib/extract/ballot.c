#include "extract/ballot.h"

#include "extract/proof.h"

static enum status
status_of(const struct answer *a)
{
	return a == NULL ? STATUS_ABSENT : a->status;
}

/* Whether two votes say the same; claims without proof need not be equal. */
static bool
agree(const struct answer *a, const struct answer *b)
{
	if (status_of(a) != status_of(b))
		return false;
	switch (status_of(a)) {
	case STATUS_OK:
	case STATUS_OUT_OF_RANGE:
	case STATUS_NEGATED:
		return slice_eq(a->value, b->value);
	case STATUS_UNCERTAIN:
	case STATUS_CONFLICT:
		return slice_eq(a->claimed, b->claimed);
	default:
		return true;
	}
}

static unsigned
count_like(
    const struct answer *const *votes, unsigned n, const struct answer *one)
{
	unsigned count = 0;

	for (unsigned i = 0; i < n; i++)
		count += agree(votes[i], one);
	return count;
}

/* The different values that were proved, as a JSON array. */
static struct slice
values_of(const struct answer *const *votes, unsigned n, struct arena *arena)
{
	struct slice list = SLICE("");

	for (unsigned i = 0; i < n; i++) {
		unsigned before = 0;

		if (votes[i] == NULL || !answer_has_value(votes[i]))
			continue;
		while (before < i && !agree(votes[before], votes[i]))
			before++;
		if (before == i)
			list = slice_of(arena_printf(arena, "%.*s%s%.*s",
			    (int)list.n, list.p, list.n > 0 ? "," : "",
			    votes[i]->value.n > 0 ? (int)votes[i]->value.n : 4,
			    votes[i]->value.n > 0 ? votes[i]->value.p
						  : "null"));
	}
	return slice_of(arena_printf(arena, "[%.*s]", (int)list.n, list.p));
}

static void
add_why(struct answer *a, unsigned count, unsigned n, struct arena *arena)
{
	a->why = slice_of(arena_printf(arena, "%.*s%svotes %u/%u",
	    (int)a->why.n, a->why.p, a->why.n > 0 ? ", " : "", count, n));
}

void
ballot(const struct answer *const *votes, unsigned n, struct arena *arena,
    struct answer *out)
{
	const struct answer *best = votes[0], *shown = NULL;
	unsigned most = count_like(votes, n, votes[0]);

	for (unsigned i = 0; i < n; i++) {
		unsigned count = count_like(votes, n, votes[i]);

		if (count > most) {
			most = count;
			best = votes[i];
		}
		if (votes[i] != NULL &&
		    (shown == NULL ||
			(answer_has_value(votes[i]) &&
			    !answer_has_value(shown))))
			shown = votes[i];
	}
	*out = (struct answer){ 0 };
	if (2 * most > n) {
		if (best == NULL)
			return;
		*out = *best;
	} else {
		*out = *shown;
		if (answer_has_value(shown)) {
			out->status = STATUS_CONFLICT;
			out->claimed = values_of(votes, n, arena);
			out->value = SLICE("");
			out->why = SLICE("");
			most = count_like(votes, n, shown);
		}
	}
	if (most < n)
		add_why(out, most, n, arena);
}
