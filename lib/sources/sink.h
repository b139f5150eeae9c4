/*
 * sink - where the readers of sources leave records, rejects and accounts, so
 * that they reach the run in the order of the sources.
 *
 * Each source has a ticket.  The one whose turn it is writes through; the
 * others keep a little and put more into a file without a name, and wait where
 * that has no more room.  A source that ends before its turn with little is
 * parked with what it gave, and its worker goes on with the next: who ends the
 * source before it writes it out.  With one worker there is
 * nothing to wait for.  A sink belongs to one thread; the turns are shared.
 */
#ifndef SOURCES_SINK_H
#define SOURCES_SINK_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/writer.h"
#include "record/run.h"
#include "sources/encodings.h"
#include "sources/spill.h"

struct dicom_group;
struct parked;

struct turns {
	pthread_mutex_t	 lock;
	pthread_cond_t	 moved;
	uint64_t	 now;		/* the ticket whose turn it is */
	bool		 freely;	/* sources that never end: who comes first */
	bool		 taken;		/* freely: somebody has the turn */
	bool		 broken;	/* the run cannot go on */
	struct err	 why;
	struct parked	*parked, *last;	/* in the order of their tickets */
	size_t		 parked_bytes;
};

struct keep;
struct state;

/* When the state was last committed, and what that took; shared. */
struct settling {
	int64_t		 last_ms, took_ms;	/* of the monotonic clock */
};

struct sink {
	struct run	*run;
	struct turns	*turns;
	struct writer	*manifest;	/* NULL: none is kept */
	struct state	*state;		/* NULL: none is kept */
	struct settling	*settling;
	struct keep	*keep;		/* of the source at hand */
	bool		 at_will;	/* it may be left behind any record */
	unsigned	 failures;	/* sources that were not read whole */
	uint64_t	 ticket;
	bool		 mine;		/* its turn has come */
	struct buf	 out;		/* lines; readers append to it */
	uint64_t	 records;	/* in out */
	struct spill	 spill;		/* lines before those in out */
	struct buf	 later;		/* what is to be done in its turn */
	uint64_t	 given;		/* records and rejects ever */
	struct digest	*hasher;	/* for the chains of ids */
	struct encodings encodings;	/* that stay open for the worker */
	struct dicom_group *group;	/* NULL: each image is a record */
	uint64_t	 instances;	/* of the source, put into the group */
};

void	turns_init(struct turns *);
void	turns_release(struct turns *);
/* The run cannot go on: nobody waits any more. */
void	turns_break(struct turns *, const struct err *);

void	sink_init(struct sink *, struct run *, struct turns *,
	    struct writer *manifest, const char *spool_dir);
void	sink_release(struct sink *);

/* A new source begins, one finished: the next in the row has its turn. */
void	sink_begin(struct sink *, uint64_t ticket);
bool	sink_end(struct sink *, struct err *);

/*
 * False ends the source: the run cannot go on, *e says why.  sink_ready is
 * called behind each record and writes when enough has gathered.
 */
bool	sink_ready(struct sink *, struct err *);
/* All that is kept goes to the run; waits for the turn. */
bool	sink_write(struct sink *, struct err *);
/* As sink_write, and on into the hands of the system; does not wait. */
bool	sink_flush(struct sink *, struct err *);
bool	sink_reject(struct sink *, const struct place *, struct slice raw,
	    const struct err *why, struct err *);
/* What this sink's worker met ends the run: nobody waits any more.  False. */
bool	sink_give_up(struct sink *, const struct err *);
bool	sink_manifest(struct sink *, struct slice line, struct err *);
/*
 * Something of the run's account, done in this source's turn: at once where
 * it has come, else with a copy of the bytes.  act: false, the run is over.
 */
typedef bool	 sink_act(struct sink *, struct slice, struct err *);
bool	sink_do(struct sink *, sink_act *, struct slice, struct err *);
/*
 * A good place to stop: a file that is to be rotated is, and where the output
 * is a pipe the state is committed behind it, now or at most once in a while.
 */
bool	sink_settle(struct sink *, bool now, struct err *);
/* Whether sink_settle would do anything. */
bool	sink_is_due(const struct sink *);
/*
 * Where turns are taken freely, all that was written is kept, and others may
 * have theirs.
 */
bool	sink_rest(struct sink *, struct err *);
bool	sink_stopped(const struct sink *);	/* by a signal */
/* A source that could not be read whole. */
bool	sink_fail(struct sink *, const struct err *why, struct err *);

#endif
