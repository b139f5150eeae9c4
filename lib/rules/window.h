/*
 * window - the five checks of `mdx-qc watch` over the samples of one series:
 * step, stuck, gap, hold and window (mdx-rules(5), WINDOWS).
 *
 * A value is a whole number of millionths: sums are exact, and a replay gives
 * the same bytes on every machine.  Times are microseconds since 1970, UTC.
 * A window is one rule's argument, const once parsed; its state belongs to one
 * series and holds at most the samples of one span.
 */
#ifndef RULES_WINDOW_H
#define RULES_WINDOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/err.h"
#include "rules/check.h"

#define FIXED_ONE	INT64_C(1000000)	/* of a value, and of a second */

/*
 * Rounded half to even to six places.  False beyond 10^12, so that a product
 * with the samples of a window cannot overflow.
 */
bool	fixed_of(const struct decimal *, struct arena *, int64_t *);
/* As JSON, without zeros behind the last digit that counts. */
void	fixed_put(struct buf *, int64_t);

enum aggregate { OF_MEAN, OF_MIN, OF_MAX, OF_SD, OF_COUNT };

struct fixed_bound {
	bool		 there, open;
	int64_t		 at;
};

struct window {
	enum check	 check;
	int64_t		 span;		/* microseconds */
	int64_t		 limit;		/* step, stuck (tolerance), hold */
	char		 op;		/* hold: as a token's sign */
	enum aggregate	 of;
	struct fixed_bound low, high;
};

/*
 *	step	20 in 10s		stuck	5m [~ 0.5]	gap	30s
 *	hold	< 90 for 60s		window	mean [60,100] over 5m
 *
 * ERR_USAGE says what was expected.
 */
bool	window_parse(enum check, struct slice arg, struct arena *,
	    struct window *, struct err *);

struct sample {
	int64_t		 at, value;
};

struct samples {			/* a queue; room is a power of two */
	struct sample	*list;
	size_t		 head, n, room;
};

__extension__ typedef __int128 window_sum;
__extension__ typedef unsigned __int128 window_squares;

struct window_state {
	bool		 open, begun;
	int64_t		 first, last;	/* of the run; window: of the series */
	int64_t		 value;		/* stuck: the first of the run */
	int64_t		 since;		/* of the alert that is open */
	uint64_t	 count;		/* of the run */
	struct samples	 all, low, high;	/* of the span; rising, falling */
	window_sum	 sum;		/* of all */
	window_squares	 squares;	/* of all, but for what is beyond 128 bits */
	size_t		 large;		/* values among them */
};

struct window_event {
	bool		 open;		/* else closed */
	int64_t		 at, since, value;
	bool		 has_value;
	uint64_t	 samples;
};

#define WINDOW_EVENTS	2	/* at most, of one sample */

/* A sample not earlier than the one before.  How many events came of it. */
unsigned	window_add(const struct window *, struct window_state *,
		    struct sample, struct window_event[WINDOW_EVENTS]);
/* gap: the time has come to `now`; whether that opens an alert. */
bool		window_due(const struct window *, struct window_state *,
		    int64_t now, struct window_event *);
/* Those of the span, the earliest first: i < all.n. */
struct sample	window_sample(const struct window_state *, size_t i);
/* Takes a sample back in that was in the state when it was kept. */
void		window_restore(const struct window *, struct window_state *,
		    struct sample);
void		window_release(struct window_state *);

#endif
