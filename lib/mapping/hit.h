/*
 * hit - a rule that fits a member of the record at hand; what gather.c finds
 * and normalize.c applies.  Private to lib/mapping.
 *
 * A record is worked in three steps: rules are found for its members (hits),
 * hits with one target are settled among themselves, and what is left is
 * applied.  Marks (claimed, done, taken) hold the number of the record, so
 * that nothing is cleared between records.
 */
#ifndef MAPPING_HIT_H
#define MAPPING_HIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mapping/field.h"
#include "mapping/normalize.h"
#include "mapping/trail.h"

struct hit {
	const struct rule *rule;
	const struct json_member *member;
	bool inside;	   /* the value is a part of the member */
	bool gone;	   /* settled: leave it as it is */
	const char *loser; /* reason, where columns contradict */
	struct json value;
	struct slice text;
	struct outcome o;
};

struct normalize {
	const struct normalizer *n;
	struct fields fields;
	struct review *review;
	uint64_t turn;
	uint64_t *claimed;	/* by column: a rule has it */
	uint64_t *done, *taken; /* by field: by an earlier pass, by a hit */
	size_t *leader;		/* by field: the hit that was first */
	struct hit *hits;
	size_t nhits, hits_room;
	struct trail trail;
	struct buf indicators;
	struct buf undone;	/* the record, what was done taken back */
	char kind[64];
	size_t nkind;
	const struct plan *plan;
	struct normalize_counts counts;
};

/* The hits of a record; false where a mapped member stands twice. */
bool	hits_collect(struct normalize *, struct record *, const struct plan *,
	    struct err *);
/* Converts each value; false where a jq expression cannot be compiled. */
bool	hits_convert(struct normalize *, struct record *, struct err *);
bool	hit_convert(struct normalize *, struct record *, struct hit *,
	    struct err *);
/* Decides between hits with one target, companions and members there. */
void	hits_settle(struct normalize *, struct record *);

/* The value as it goes into the record. */
static inline struct slice
hit_json(const struct hit *h)
{
	return h->o.json.p != NULL ? h->o.json : h->value.text;
}

/* The name of a member beside a field: F with the suffix. */
struct slice hit_beside(struct record *, struct slice field, const char *suffix);
bool	has_member(const struct record *, struct slice name);
/* `unit`, `ref_low` and `ref_high` beside a result. */
void	companions_apply(struct normalize *, struct record *, struct hit *);

#endif
