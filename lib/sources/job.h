/*
 * job - one worker's way through one source: the file is opened, its layers
 * (compression, archives in archives) are taken off, and each member is given
 * to the reader of its format.
 */
#ifndef SOURCES_JOB_H
#define SOURCES_JOB_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/err.h"
#include "record/run.h"
#include "sources/member.h"
#include "sources/state.h"
#include "sources/walk.h"

struct helper;
struct beside;

struct job {
	struct run	*run;
	const struct source_options *options;
	struct totals	*totals;
	struct state	*state;		/* NULL: none is kept */
	struct keep	 keep;
	struct sink	 sink;
	struct arena	*arena;		/* of the source at hand */
	unsigned	 depth;		/* archives around the member */
	uint64_t	 members;	/* of the source so far */
	bool		 spare_core;	/* second threads may be used */
	bool		 live;		/* standard input that is no file */
	bool		 judged, judged_gb, judged_cr;	/* see struct member */
	bool		 head_only;	/* its head is all that is read */
	uint64_t	 size;		/* of a plain file, 0: not known */
	bool		 file;		/* a regular file, opened by its name */
	struct beside	*beside;	/* of the archive at hand, or NULL */
	struct err	 broken;	/* a flush between reads failed */
	struct growing	*growing;	/* the file that is followed */
	bool		 again;		/* only to see whether it changed */
};

/* False where the run cannot go on. */
bool	job_source(struct job *, const struct walked *, struct err *);
/*
 * What the state is to hold once all that was written so far is delivered.
 * Waits for the turn; harmless where no state is kept.
 */
bool	job_keep(struct job *, const char *scope, struct slice key,
	    struct slice value, struct err *);
/*
 * A good place to stop: where the output is a pipe, what was kept is committed
 * behind it, at most once in a while unless `now`.
 */
bool	job_settle(struct job *, bool now, struct err *);
/* Whatever the bytes turn out to be; name: the last part, for its suffix. */
bool	job_bytes(struct job *, const struct place_of *, struct input *,
	    const char *name, struct err *);
/* A member without bytes of its own: a skip, or with why a reject. */
bool	job_account(struct job *, const struct place_of *, const char *format,
	    const char *reason, const struct err *why, struct err *);

/* An archive: in the input, or with path a file of so many bytes. */
bool	job_archive(struct job *, const struct place_of *, struct input *,
	    const char *path, uint64_t size, struct err *);
/* One member that is no archive, by its format. */
bool	job_member(struct job *, const struct place_of *, struct input *,
	    const char *name, struct slice head, struct err *);
/* One that another program reads. */
bool	job_helper(struct job *, const struct place_of *, struct input *,
	    const struct helper *, struct err *);
bool	job_refuse_nesting(struct job *, const struct place_of *, struct err *);
unsigned job_nesting(const struct source_options *);
/* An input that the manifest may want the digest of. */
struct input *job_hashed(const struct job *, struct input *);
/* A member's account begins. */
void	job_begin(struct job *, struct member *, const struct place_of *,
	    struct input *, const char *format);

/* --- which are read (job_which.c) ---------------------------------------- */

/* The path as it is written, and as patterns are held against it. */
const char *job_path_text(const struct job *, const char *path);
/* What is named itself is always read; a container unless it is excluded. */
bool	job_is_excluded(const struct job *, const struct place_of *,
	    bool container);
/* A file that says of another one that it is finished. */
bool	job_is_marker(const struct job *, const char *name);
bool	job_lacks_twin(const struct job *, const char *path);

#endif
