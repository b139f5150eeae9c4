/*
 * tally_parts - what a tally is made of; private to tally.
 */
#ifndef RULES_TALLY_PARTS_H
#define RULES_TALLY_PARTS_H

#include "rules/tally.h"

#define BLOCK 64 /* rules */

struct counter {
	uint64_t applicable, fail, error;
	uint64_t set; /* the digests of the records that fail, added up */
	struct slice *samples;
	size_t nsamples;
};

struct group {
	uint64_t records, failing, lost;
	uint64_t *kinds;                    /* records by kind of the plan */
	uint64_t (*fields)[PRESENCE_COUNT]; /* by tracked column */
	struct counter **blocks;
};

struct tally {
	const struct plan *plan;
	size_t samples, most;
	struct arena *arena; /* ids of samples */
	struct index *names; /* of the groups */
	struct group *groups;
	size_t ngroups, room;
	uint64_t content[2], records;
};

#endif
