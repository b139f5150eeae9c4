/*
 * run_part - a run from the inside, for the files it is made of: run.c has its
 * beginning, its end and its counts, run_output.c what leaves, run_aside.c
 * what is set aside, run_report.c the account.
 */
#ifndef RECORD_RUN_PART_H
#define RECORD_RUN_PART_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/digest.h"
#include "base/hash.h"
#include "record/run.h"

/* An input or a table, as the report has it. */
struct run_line {
	const char	*uri;
	uint64_t	 bytes, records;
	char		 sha256[65];
	bool		 table;
};

struct run {
	struct run_options options;
	struct writer	*output, *rejects, *report;
	struct arena	*arena;
	struct run_line	*inputs;
	size_t		 ninputs, inputs_room;
	struct index	*reasons;
	uint64_t	*skipped;
	size_t		 skipped_room;
	uint64_t	 in, out, set_aside;
	struct buf	 line;		/* a reject, or a message */
	struct slice	 own;
	struct err	 refused, failed;
	int		 status;
	int64_t		 began;		/* ms, as clock_ms has it */
	bool		 closed_pipe, discarded, fell_short;
	const struct run_delivery *delivery;
	/* the output's files, one after the other */
	uint64_t	 number, bytes;
	char		*path;		/* of the one at hand, where there is a %n */
	int64_t		 since;		/* its first record, ms */
	struct digest	*digest;	/* of them all, for the report */
};

/* A line to standard error. */
void	run_say(struct run *, struct slice text);
/* Text that may not be UTF-8, as a JSON string. */
void	run_put_text(struct buf *, const char *text);

/* The output, or the next of its files. */
bool	run_open_output(struct run *, struct err *);
/* It is where it belongs, and with it the account of what was delivered. */
bool	run_commit_output(struct run *, struct err *);
bool	run_write_report(struct run *, int status, struct err *);
/* More than the user allows. */
bool	run_has_too_many_rejects(const struct run *);
/* How many were set aside, behind those that were named. */
void	run_name_rest(struct run *);

#endif
