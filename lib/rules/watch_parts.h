/*
 * watch_parts - what a watch is made of; private to watch.
 */
#ifndef RULES_WATCH_PARTS_H
#define RULES_WATCH_PARTS_H

#include "rules/due.h"
#include "rules/judge.h"
#include "rules/watch.h"

struct track { /* one rule over one series */
	uint32_t test;
	bool due, waits; /* gap: among the dues, among the waits */
	struct window_state state;
};

struct series {
	uint64_t number;  /* 0: the slot is free */
	struct slice key; /* JSON object; its own */
	uint64_t hash;
	uint32_t next;   /* slot + 1 in its bucket, or in the free ones */
	int zone;        /* of its latest sample */
	bool ahead;      /* its clock was not believed */
	int64_t last;    /* that its rules know; microseconds since 1970 */
	int64_t newest;  /* that has come, held back or not */
	uint64_t sample; /* the number of it */
	int64_t arrived; /* clock_ms of its latest sample */
	struct track *tracks;
	size_t ntracks, room;
};

struct reading {
	int64_t at, value;
	int zone;
	struct slice key;
	const struct verdict_of *rules; /* that apply to it */
	size_t nrules;
};

struct watch {
	const struct plan *plan;
	const struct watch_options *options;
	size_t time, value; /* fields of the plan */
	size_t *keys;
	struct slice *names;
	size_t nkeys;
	struct judge *judge;

	struct series *list;
	size_t nlist, room, used;
	uint32_t *buckets, free;
	size_t nbuckets; /* a power of two */
	uint64_t numbers;

	bool started;
	int64_t clock, median;
	uint64_t since_median;
	/* Gaps by the samples, gaps by the machine, series to be forgotten. */
	struct dues dues, waits, ends;
	struct reading *held;    /* --lateness */
	size_t held_room;
	struct dues order;  /* of the held ones; series is their arrival */
	int64_t latest;     /* of the readings */
	uint64_t arrivals;
	uint32_t *spare;   /* free places of held */
	size_t nspare, spare_room, nheld;

	int64_t saved, heard; /* clock_ms: of the state, of the last sample */
	uint64_t records;
	struct watch_counts counts;
	struct buf line, key;
};

/* The series of this key, or NULL. */
struct series	*watch_find(struct watch *, struct slice key);
struct series	*watch_make(struct watch *, struct slice key);
void		 watch_drop(struct watch *, struct series *);
void		 watch_drop_all(struct watch *);
struct track	*watch_track(struct series *, uint32_t test);

bool		 watch_alert(struct watch *, struct job *, const struct series *,
		    uint32_t test, const struct window_event *,
		    const char *reason, struct err *);

/* --- clocks --- */
/* NULL where the series has gone since. */
struct series	*watch_of_due(struct watch *, const struct due *);
/* Closes its alerts at that time and drops it. */
bool		 watch_forget(struct watch *, struct job *, struct series *,
		    int64_t at, const char *reason, struct err *);
/* The clock of the samples comes to that time, if it is a later one. */
bool		 watch_go_on(struct watch *, struct job *, int64_t to,
		    struct err *);
/* Feeds what is held back up to that time, and goes on to it. */
bool		 watch_let_go(struct watch *, struct job *, int64_t until,
		    struct err *);
/* own: the series of the sample, or NULL for a new one. */
bool		 watch_believes(struct watch *, const struct series *own,
		    int64_t at);
/* Looks at the machine's clock; *wait as for a stage's idle. */
bool		 watch_look(struct watch *, struct job *, int *wait,
		    struct err *);
/* Puts the gap of a rule among what is due, or (NULL) the series' end. */
void		 watch_arm(struct watch *, const struct series *,
		    struct track *);

bool		 watch_load(struct watch *, struct err *);

#endif
