/*
 * keys - what rules that compare records with each other (unique, foreign_key,
 * overlap, sequence: the open rules) know of a stream.
 *
 * While records pass, each value that such a rule looks at is noted, and one
 * that is known to break it marks its record.  Which records break it is
 * settled at the end, over all that was noted, in memory or spilled
 * (io/runs): so the counts do not depend on the order of the records, and the
 * noted keys of some shards (mdx-keys files, --state) give the counts of the
 * whole.
 *
 * A key is the first 96 bits of a SHA-256 (see rules/reference.h for what that
 * is worth).  Keys belong to one thread.
 */
#ifndef RULES_KEYS_H
#define RULES_KEYS_H

#include "rules/plan.h"
#include "rules/summary.h"

struct keys;

enum key_role {			/* in the order of settling */
	KEY_PROVIDED,		/* a reference has it */
	KEY_NOTED,
	KEY_BROKEN		/* breaks its rule whatever else there is */
};

struct key_note {		/* of one value of a record */
	size_t		 open;		/* number among the open rules */
	enum key_role	 role;
	unsigned	 ordinal;	/* among the values of the rule */
	uint8_t		 key[KEY_DIGEST];
	int64_t		 from, to;	/* overlap: seconds; sequence: number */
	/* Of an overlap whose keys are counted, from and to are days, and a
	 * pair has two different ones of these (0: any two are a pair); of a
	 * reference that is covered: its rows with the key. */
	uint64_t	 more;
};

#define KEY_NO_DAY	INT64_MIN

/* The record that notes are of. */
struct key_record {
	struct slice	 line;
	struct slice	 group;		/* JSON of `by` */
	struct slice	 id;		/* among the samples; n 0: none is kept */
	bool		 failed;	/* by other rules */
	unsigned	 lost;		/* points, by other rules */
};

struct key_options {
	bool		 marks;		/* somebody asks whether a key was seen */
	uint64_t	 memory;
	const char	*spill;		/* folder for what is beyond it */
};

/* Whether a rule marks records by those before them: their order counts. */
bool		 keys_mark(const struct plan *);
/* NULL where no rule is open. */
struct keys	*keys_new(const struct plan *, const struct key_options *);
void		 keys_free(struct keys *);	/* NULL is allowed */
bool		 keys_note(struct keys *, const struct key_note *, size_t n,
		    const struct key_record *, struct err *);
/* 1: the rule has noted this key; 0: not; -1: *e. */
int		 keys_seen(const struct keys *, size_t open,
		    const uint8_t key[KEY_DIGEST], struct err *);
/*
 * The same for overlap: whether a period that was seen has a moment in common
 * with this one, which is seen from now on.
 */
int		 keys_overlap(struct keys *, const struct key_note *,
		    struct err *);
/*
 * Notes how many rows have to be covered, and, where others are to judge
 * orphans, all keys of references that a shard may have a part of: that of a
 * table is whole in each.
 */
bool		 keys_provide(struct keys *, const struct plan *, bool foreign,
		    struct err *);

/*
 * Adds all that `from` has noted to *all, which is made where it is NULL: for
 * more shards than files may be open.  After that `from` is to be freed.
 */
bool		 keys_gather(struct keys **all, struct keys *from,
		    const struct key_options *, struct err *);

/*
 * Adds to the summary (sign 1), or takes from it (-1), what the open rules
 * count over all of these keys.  Nothing can be noted or asked for after that.
 */
bool		 keys_settle(struct summary *, struct keys *const *, size_t n,
		    int sign, const struct key_options *, struct err *);

/* --- files of keys ------------------------------------------------------------ */

/*
 * Writes the keys of a shard into the folder, and its digest to *digest.  The
 * file is for its owner alone: digests of short values can be guessed.
 */
bool		 keys_write(struct keys *const *, size_t n, const char *folder,
		    struct slice shard, struct slice logic, struct arena *,
		    struct slice *digest, struct err *);
/*
 * The keys of a shard.  ERR_INPUT: they are not there, are cut off, or are not
 * those of this summary.
 */
struct keys	*keys_read(const char *folder, const struct shard *,
		    struct slice logic, struct err *);

#endif
