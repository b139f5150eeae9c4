/*
 * watch - the stage of `mdx-qc watch`: samples of many series through the
 * rules of windows, alerts out.
 *
 *	record -> reading (time, value, series, rules that apply)
 *	       -> [held back --lateness, in the order of time]
 *	       -> the clock goes on: gaps and forgotten series of others
 *	       -> its series: each rule's window -> opened, closed
 *
 * Time is that of the samples, so that a replay gives the same bytes.  The
 * clock is the latest time that is believed: one that is more than `idle`
 * ahead of the median of the series is its own series' alone.  `live` adds the
 * machine's clock, for gaps only.
 *
 * One watch belongs to one thread.  Memory is bounded by the number of series,
 * their samples in the span of a rule, and what is held back.
 */
#ifndef RULES_WATCH_H
#define RULES_WATCH_H

#include "io/writer.h"
#include "record/flow.h"
#include "rules/plan.h"

struct watch_options {
	const char	*time, *value;	/* fields */
	const char	*series;	/* "bed,item" */
	bool		 live;
	int64_t		 lateness, idle;	/* microseconds */
	size_t		 max_series;
	const char	*state;		/* file, or NULL */
	struct writer	*alerts;	/* NULL: alerts are the output */
	struct slice	 kind;		/* of records that carry none */
	void		(*say)(const char *line);
};

struct watch_counts {
	uint64_t	 samples;	/* that a rule looked at */
	uint64_t	 late, unusable, ahead;
	uint64_t	 series, forgotten;	/* opened in all; closed by age */
	uint64_t	 opened, closed;	/* alerts */
};

struct watch;

/*
 * Adds what it reads to the plan's fields, so before any judge is made; the
 * plan and the options must outlive it.  Reads the state.  ERR_USAGE: a field;
 * ERR_INPUT: a state that is damaged or newer.
 */
struct watch	*watch_new(struct plan *, const struct watch_options *,
		    struct err *);
void		 watch_free(struct watch *);	/* NULL is allowed */
void		 watch_stage(struct watch *, struct stage *);
/* Keeps the state: call it when what was told has been delivered. */
bool		 watch_save(struct watch *, struct err *);
const struct watch_counts *watch_counts(const struct watch *);

#endif
