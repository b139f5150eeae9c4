#include "io/store.h"

#include <sys/stat.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/lock.h"
#include "io/store_tokenizer.h"

struct store {
	sqlite3 *db;
	char *path;
	int version;
	store_authorize *authorize;
	void *authorize_ctx;
	store_proceed *proceed;
	void *proceed_ctx;
};

struct statement {
	struct store *store;
	sqlite3_stmt *stmt;
};

/* In WAL mode the locks are on the file beside. */
static pid_t
holder_of(const char *path)
{
	pid_t holder = lock_holder(path);
	char *beside;
	size_t n = strlen(path);

	if (holder != 0)
		return holder;
	beside = mem_alloc(n + 5);
	memcpy(beside, path, n);
	memcpy(beside + n, "-shm", 5);
	holder = lock_holder(beside);
	mem_free(beside);
	return holder;
}

static bool
fail_locked(const struct store *s, struct err *e)
{
	pid_t holder = holder_of(s->path);

	if (holder == 0)
		return err_set(e, ERR_SERVICE,
		    "'%s' is locked by another process", s->path);
	return err_set(e, ERR_SERVICE, "'%s' is locked by process %ld", s->path,
	    (long)holder);
}

static bool
fail(const struct store *s, int code, struct err *e)
{
	const char *why = sqlite3_errmsg(s->db);

	switch (code & 0xFF) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return fail_locked(s, e);
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
		return err_set(e, ERR_OUTPUT, "'%s': %s", s->path, why);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_CANTOPEN:
		return err_set(e, ERR_INPUT, "'%s': %s", s->path, why);
	case SQLITE_CONSTRAINT:
	case SQLITE_MISMATCH:
		return err_data(e, "constraint", "'%s': %s", s->path, why);
	case SQLITE_INTERRUPT:
		return err_data(e, "interrupted", "statement was interrupted");
	case SQLITE_TOOBIG:
		return err_data(e, "limit_record", "'%s': %s", s->path, why);
	case SQLITE_NOMEM:
		return err_set(e, ERR_OUTPUT, "out of memory");
	default:
		return err_set(e, ERR_USAGE, "'%s': %s", s->path, why);
	}
}

/* The number in the first row's first column, or -1. */
static int64_t
ask_number(struct store *s, const char *sql, struct err *e)
{
	struct statement *st = store_prepare(s, sql, e);
	int64_t n = -1;

	if (st != NULL && statement_step(st, e) == 1)
		n = statement_int(st, 0);
	statement_free(st);
	return n;
}

/* A number into a pragma, where binding is not possible. */
static bool
set_pragma(struct store *s, const char *name, long number, struct err *e)
{
	char sql[80];

	snprintf(sql, sizeof(sql), "PRAGMA %s = %ld", name, number);
	return store_exec(s, sql, e);
}

static bool
make_schema(struct store *s, const struct store_schema *schema, struct err *e)
{
	if (!store_begin(s, e))
		return false;
	/* Another process may have made it while this one waited. */
	if (ask_number(s, "PRAGMA user_version", e) == 0 &&
	    (!store_exec(s, schema->sql, e) ||
		!set_pragma(s, "application_id", schema->application, e) ||
		!set_pragma(s, "user_version", schema->version, e))) {
		store_rollback(s);
		return false;
	}
	return store_commit(s, e);
}

static bool
check_schema(struct store *s, const struct store_schema *schema, unsigned flags,
    struct err *e)
{
	int64_t version = ask_number(s, "PRAGMA user_version", e), n;

	if (version < 0)
		return false;
	n = ask_number(s, "SELECT count(*) FROM sqlite_schema", e);
	if (n < 0)
		return false;
	if (version == 0 && n == 0 && !(flags & STORE_READ)) {
		if (!make_schema(s, schema, e))
			return false;
		version = ask_number(s, "PRAGMA user_version", e);
	}
	n = ask_number(s, "PRAGMA application_id", e);
	if (version == 0 || n != schema->application)
		return err_set(
		    e, ERR_INPUT, "'%s' is no %s", s->path, schema->what);
	if (version > schema->version)
		return err_set(e, ERR_INPUT,
		    "'%s': %s of version %lld, this program knows %d: use a "
		    "newer program",
		    s->path, schema->what, (long long)version, schema->version);
	s->version = (int)version;
	return true;
}

static bool
prepare_connection(
    struct store *s, unsigned flags, unsigned wait_ms, struct err *e)
{
	int code;

	sqlite3_extended_result_codes(s->db, 1);
	sqlite3_busy_timeout(
	    s->db, (int)(wait_ms > INT_MAX ? INT_MAX : wait_ms));
	sqlite3_db_config(
	    s->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* A double-quoted name that does not exist is an error, not a text. */
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	if ((flags & STORE_TOKENIZER) &&
	    (code = store_tokenizer_add(s->db)) != SQLITE_OK)
		return err_set(
		    e, ERR_USAGE, "SQLite has no FTS5, which this needs");
	return store_exec(s, "PRAGMA foreign_keys = ON", e);
}

/* It changes the file, so it comes when the file is known to be ours. */
static bool
begin_log(struct store *s, unsigned flags, struct err *e)
{
	if (!(flags & STORE_WAL) || (flags & (STORE_READ | STORE_MEMORY)))
		return true;
	return store_exec(
	    s, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", e);
}

/* Its own name as a URI, which alone can say that a file does not change. */
static char *
still_uri(const char *path)
{
	struct buf b = { 0 };
	char *uri;

	buf_adds(&b, "file:");
	for (; *path != '\0'; path++)
		if (strchr("%?#", *path) != NULL)
			buf_addf(&b, "%%%02X", (unsigned char)*path);
		else
			buf_addc(&b, *path);
	buf_adds(&b, "?immutable=1");
	uri = mem_string(b.p, b.n);
	buf_release(&b);
	return uri;
}

static int
open_file(struct store *s, unsigned flags)
{
	int open_flags = SQLITE_OPEN_NOMUTEX, code;
	char *uri = flags & STORE_STILL ? still_uri(s->path) : NULL;

	open_flags |= flags & STORE_READ
	    ? SQLITE_OPEN_READONLY
	    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	if (uri != NULL)
		open_flags |= SQLITE_OPEN_URI;
	code = sqlite3_open_v2(flags & STORE_MEMORY ? ":memory:"
		: flags & STORE_SCRATCH             ? ""
		: uri != NULL                       ? uri
						    : s->path,
	    &s->db, open_flags, NULL);
	mem_free(uri);
	return code;
}

struct store *
store_open(const char *path, const struct store_schema *schema, unsigned flags,
    unsigned wait_ms, struct err *e)
{
	struct store *s = mem_zalloc(sizeof(*s));
	struct stat st;
	int code;

	s->path = mem_string(path, strlen(path));
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		err_set(e, ERR_INPUT, "'%s': is a folder", path);
		goto fail;
	}
	code = open_file(s, flags);
	if (code != SQLITE_OK) {
		/* One that is to be made, and cannot, is an output. */
		err_set(e,
		    flags & STORE_READ || access(path, F_OK) == 0 ? ERR_INPUT
								  : ERR_OUTPUT,
		    "'%s': %s", path, sqlite3_errstr(code));
		goto fail;
	}
	if (!prepare_connection(s, flags, wait_ms, e))
		goto fail;
	if (schema != NULL && !check_schema(s, schema, flags, e))
		goto fail;
	if (!begin_log(s, flags, e))
		goto fail;
	return s;

fail:
	store_close(s);
	return NULL;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	sqlite3_close_v2(s->db);
	mem_free(s->path);
	mem_free(s);
}

int
store_version(const struct store *s)
{
	return s->version;
}

const char *
store_path(const struct store *s)
{
	return s->path;
}

bool
store_exec(struct store *s, const char *sql, struct err *e)
{
	int code = sqlite3_exec(s->db, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || fail(s, code, e);
}

bool
store_begin(struct store *s, struct err *e)
{
	return store_exec(s, "BEGIN IMMEDIATE", e);
}

bool
store_commit(struct store *s, struct err *e)
{
	return store_exec(s, "COMMIT", e);
}

/* Harmless where there is no transaction, as after a full disk. */
void
store_rollback(struct store *s)
{
	if (sqlite3_get_autocommit(s->db) == 0)
		store_exec(s, "ROLLBACK", NULL);
}

int64_t
store_last_id(const struct store *s)
{
	return sqlite3_last_insert_rowid(s->db);
}

int64_t
store_changes(const struct store *s)
{
	return sqlite3_changes64(s->db);
}

bool
store_check(struct store *s, struct err *e)
{
	struct statement *st = store_prepare(s, "PRAGMA quick_check(1)", e);
	struct slice finding;
	bool ok = false;

	if (st != NULL && statement_step(st, e) == 1) {
		finding = statement_text(st, 0);
		ok = slice_is(finding, "ok") ||
		    err_set(e, ERR_INPUT, "'%s' is damaged: %.*s", s->path,
			(int)finding.n, finding.p);
	}
	statement_free(st);
	return ok;
}

struct statement *
store_prepare_slice(
    struct store *s, struct slice sql, struct slice *tail, struct err *e)
{
	struct statement *st;
	sqlite3_stmt *stmt;
	const char *rest = sql.p;
	int code = SQLITE_TOOBIG;

	if (sql.n <= INT_MAX)
		code = sqlite3_prepare_v3(s->db, sql.p, (int)sql.n,
		    SQLITE_PREPARE_PERSISTENT, &stmt, &rest);
	if (code != SQLITE_OK) {
		fail(s, code, e);
		return NULL;
	}
	if (tail != NULL)
		*tail = slice_span(rest, sql.p + sql.n);
	if (stmt == NULL) {
		err_set(e, ERR_USAGE, "empty statement");
		return NULL;
	}
	st = mem_alloc(sizeof(*st));
	*st = (struct statement){ s, stmt };
	return st;
}

struct statement *
store_prepare(struct store *s, const char *sql, struct err *e)
{
	return store_prepare_slice(s, slice_of(sql), NULL, e);
}

void
statement_free(struct statement *st)
{
	if (st == NULL)
		return;
	sqlite3_finalize(st->stmt);
	mem_free(st);
}

bool
statement_is_readonly(const struct statement *st)
{
	return sqlite3_stmt_readonly(st->stmt) != 0;
}

/*
 * Binding fails only for a parameter that the statement does not have (a bug)
 * or a value over SQLite's limit, which the step then reports as missing.
 */
void
statement_bind(struct statement *st, int i, struct slice text)
{
	if (text.p == NULL)
		sqlite3_bind_null(st->stmt, i);
	else
		sqlite3_bind_text64(
		    st->stmt, i, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
}

void
statement_bind_blob(struct statement *st, int i, struct slice bytes)
{
	if (bytes.n == 0)
		sqlite3_bind_zeroblob(st->stmt, i, 0);
	else
		sqlite3_bind_blob64(
		    st->stmt, i, bytes.p, bytes.n, SQLITE_STATIC);
}

void
statement_bind_int(struct statement *st, int i, int64_t n)
{
	sqlite3_bind_int64(st->stmt, i, n);
}

void
statement_bind_double(struct statement *st, int i, double n)
{
	sqlite3_bind_double(st->stmt, i, n);
}

void
statement_bind_null(struct statement *st, int i)
{
	sqlite3_bind_null(st->stmt, i);
}

int
statement_step(struct statement *st, struct err *e)
{
	int code = sqlite3_step(st->stmt);

	if (code == SQLITE_ROW)
		return 1;
	if (code != SQLITE_DONE)
		fail(st->store, code, e);
	sqlite3_reset(st->stmt);
	return code == SQLITE_DONE ? 0 : -1;
}

bool
statement_run(struct statement *st, struct err *e)
{
	int got;

	while ((got = statement_step(st, e)) == 1)
		;
	return got == 0;
}

void
statement_reset(struct statement *st)
{
	sqlite3_reset(st->stmt);
	sqlite3_clear_bindings(st->stmt);
}

int
statement_columns(const struct statement *st)
{
	return sqlite3_column_count(st->stmt);
}

const char *
statement_name(const struct statement *st, int column)
{
	return sqlite3_column_name(st->stmt, column);
}

struct slice
statement_text(struct statement *st, int column)
{
	const char *p = (const char *)sqlite3_column_text(st->stmt, column);

	return (
	    struct slice){ p, (size_t)sqlite3_column_bytes(st->stmt, column) };
}

struct slice
statement_blob(struct statement *st, int column)
{
	const char *p = sqlite3_column_blob(st->stmt, column);
	size_t n = (size_t)sqlite3_column_bytes(st->stmt, column);

	if (p == NULL && !statement_is_null(st, column))
		p = "";
	return (struct slice){ p, n };
}

int64_t
statement_int(struct statement *st, int column)
{
	return sqlite3_column_int64(st->stmt, column);
}

double
statement_double(struct statement *st, int column)
{
	return sqlite3_column_double(st->stmt, column);
}

bool
statement_is_null(struct statement *st, int column)
{
	return sqlite3_column_type(st->stmt, column) == SQLITE_NULL;
}

enum statement_type
statement_type(struct statement *st, int column)
{
	switch (sqlite3_column_type(st->stmt, column)) {
	case SQLITE_NULL:
		return STATEMENT_NULL;
	case SQLITE_INTEGER:
		return STATEMENT_INT;
	case SQLITE_FLOAT:
		return STATEMENT_REAL;
	case SQLITE_BLOB:
		return STATEMENT_BLOB;
	default:
		return STATEMENT_TEXT;
	}
}

static int
ask_guard(void *ctx, int action, const char *a, const char *b,
    const char *database, const char *trigger)
{
	struct store *s = ctx;

	return s->authorize(s->authorize_ctx, action, a, b, database, trigger)
	    ? SQLITE_OK
	    : SQLITE_DENY;
}

void
store_guard(struct store *s, store_authorize *authorize, void *ctx)
{
	s->authorize = authorize;
	s->authorize_ctx = ctx;
	sqlite3_set_authorizer(s->db, authorize == NULL ? NULL : ask_guard, s);
}

static int
ask_watch(void *ctx)
{
	struct store *s = ctx;

	return s->proceed(s->proceed_ctx) ? 0 : 1;
}

void
store_watch(struct store *s, int steps, store_proceed *proceed, void *ctx)
{
	s->proceed = proceed;
	s->proceed_ctx = ctx;
	sqlite3_progress_handler(
	    s->db, steps, proceed == NULL ? NULL : ask_watch, s);
}

void
store_limit(struct store *s, int length, int sql_length)
{
	sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, length);
	sqlite3_limit(s->db, SQLITE_LIMIT_SQL_LENGTH, sql_length);
}
