/*
 * What the two halves of sources/state share: values, and their delivery.
 */
#ifndef SOURCES_STATE_PART_H
#define SOURCES_STATE_PART_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "io/lock.h"
#include "io/store.h"

enum { GET, PUT, NOTE, CLEAR, EACH, ALL, SETTLE, SETTLE_DROP, STATEMENTS };

struct state {
	struct store	*store;
	struct lock	*lock;
	pthread_mutex_t	 mutex;
	struct statement *statements[STATEMENTS];
	bool		 open;		/* a transaction */
	bool		 staged;	/* a commit would change something */
	uint64_t	 commits;
};

/* Made when it is first needed. */
struct statement *state_prepared(struct state *, int which, struct err *);
/* The transaction that gathers what is staged. */
bool	state_begin(struct state *, struct err *);
bool	state_end(struct state *, struct err *);
/* What a killed run announced either came, or is forgotten. */
bool	state_recover(struct state *, struct err *);

#endif
