/*
 * source - operands in, records out: folders are walked, archives opened to
 * any depth, and each member is given to the reader of its format.
 *
 * The formats are a table (source_formats).  A reader sees one member: its
 * bytes (sources/input) and its account (sources/member).  Whole sources are
 * shared out to workers; output stands in the order of the sources.
 */
#ifndef SOURCES_SOURCE_H
#define SOURCES_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/slice.h"
#include "record/run.h"
#include "sources/kind.h"
#include "sources/net_options.h"

enum source_hash { HASH_AUTO, HASH_ALWAYS, HASH_NEVER };

struct dicom_tags;

struct dicom_options {
	const struct dicom_tags *tags;	/* the elements that are written, or NULL */
	enum dicom_per { PER_INSTANCE, PER_SERIES, PER_STUDY } per;
	bool		 private_too;
	bool		 repair;	/* of text that is GB18030 undeclared */
	const char	*charset;	/* where none is declared, or NULL */
};

/* Of tables and queries of databases. */
struct database_options {
	const char	*tables;	/* NAME,...; NULL: all */
	const char	*query;		/* its text, or NULL */
	const char	*query_name;	/* what it is called */
	const char	*key;		/* COL,... or NULL */
	const char	*since;		/* COL or NULL */
	const char	*since_from;	/* the first value of it, or NULL */
	const char	*overlap;
};

/* What the user's options say; everything is kept by reference. */
struct source_options {
	struct database_options database;
	const struct kinds *kinds;
	const struct helpers *helpers;	/* NULL: none */
	const char	*format;	/* NULL: told by content, then by name */
	const char	*kind;		/* NULL: told by the kinds */
	const char	*encoding;	/* NULL: detected */
	const char	*header;	/* NULL, "yes", "no" or names */
	char		 delimiter;	/* 0: sniffed */
	char		 quote;		/* 0: none; '"' is the usual one */
	bool		 pad;		/* rows of another width are records */
	bool		 tabular;	/* an option of tables is given */
	bool		 strict_quotes;	/* a bare quote is a fault, not data */
	char		 comment;	/* lines that begin so are no rows; 0 */
	uint64_t	 skip_lines;	/* physical lines above the header */
	const char	*null_text;	/* a cell of this is null; NULL: none */
	const char *const *sheets;	/* names or numbers; NULL: all visible */
	bool		 split;		/* finer records */
	const char	*at;		/* where records sit in a document, or NULL */
	const char *const *path;	/* the same in its parts (sources/at) */
	bool		 variants;	/* records of VCF and BCF lines */
	uint64_t	 samples_ns;	/* windows of waveforms, 0: none */
	bool		 inspect;	/* say what each source is, read no more */
	const char *const *include, *const *exclude;	/* globs, or NULL */
	enum source_hash hash;
	const char	*manifest;	/* file, or NULL */
	struct dicom_options dicom;
	const char	*state;		/* what is remembered, or NULL */
	bool		 watch;		/* stay, and take files that arrive */
	bool		 follow;	/* stay with growing files */
	int64_t		 settle_ms;	/* how long a file must be still */
	const char	*done;		/* suffix of a finished file's twin, or NULL */
	const char	*user;		/* who we are, or NULL */
	const char	*secret;	/* not its file: itself; or NULL */
	const char	*spool;		/* of a listener, or NULL */
	const char	*spool_dir;	/* of temporary files; NULL: /tmp */
	const char *const *passwords;	/* of archives, NULL at the end, or NULL */
	struct net_options net;
	uint64_t	 max_nesting, max_ratio;	/* 0: 8, 250 */
	uint64_t	 max_member, max_total, max_members;	/* 0: as unpack */
};

struct helpers;
struct member;
struct input;
struct state;

struct source_format {
	const char	*name;
	const char	*suffixes;	/* " .csv .tsv ", lower case; "" */
	/* Whether a member that begins so is of this format; NULL: never. */
	bool		(*is)(struct slice head);
	/*
	 * Reads the member to its end: every byte becomes part of a piece.
	 * False where the run cannot go on, with *e as the sink left it; what
	 * is wrong with the member is in its account.
	 */
	bool		(*read)(struct member *, struct err *);
	bool		 head_only;	/* what is behind the head stays unread */
	bool		 binary;	/* may hold bytes that no text has */
};

extern const struct source_format source_formats[];	/* name NULL ends it */

/* Whether one of the operands never ends by itself. */
bool		 source_is_endless(char *const *operands,
		    const struct source_options *);
/* By name, or NULL. */
const struct source_format *source_format_find(const char *name);
/*
 * Checks what can be wrong before anything is read: format, kind, encoding.
 * ERR_USAGE.
 */
bool		 source_check(const struct source_options *, struct err *);
/* The same of operands that name no file. */
bool		 source_check_operands(char *const *operands,
		    const struct source_options *, struct err *);
/*
 * After the end of a run whose output was delivered: what servers keep for us
 * is let go.  False where that is to be tried again by the next run.
 */
bool		 source_settle(struct run *, const struct source_options *,
		    struct state *, struct err *);
/*
 * "-" or none: standard input.  The state may be NULL.  False only where the
 * run cannot go on.
 */
bool		 source_run(struct run *, char *const *operands,
		    const struct source_options *, struct state *,
		    struct err *);

#endif
