#include "sources/tally.h"

#include <stdbool.h>

#include "sources/votes.h"

enum {
	BY_SETS = 2 * VOTE,
	BY_NAME = 3 * VOTE / 2,
	LEAST = VOTE,
	APART = 2 * VOTE / 5, /* at least, from the second */
	PART = 8,             /* at least a vote for so many columns */
	LEAD = 11,            /* tenths of what the second has */
	AGAINST_NAME = 16     /* of what the kind of the name has */
};

static unsigned
votes_of(const struct tally *t, long kind)
{
	return kind == TALLY_NOBODY ? 0 : t->votes[kind];
}

static void
best_two(const struct tally *t, struct verdict *v)
{
	for (size_t i = 0; i < t->nkinds; i++) {
		unsigned votes = t->votes[i];

		if (votes > votes_of(t, v->first)) {
			v->second = v->first;
			v->first = (long)i;
		} else if (votes > votes_of(t, v->second)) {
			v->second = (long)i;
		}
	}
}

/* Whether so many votes are too few against those of a rival. */
static bool
lacks_lead(unsigned votes, unsigned rival, unsigned tenths)
{
	return (unsigned long long)votes * 10 <
	    (unsigned long long)rival * tenths;
}

struct verdict
tally_settle(struct tally *t)
{
	struct verdict v = { TALLY_NONE, TALLY_NOBODY, TALLY_NOBODY };
	unsigned votes, own;

	if (t->met != TALLY_NOBODY)
		t->votes[t->met] += BY_SETS;
	if (t->named != TALLY_NOBODY)
		t->votes[t->named] += BY_NAME;
	best_two(t, &v);
	votes = votes_of(t, v.first);
	if (votes < LEAST)
		return v;
	own = votes - (v.first == t->named ? BY_NAME : 0);
	if (v.first != t->named &&
	    lacks_lead(votes, votes_of(t, t->named), AGAINST_NAME)) {
		v.outcome = TALLY_TIE;
		v.second = t->named;
	} else if (lacks_lead(votes, votes_of(t, v.second), LEAD) ||
	    votes < votes_of(t, v.second) + APART) {
		v.outcome = TALLY_TIE;
	} else if (own >= LEAST &&
	    (unsigned long long)own * PART >=
		(unsigned long long)t->ncolumns * VOTE) {
		v.outcome = TALLY_COLUMNS;
	} else if (v.first == t->named) {
		v.outcome = TALLY_NAME;
	}
	return v;
}
