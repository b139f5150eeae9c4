/*
 * store - SQLite files.
 *
 * Statement text is written in the source; values only ever come in by
 * binding.  A store belongs to one thread; several threads open it several
 * times.  Extensions cannot be loaded.
 */
#ifndef IO_STORE_H
#define IO_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/slice.h"

struct store;
struct statement;

enum {
	STORE_READ = 1,		/* read-only; the file must exist */
	STORE_WAL = 2,		/* write-ahead log: readers beside a writer */
	STORE_MEMORY = 4,	/* no file; path is for messages */
	STORE_SCRATCH = 32,	/* a nameless file that goes with the store */
	STORE_STILL = 16,	/* nobody writes it: no lock, no file beside */
	STORE_TOKENIZER = 8	/* the FTS5 tokenizer `mdx` (base/tokenizer) */
};

struct store_schema {
	const char	*what;		/* "index": for messages */
	int32_t		 application;	/* PRAGMA application_id, 0: none */
	int		 version;	/* PRAGMA user_version, from 1 */
	const char	*sql;		/* makes it in an empty file */
};

/*
 * Opens, or makes where it is missing and may be written.  ERR_INPUT: no
 * database, another application's, of a newer version, damaged, or cannot be
 * opened.  ERR_SERVICE: locked by another process for wait_ms.  An older
 * version is opened as it is: ask store_version.  schema may be NULL.
 */
struct store	*store_open(const char *path, const struct store_schema *,
		    unsigned flags, unsigned wait_ms, struct err *);
/* Open statements must be freed before.  NULL is allowed. */
void		 store_close(struct store *);
int		 store_version(const struct store *);
const char	*store_path(const struct store *);

/*
 * Errors of all calls below: ERR_SERVICE where another process holds the lock
 * (its id is named), ERR_OUTPUT where it cannot be written (full disk),
 * ERR_INPUT where the file is damaged, ERR_DATA, code "constraint", where a
 * row breaks a rule of the schema, ERR_USAGE for a bad statement.
 */

/* Statements without values or rows, one or more. */
bool		 store_exec(struct store *, const char *sql, struct err *);
bool		 store_begin(struct store *, struct err *);	/* immediate */
bool		 store_commit(struct store *, struct err *);
void		 store_rollback(struct store *);
int64_t		 store_last_id(const struct store *);
int64_t		 store_changes(const struct store *);
/* PRAGMA quick_check; ERR_INPUT with the first finding. */
bool		 store_check(struct store *, struct err *);

/* One statement; its parameters are ?1, ?2, .... */
struct statement *store_prepare(struct store *, const char *sql, struct err *);
/* As store_prepare for a text that somebody else wrote: its end is given. */
struct statement *store_prepare_slice(struct store *, struct slice sql,
		    struct slice *tail, struct err *);
void		 statement_free(struct statement *);	/* NULL is allowed */
bool		 statement_is_readonly(const struct statement *);

/* Parameters count from 1; bytes must stay until the next reset. */
void		 statement_bind(struct statement *, int, struct slice text);
void		 statement_bind_blob(struct statement *, int, struct slice);
void		 statement_bind_int(struct statement *, int, int64_t);
void		 statement_bind_double(struct statement *, int, double);
void		 statement_bind_null(struct statement *, int);

/* 1: a row, 0: done (and reset, with bindings kept), -1 with *e (reset). */
int		 statement_step(struct statement *, struct err *);
/* Steps to the end, rows are passed over. */
bool		 statement_run(struct statement *, struct err *);
void		 statement_reset(struct statement *);	/* bindings cleared */

/* Columns count from 0; slices are valid until the next step or reset. */
int		 statement_columns(const struct statement *);
const char	*statement_name(const struct statement *, int column);
struct slice	 statement_text(struct statement *, int column); /* p NULL: null */
struct slice	 statement_blob(struct statement *, int column);
int64_t		 statement_int(struct statement *, int column);
double		 statement_double(struct statement *, int column);
bool		 statement_is_null(struct statement *, int column);
/* How the value is stored; to be asked before it is taken as another. */
enum statement_type {
	STATEMENT_NULL, STATEMENT_INT, STATEMENT_REAL, STATEMENT_TEXT,
	STATEMENT_BLOB
};
enum statement_type statement_type(struct statement *, int column);

/*
 * For a guard over statements that others wrote.  authorize is asked for every
 * action while a statement is prepared (codes and arguments are those of
 * sqlite3_set_authorizer) and returns whether it is allowed; proceed is asked
 * every so many steps of the machine and returns false to interrupt
 * (ERR_DATA, code "interrupted").  NULL takes them away.
 */
typedef bool	 store_authorize(void *ctx, int action, const char *a,
		    const char *b, const char *database, const char *trigger);
typedef bool	 store_proceed(void *ctx);

void		 store_guard(struct store *, store_authorize *, void *ctx);
void		 store_watch(struct store *, int steps, store_proceed *,
		    void *ctx);
/* Upper bounds on a row's or text's length and a statement's (bytes). */
void		 store_limit(struct store *, int length, int sql_length);

#endif
