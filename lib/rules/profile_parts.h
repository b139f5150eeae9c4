/*
 * profile_parts - the tree of a profile; between profile.c, profile_put.c and
 * profile_suggest.c.
 */
#ifndef RULES_PROFILE_PARTS_H
#define RULES_PROFILE_PARTS_H

#include "rules/profile.h"

#define PROFILE_FORMAT "mdx-qc-profile/1"

struct node { /* a field, and those within it */
	struct slice name;
	size_t number; /* among all nodes of the profile */
	struct facts facts;
	struct index *names; /* of the members of its objects */
	struct node **children;
	size_t room;
	bool wide;         /* its members are data */
	struct node *each; /* an element of its arrays */
};

/* What a group counts of a node; absent stands for the objects in it. */
struct tellers {
	uint64_t counts[PRESENCE_COUNT];
};

struct profile_group {
	uint64_t digest, records;
	bool folded;
	uint64_t *kinds; /* records of each */
	size_t nkinds;
	struct tellers *list; /* by node */
	size_t n;
};

struct profile {
	const struct plan *plan;
	struct slice kind;
	bool kind_from_name;
	struct arena *arena;
	struct index *kinds;
	struct node **roots; /* of each kind */
	uint64_t *records;
	size_t roots_room, records_room;
	size_t nnodes, nlive; /* ever made; those that are still told apart */
	size_t most; /* groups */
	struct index *group_names;
	struct profile_group *groups;
	size_t groups_room, nkept;
	struct slice surplus;
	bool folded;    /* there are more groups than `most` */
	uint64_t limit; /* digests above it are not kept, once there are many */
	bool limited;
};

/* One field to write: where it stands and how often it could. */
struct field_facts {
	struct slice kind, path;
	const struct node *node;
	uint64_t places; /* objects that could hold it */
	size_t parent;   /* number of the node that holds it, or SIZE_MAX */
	bool hidden;     /* it identifies, by its name or its values */
};

struct field_list {
	struct field_facts *list;
	size_t n, room;
	uint64_t rare; /* fields that are not told */
};

/* ERR_DATA: more than so many fields; names the object with the most of them.
 * False. */
bool profile_refuse(const struct profile *, unsigned most, struct err *);
/* What a group counts of a node; valid until the next call. */
struct tellers *profile_tellers(struct profile_group *, size_t node);
void profile_count_kind(struct profile_group *, size_t kind, uint64_t n);
void profile_release_group(struct profile_group *);
/* map: of so many nodes, and of the kinds; NULL: they are the same. */
void profile_join_group(struct profile_group *, const struct profile_group *,
    size_t nodes, const size_t *map, const size_t *kinds);
/* The group that the name counts under; valid until the next call. */
struct profile_group *profile_find_group(struct profile *, struct slice name);
/* No more groups than the ceiling. */
void profile_prune(struct profile *);

/* All that occur often enough, by kind and path; in the arena. */
void profile_list(const struct profile *, const struct profile_options *,
    struct arena *, struct field_list *);

#endif
