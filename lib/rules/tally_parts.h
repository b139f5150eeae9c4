/*
 * tally_parts - what a tally is made of; private to tally.
 */
#ifndef RULES_TALLY_PARTS_H
#define RULES_TALLY_PARTS_H

#include "rules/gauge.h"
#include "rules/sketch.h"
#include "rules/tally.h"

#define BLOCK 64 /* rules */

struct counter {
	uint64_t applicable, fail, error;
	uint64_t set; /* the digests of the records that fail, added up */
	struct slice *samples;
	size_t nsamples;
	uint64_t largest; /* digest of the last of them */
};

/* Beyond the ceiling the group with the largest digest is folded: what it has
 * counted goes to the surplus group, and so does what it is asked for. */
struct group {
	uint64_t digest; /* of its name */
	bool folded;
	uint64_t records, failing, lost;
	uint64_t *kinds;                    /* records by kind of the plan */
	uint64_t (*fields)[PRESENCE_COUNT]; /* by tracked column */
	struct counter **blocks;
	struct gauge **gauges; /* of the rules that measure */
};

struct tally {
	const struct plan *plan;
	size_t samples, most;
	struct arena *arena; /* ids of samples, what gauges hold */
	struct index *names; /* of the groups */
	struct group *groups;
	size_t ngroups, room;
	struct slice surplus; /* name of the surplus group */
	bool folded;          /* there are more groups than `most` */
	size_t *heap;         /* groups that may be folded, the next one first */
	size_t nheap, heap_room;
	struct sketch *sketches; /* by tracked column, over all groups */
	uint64_t content[2], records;
};

size_t tally_blocks(const struct tally *);
struct counter *tally_counter(struct group *, size_t rule);
/* The number of the group that the name counts under. */
size_t tally_find_group(struct tally *, struct slice name);
void tally_release_group(struct tally *, struct group *);
void tally_join_group(
    struct tally *, struct group *, const struct group *from);

#endif
