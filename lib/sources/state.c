/*
 * Everything since the last commit stands in one open transaction of SQLite,
 * with `staged` beside `kept`: a NULL value is a key to be dropped.  A commit
 * moves staged to kept; an announcement commits staged as it is, with the
 * names of the two files, so that the next run can finish or forget it.
 */
#include "sources/state.h"

#include <limits.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/lock.h"
#include "io/store.h"
#include "sources/state_part.h"

#define PATIENCE_MS 10000

static const struct store_schema schema = { .what = "state of mdx-ingest",
	.application = 0x6d647873,
	.version = 1,
	.sql = "CREATE TABLE kept(scope TEXT, key BLOB, value BLOB NOT NULL,"
	       " PRIMARY KEY(scope, key)) WITHOUT ROWID;"
	       "CREATE TABLE staged(scope TEXT, key BLOB, value BLOB,"
	       " PRIMARY KEY(scope, key)) WITHOUT ROWID;"
	       "CREATE TABLE announced(temporary TEXT, path TEXT,"
	       " inode INTEGER, size INTEGER, mtime INTEGER);" };

static const char *const sql[STATEMENTS] = {
	[GET] = "SELECT value FROM staged WHERE scope = ?1 AND key = ?2"
		" UNION ALL SELECT value FROM kept WHERE scope = ?1 AND"
		" key = ?2 AND NOT EXISTS (SELECT 1 FROM staged WHERE"
		" scope = ?1 AND key = ?2)",
	[PUT] = "INSERT OR REPLACE INTO staged VALUES (?1, ?2, ?3)",
	[NOTE] = "INSERT OR REPLACE INTO kept VALUES (?1, ?2, ?3)",
	[CLEAR] = "INSERT OR REPLACE INTO staged SELECT scope, key, NULL FROM"
		  " (SELECT scope, key FROM kept WHERE scope = ?1 UNION"
		  " SELECT scope, key FROM staged WHERE scope = ?1)",
	[EACH] = "SELECT key, value FROM staged WHERE scope = ?1 AND"
		 " value IS NOT NULL UNION ALL SELECT k.key, k.value FROM"
		 " kept k WHERE k.scope = ?1 AND NOT EXISTS (SELECT 1 FROM"
		 " staged s WHERE s.scope = k.scope AND s.key = k.key)"
		 " ORDER BY 1",
	[ALL] = "SELECT scope, key FROM kept UNION SELECT scope, key FROM"
		" staged",
	[SETTLE] = "INSERT OR REPLACE INTO kept SELECT * FROM staged WHERE"
		   " value IS NOT NULL",
	[SETTLE_DROP] = "DELETE FROM kept WHERE (scope, key) IN (SELECT scope,"
			" key FROM staged WHERE value IS NULL)",
};

struct statement *
state_prepared(struct state *s, int which, struct err *e)
{
	if (s->statements[which] == NULL)
		s->statements[which] = store_prepare(s->store, sql[which], e);
	return s->statements[which];
}

bool
state_begin(struct state *s, struct err *e)
{
	if (!s->open)
		s->open = store_begin(s->store, e);
	return s->open;
}

bool
state_end(struct state *s, struct err *e)
{
	if (!s->open)
		return true;
	if (!store_commit(s->store, e))
		return false;
	s->open = false;
	return true;
}

struct state *
state_open(const char *path, struct err *e)
{
	struct state *s = mem_zalloc(sizeof(*s));
	struct buf beside = { 0 };

	pthread_mutex_init(&s->mutex, NULL);
	if (path == NULL) {
		s->store = store_open("memory", &schema, STORE_MEMORY, 0, e);
	} else {
		buf_addf(&beside, "%s.lock", path);
		s->lock = lock_take(buf_string(&beside), PATIENCE_MS, e);
		if (s->lock != NULL)
			s->store = store_open(path, &schema, 0, PATIENCE_MS, e);
		buf_release(&beside);
	}
	if (s->store == NULL || !state_recover(s, e)) {
		state_free(s);
		return NULL;
	}
	return s;
}

void
state_free(struct state *s)
{
	if (s == NULL)
		return;
	for (int i = 0; i < STATEMENTS; i++)
		statement_free(s->statements[i]);
	if (s->store != NULL)
		store_rollback(s->store);
	store_close(s->store);
	lock_release(s->lock);
	pthread_mutex_destroy(&s->mutex);
	mem_free(s);
}

bool
state_get(struct state *s, const char *scope, struct slice key,
    struct buf *value, bool *found, struct err *e)
{
	struct statement *st;
	int got = -1;

	*found = false;
	pthread_mutex_lock(&s->mutex);
	st = state_prepared(s, GET, e);
	if (st != NULL) {
		statement_bind(st, 1, slice_of(scope));
		statement_bind_blob(st, 2, key);
		got = statement_step(st, e);
		if (got == 1 && !statement_is_null(st, 0)) {
			buf_add_slice(value, statement_blob(st, 0));
			*found = true;
		}
		statement_reset(st);
	}
	pthread_mutex_unlock(&s->mutex);
	return got >= 0;
}

bool
state_note(struct state *s, const char *scope, struct slice key,
    struct slice value, struct err *e)
{
	struct statement *st;
	bool ok = false;

	pthread_mutex_lock(&s->mutex);
	st = state_prepared(s, NOTE, e);
	if (st != NULL && state_begin(s, e)) {
		statement_bind(st, 1, slice_of(scope));
		statement_bind_blob(st, 2, key);
		statement_bind_blob(st, 3, value);
		ok = statement_run(st, e);
		statement_reset(st);
		ok = ok && state_end(s, e);
	}
	pthread_mutex_unlock(&s->mutex);
	return ok;
}

static bool
stage(struct state *s, const char *scope, struct slice key,
    const struct slice *value, struct err *e)
{
	struct statement *st;
	bool ok = false;

	pthread_mutex_lock(&s->mutex);
	st = state_prepared(s, PUT, e);
	if (st != NULL && state_begin(s, e)) {
		s->staged = true;
		statement_bind(st, 1, slice_of(scope));
		statement_bind_blob(st, 2, key);
		if (value == NULL)
			statement_bind_null(st, 3);
		else
			statement_bind_blob(st, 3, *value);
		ok = statement_run(st, e);
		statement_reset(st);
	}
	pthread_mutex_unlock(&s->mutex);
	return ok;
}

bool
state_put(struct state *s, const char *scope, struct slice key,
    struct slice value, struct err *e)
{
	return stage(s, scope, key, &value, e);
}

bool
state_drop(struct state *s, const char *scope, struct slice key, struct err *e)
{
	return stage(s, scope, key, NULL, e);
}

bool
state_clear(struct state *s, const char *scope, struct err *e)
{
	struct statement *st;
	bool ok = false;

	pthread_mutex_lock(&s->mutex);
	st = state_prepared(s, CLEAR, e);
	if (st != NULL && state_begin(s, e)) {
		s->staged = true;
		statement_bind(st, 1, slice_of(scope));
		ok = statement_run(st, e);
		statement_reset(st);
	}
	pthread_mutex_unlock(&s->mutex);
	return ok;
}

bool
state_each(struct state *s, const char *scope,
    bool (*visit)(void *, struct slice, struct slice, struct err *), void *ctx,
    struct err *e)
{
	struct statement *st;
	int got = -1;

	pthread_mutex_lock(&s->mutex);
	st = state_prepared(s, EACH, e);
	if (st != NULL) {
		statement_bind(st, 1, slice_of(scope));
		while ((got = statement_step(st, e)) == 1)
			if (!visit(ctx, statement_blob(st, 0),
				statement_blob(st, 1), e)) {
				got = -1;
				break;
			}
		statement_reset(st);
	}
	pthread_mutex_unlock(&s->mutex);
	return got == 0;
}
