/*
 * run - the account of one run of a tool: its output, what was set aside, what
 * was skipped, the report, and the exit status that follows.
 *
 * Used by the loop (record/flow) and by the tools that have no records to read
 * (mdx-ingest).  All calls come from one thread.  Nothing is printed here:
 * messages go through the callback that cli hands down.
 */
#ifndef RECORD_RUN_H
#define RECORD_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "io/stop.h"
#include "io/writer.h"

struct run;

struct run_progress {
	uint64_t	 records, set_aside;
	uint64_t	 done, size;	/* bytes of the inputs; size 0: unknown */
	const char	*place;		/* the input at hand */
};

/* What the user's options say; strings are kept by reference. */
struct run_options {
	const char	*tool, *version;
	const char	*output;	/* NULL: standard output */
	const char	*rejects;	/* NULL: the first ten are named */
	const char	*report;	/* NULL: none */
	unsigned	 jobs;		/* workers, at least 1 */
	uint64_t	 max_rejects;	/* a number, or with percent a share */
	bool		 percent;
	bool		 quiet;		/* no run_note */
	bool		 no_output;	/* the stage writes no record stream */
	bool		 no_raw;	/* rejects carry no bytes (--deid) */
	/* With no_raw: adds the member that stands for them; may be NULL. */
	void		(*seal)(const void *ctx, struct slice raw,
			    struct buf *);
	const void	*seal_ctx;
	bool		 stream;	/* inputs never end by themselves */
	bool		 append;	/* rejects grow in place, behind what was */
	/* With these the output's name has %n, and a number behind the last
	   one; a file ends when it has so many bytes or is so old. */
	uint64_t	 rotate_bytes, rotate_seconds;	/* 0: not by this */
	uint64_t	 last_number;
	size_t		 max_record;	/* bytes; 0: 16 MiB */
	unsigned	 max_depth;	/* 0: 512 */
	uint64_t	 limit;		/* lines read in all; 0: every one */
	const struct stop *stop;
	/* One line without a line feed; may be NULL, as may what follows. */
	void		(*say)(const char *line);
	void		(*progress)(const struct run_progress *);
};

/* Where a record stood; parts that are unknown are NULL or 0. */
struct place {
	const char	*uri;
	uint64_t	 line;		/* from 1 */
	uint64_t	 from, to;	/* bytes of the decompressed input */
	struct slice	 src;		/* JSON of `_mdx.src`, beats the rest */
	bool		 cut;		/* raw is the beginning of it only */
};

/*
 * For who keeps an account of what was delivered.  before: the output is whole
 * under its temporary name and about to be renamed; false: it is not.  Not
 * called for a pipe or device.  after: the output is where it belongs.
 */
struct run_delivery {
	void		*ctx;
	bool		(*before)(void *ctx, const char *temporary,
			    const char *path, struct err *);
	bool		(*after)(void *ctx, struct err *);
	/* The number of the file that is about to be renamed; may be NULL. */
	bool		(*number)(void *ctx, uint64_t, struct err *);
};

struct run	*run_open(const struct run_options *, struct err *);
void		 run_free(struct run *);	/* NULL is allowed */
/* Whether two files that are written are two; paths may be NULL. */
bool		 run_two_files(const char *option, const char *path,
		    const char *option2, const char *path2, struct err *);
/* Whether a file that the tool writes by itself is none of the run's own. */
bool		 run_apart(const struct run_options *, const char *option,
		    const char *path, struct err *);
/*
 * Whether those files are apart from the run's own, from each other, and from
 * the inputs, which would be gone.  Pairs of option and path (may be NULL).
 */
bool		 run_all_apart(const struct run_options *,
		    const char *const files[][2], size_t n,
		    char *const *operands, struct err *);
const struct run_options *run_options(const struct run *);
/* Lines that are read at most. */
uint64_t	 run_limit(const struct run *);

/* Whole lines, each with its line feed; records says how many. */
bool		 run_write(struct run *, struct slice lines, uint64_t records,
		    struct err *);
bool		 run_flush(struct run *, struct err *);
/* Kept by reference until run_end. */
void		 run_deliver(struct run *, const struct run_delivery *);
/* Whether the output appears by a rename; else it is delivered by run_flush. */
bool		 run_renames(const struct run *);
/* Whether what is set aside is where it will stay (or is only named). */
bool		 run_rejects_safe(const struct run *);
/*
 * Rotation: the file at hand is delivered and the next begins, where it has
 * anything in it.  rotation_wait: the milliseconds until it is old enough, -1
 * for never.
 */
bool		 run_rotates(const struct run *);
bool		 run_rotation_due(const struct run *);
int		 run_rotation_wait(const struct run *);
bool		 run_rotate(struct run *, struct err *);
/* A reject: the bytes as they came, and why. */
bool		 run_set_aside(struct run *, const struct place *,
		    struct slice raw, const struct err *why, struct err *);
/* A declared skip; the reason is one of the words of the tool's manual. */
void		 run_skip(struct run *, const char *reason, uint64_t n);
/* Records read, whatever became of them. */
void		 run_count(struct run *, uint64_t records);
/* A failure that does not end the run: said at once, decides the status. */
void		 run_fail(struct run *, const struct err *);
/* The same of a run that came to its end by another way: output stands. */
void		 run_fall_short(struct run *, const struct err *);
/* What a person should know of a run that does not fail by it. */
void		 run_note(struct run *, struct slice line);
void		 run_progress(struct run *, const struct run_progress *);

/* --- lines of the report ------------------------------------------------ */
void		 run_input(struct run *, const char *uri, uint64_t bytes,
		    uint64_t records, const uint8_t *digest /* may be NULL */);
void		 run_table(struct run *, const char *path,
		    const uint8_t *digest);
/* The member of the tool's own name: JSON; the last call wins. */
void		 run_own(struct run *, struct slice json);
/* "The answer is no": status 1 with this code in the report. */
void		 run_refuse(struct run *, const struct err *);

/* A file given by --output is not to appear: there is no answer to put in. */
void		 run_discard(struct run *);

/* The status that the run has come to so far. */
int		 run_status(const struct run *);
uint64_t	 run_in_count(const struct run *);
uint64_t	 run_set_aside_count(const struct run *);
uint64_t	 run_skip_count(const struct run *, const char *reason);
uint64_t	 run_out_count(const struct run *);

/*
 * Ends the run: output committed, rejects and report in their place before
 * standard output is closed.  Returns the exit status; *e holds the reason
 * where there is one to print (text empty: nothing to say).
 */
int		 run_end(struct run *, struct err *);

#endif
