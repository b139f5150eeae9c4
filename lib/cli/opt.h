/*
 * opt - one table of options gives parsing, help and completion.
 *
 * A tool is described once (struct tool).  The options that all six tools
 * share are added by this module; their values are in opt_common.  The same
 * letter means the same thing in all tools.  Texts come in English and in
 * Chinese; help speaks Chinese under a zh_CN locale.
 *
 * Where a table has OPT_GROUP rows, help is one screen: the rows before the
 * first of them, the basic ones of the shared options, and a line a group.
 * `TOOL --help GROUP` has the group's options, `--help all` all of them.
 *
 * Misuse prints one line and ends with status 2; --help and --version print
 * and end with 0.  This is cli: it may print, exit and read the environment.
 */
#ifndef CLI_OPT_H
#define CLI_OPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record/run.h"

enum opt_kind {
	OPT_END,		/* ends a table: { 0 } */
	OPT_FLAG,		/* bool: set */
	OPT_TEXT,		/* const char *: the last one counts */
	OPT_LIST,		/* struct opt_list: each one is added */
	OPT_NUMBER,		/* uint64_t */
	OPT_SIZE,		/* uint64_t bytes: 64K, 16M, 1G, 1T */
	OPT_OPTIONAL,		/* const char *: --name, or --name=TEXT; "" */
	OPT_GROUP,		/* no option: the rows behind it, by a name */
	OPT_TABLE		/* no option: the rows of another table stand here */
};

struct opt_list {
	const char	**items;	/* NULL at the end, or NULL for none */
	size_t		 count;
};

struct opt {
	enum opt_kind	 kind;
	char		 letter;	/* 0: none */
	const char	*name;
	const char	*arg;		/* what stands behind it; NULL for flags */
	const char	*help, *help_zh;
	void		*to;
	uint64_t	 least, most;	/* of a number or size; most 0: any */
	bool		 basic;		/* a shared one of the first screen */
	const struct opt *rows;		/* of OPT_TABLE */
};

struct verb {
	const char	*name;
	const char	*args;
	const char	*help, *help_zh;
	/* Its own, { 0 } at the end; one of a common name stands for it. */
	const struct opt *opts;
};

enum {				/* common options that a tool leaves out */
	OPT_NO_PACK = 1,
	OPT_NO_JOBS = 2
};

struct tool {
	const char	*name;		/* mdx-qc */
	const char	*summary, *summary_zh;
	const char	*const *usage;	/* synopsis lines behind the name; NULL */
	const struct verb *verbs;	/* { 0 } at the end; may be NULL */
	const struct opt *opts;		/* { 0 } at the end; may be NULL */
	unsigned	 without;
};

struct opt_common {
	struct run_options run;		/* output, rejects, jobs, ... */
	struct opt_list	 packs;
	bool		 quiet, verbose;
	const char	*progress;
};

extern struct opt_common opt_common;

/*
 * The operands, NULL at the end (argv's own strings).  Where the tool has
 * verbs and the first operand is one, *verb is it and it is no operand; else
 * *verb is NULL.  verb may be NULL for a tool without.  A first operand that
 * is no file and nearly a verb is misuse.
 */
char		**opt_parse(const struct tool *, int argc, char *argv[],
		    const struct verb **verb);
/* Prints "NAME: ..." and a hint at --help; ends with status 2. */
_Noreturn void	 opt_misuse(const struct tool *, const char *fmt, ...)
		    __attribute__((format(printf, 2, 3)));

#endif
