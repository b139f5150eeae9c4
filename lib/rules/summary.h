/*
 * summary - the account of a run by rule, field and group, as a document that
 * can be written, read and merged (mdx-summary(5)).
 *
 * Lines are in the order of the rules, and within a rule of the groups, so
 * that the summary of the whole and the merged summaries of its parts are the
 * same bytes, but for the shards named in the first line.
 */
#ifndef RULES_SUMMARY_H
#define RULES_SUMMARY_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/err.h"
#include "rules/drift.h"
#include "rules/field.h"
#include "rules/metric.h"
#include "rules/rule.h"
#include "rules/sketch.h"

struct shard {
	struct slice	 id;
	uint64_t	 records;
	struct slice	 state;		/* digest of its keys, or n 0 */
};

enum level {			/* of a rule over the stream (stream.h) */
	LEVEL_NONE, LEVEL_WITHIN, LEVEL_OUTSIDE
};

struct count_line {		/* of a rule in one group */
	struct slice	 by;		/* JSON object, or n 0: over all */
	uint64_t	 n, applicable, fail, error;
	uint64_t	 waived;	/* of fail: accepted; never written */
	uint64_t	 set;		/* of the failing records; of the total */
	struct slice	*samples;	/* by their digests */
	size_t		 nsamples;
	struct bins	 bins;		/* of a drift rule: its values */
	enum drift	 drift;		/* ... as a history judges them */
	double		 psi;		/* where it is small or large */
	struct metric	*metric;	/* NULL: the check needs none */
	enum level	 level;		/* as its argument judges it */
	struct slice	 value;		/* ... what was judged */
};

/* How many records have a member, and in how many it is not null. */
struct column_line {
	struct slice	 name;
	uint64_t	 there, filled;
};

struct rule_lines {
	struct slice	 rule, kind, field, title, check, arg, max_fail;
	struct slice	 level, dimension, owner, rationale;
	struct slice	 message, message_en;
	enum severity	 severity;
	unsigned	 points;	/* thousandths */
	bool		 conditional, open, per_value;
	enum level	 stands;	/* of a rule over the stream */
	const char	*why;		/* ... what is outside, or NULL */
	/* Of a table (missing=null): */
	bool		 as_table;
	enum rule_na	 na;
	bool		 stream;	/* it was there, be it empty */
	bool		 unread;	/* a reference was not given */
	bool		 lacks;		/* ... or has no such member */
	struct column_line *columns;	/* its own field first */
	size_t		 ncolumns;
	struct count_line total, *groups;
	size_t		 ngroups, room;
};

struct field_line {
	struct slice	 kind, field, title, by;
	uint64_t	 n, counts[PRESENCE_COUNT];
	struct shape	*shape;		/* NULL: of a group, or not told */
};

/*
 * One group as a whole.  It carries what applied for every rule, so that a
 * rule needs a line of its own only in groups where it failed.
 */
struct group_line {
	struct slice	 by;
	uint64_t	 records, failing, lost;
	uint64_t	*kinds;		/* records of each of the kinds */
	uint64_t	*applicable;	/* of each of the rules */
};

struct summary {
	struct arena	*arena;
	struct slice	 logic, now;	/* now: n 0 where no rule reads it */
	int		 zone;		/* of now, and of times without one */
	struct slice	*by;
	size_t		 nby;
	bool		 complete;
	uint64_t	 records, set_aside, failing;
	uint64_t	 lost;		/* points, in thousandths */
	uint64_t	 sample_room;
	uint64_t	 max_groups;	/* beside the surplus group (surplus.h) */
	bool		 folded;	/* there were more: that group has them */
	struct shard	*shards;
	size_t		 nshards;
	struct rule_lines *rules;
	size_t		 nrules;
	struct slice	*kinds;		/* that rules name */
	size_t		 nkinds;
	struct group_line *groups;	/* none without --by */
	size_t		 ngroups, groups_room;
	struct field_line *fields;
	size_t		 nfields, fields_room;
};

struct summary	*summary_new(void);
void		 summary_free(struct summary *);	/* NULL is allowed */
/* Lines in their order; all that make a summary end with it. */
void		 summary_sort(struct summary *);
void		 summary_put(const struct summary *, struct buf *);
/*
 * ERR_INPUT where it is cut off, ERR_USAGE where it is no summary.  The name
 * is for messages.
 */
struct summary	*summary_parse(const char *name, struct slice, struct err *);
struct summary	*summary_load(const char *path, struct err *);
/*
 * Adds the second to the first, which keeps what it needs of it.  ERR_USAGE: a
 * shard twice, other rules, groups or now, open rules; ERR_INPUT: incomplete.
 * settled: what open rules count is in neither (keys_settle).
 */
bool		 summary_merge(struct summary *, const char *name,
		    const struct summary *, const char *other, bool settled,
		    struct err *);

/* --- what follows from the counts (standing.c) ------------------------------ */

enum standing { STANDING_PASS, STANDING_FAIL, STANDING_NA, STANDING_ERROR };

const char	*standing_name(enum standing);
enum standing	 rule_standing(const struct rule_lines *);
/* Why it applied to nothing, or what of a stream is outside; or NULL. */
const char	*rule_reason(const struct rule_lines *);
/* The same in Chinese, of a rule that is not applicable. */
const char	*rule_reason_zh(const struct rule_lines *);
/* "99.99%" of n, cut, never rounded up; "" for n 0. */
void		 put_percent(struct buf *, uint64_t part, uint64_t n);
/* 100 less the mean of the points lost: hundredths, cut. */
unsigned	 score_of(uint64_t records, uint64_t lost);
unsigned	 summary_score(const struct summary *);
/* How many rules are in each standing. */
void		 summary_standings(const struct summary *, size_t n[4]);
/* The rule with the largest share of failures among those that fail. */
const struct rule_lines *summary_worst(const struct summary *,
		    enum severity least, size_t *failing);
/* The line of a group, or NULL; lines must be in their order. */
struct group_line *summary_group(const struct summary *, struct slice by);
/* Among the first n lines of the rule. */
struct count_line *rule_group(const struct rule_lines *, size_t n,
		    struct slice by);
/*
 * Says which streams were there: those of these kinds, and those that had
 * records.  kinds NULL: the latter alone.
 */
void		 summary_streams(struct summary *, const struct index *kinds);
/* Sets n and applicable of the rules' lines from those of the groups. */
void		 summary_refresh(struct summary *);
/*
 * A sample's place in the order: the digest of its id.  The sum of those of
 * the records that fail tells sets of records apart, and adds up over shards.
 */
uint64_t	 sample_digest(struct slice id);
/* Puts an id among the smallest; the array has room for `most`. */
void		 sample_add(struct slice *, size_t *n, size_t most,
		    struct slice id);

#endif
