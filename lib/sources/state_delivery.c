/*
 * How the state moves on with the output.
 *
 * A commit moves staged to kept.  An announcement commits staged as it is,
 * with the names of the two files and what tells the temporary one: the next
 * run finds it under either name.  A note (state_note) commits staged along with
 * it and announces nothing: the next run forgets what was staged.
 */
#include <sys/stat.h>

#include <fnmatch.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "sources/state.h"
#include "sources/state_part.h"

/* Without its end: the caller's transaction. */
static bool
settle(struct state *s, struct err *e)
{
	struct statement *drop = state_prepared(s, SETTLE_DROP, e),
			 *keep = state_prepared(s, SETTLE, e);

	return drop != NULL && keep != NULL && statement_run(drop, e) &&
	    statement_run(keep, e) &&
	    store_exec(
		s->store, "DELETE FROM staged; DELETE FROM announced", e);
}

/* Whether it is the file that was announced; some renames change the inode. */
static bool
is_the_file(const char *path, struct statement *st)
{
	struct stat f;

	return stat(path, &f) == 0 &&
	    ((int64_t)f.st_ino == statement_int(st, 2) ||
		(f.st_size == statement_int(st, 3) &&
		    (int64_t)f.st_mtim.tv_sec * 1000000000 +
			    f.st_mtim.tv_nsec ==
			statement_int(st, 4)));
}

static char *
string_of(struct statement *st, int column)
{
	struct slice s = statement_text(st, column);

	return mem_string(s.p, s.n);
}

/*
 * Where the temporary file is gone and the other is not the one, somebody took
 * it away, or the rename failed: what it held comes again rather than never.
 */
bool
state_recover(struct state *s, struct err *e)
{
	struct statement *st = store_prepare(
	    s->store, "SELECT * FROM announced ORDER BY rowid DESC", e);
	bool came = false;
	int got;

	if (st == NULL)
		return false;
	got = statement_step(st, e);
	if (got == 1) {
		char *temporary = string_of(st, 0), *path = string_of(st, 1);

		came = access(temporary, F_OK) != 0 && is_the_file(path, st);
		unlink(temporary);
		mem_free(temporary);
		mem_free(path);
	}
	statement_free(st);
	if (got < 0 || !state_begin(s, e))
		return false;
	if (came)
		return settle(s, e) && state_end(s, e);
	return store_exec(
		   s->store, "DELETE FROM staged; DELETE FROM announced", e) &&
	    state_end(s, e);
}

/* The next run may start in another folder. */
static char *
absolute(const char *path)
{
	char here[PATH_MAX];
	size_t room;
	char *whole;

	if (path[0] == '/' || getcwd(here, sizeof(here)) == NULL)
		return mem_string(path, strlen(path));
	room = strlen(here) + strlen(path) + 2;
	whole = mem_alloc(room);
	snprintf(whole, room, "%s/%s", here, path);
	return whole;
}

bool
state_announce(
    struct state *s, const char *temporary, const char *path, struct err *e)
{
	char *from = absolute(temporary), *to = absolute(path);
	struct statement *st;
	struct stat f = { 0 };
	bool ok = false;

	stat(temporary, &f);
	pthread_mutex_lock(&s->mutex);
	st = store_prepare(
	    s->store, "INSERT INTO announced VALUES (?1, ?2, ?3, ?4, ?5)", e);
	if (st != NULL && state_begin(s, e)) {
		statement_bind(st, 1, slice_of(from));
		statement_bind(st, 2, slice_of(to));
		statement_bind_int(st, 3, (int64_t)f.st_ino);
		statement_bind_int(st, 4, f.st_size);
		statement_bind_int(st, 5,
		    (int64_t)f.st_mtim.tv_sec * 1000000000 + f.st_mtim.tv_nsec);
		ok = statement_run(st, e);
		s->staged = true; /* a commit is to come */
	}
	statement_free(st);
	ok = ok && state_end(s, e);
	pthread_mutex_unlock(&s->mutex);
	mem_free(from);
	mem_free(to);
	return ok;
}

bool
state_commit(struct state *s, struct err *e)
{
	bool ok;

	pthread_mutex_lock(&s->mutex);
	ok = !s->staged ||
	    (state_begin(s, e) && settle(s, e) && state_end(s, e));
	s->commits += ok && s->staged;
	s->staged = s->staged && !ok;
	pthread_mutex_unlock(&s->mutex);
	return ok;
}

uint64_t
state_commits(struct state *s)
{
	uint64_t n;

	pthread_mutex_lock(&s->mutex);
	n = s->commits;
	pthread_mutex_unlock(&s->mutex);
	return n;
}

/* --- what is to be forgotten --------------------------------------------- */

static bool
matches(const char *glob, struct slice key)
{
	const char *nul = memchr(key.p, '\0', key.n);
	char *place =
	    mem_string(key.p, nul == NULL ? key.n : (size_t)(nul - key.p));
	struct buf behind = { 0 };
	bool so;

	buf_addf(&behind, "*/%s", glob);
	so = fnmatch(glob, place, 0) == 0 ||
	    fnmatch(buf_string(&behind), place, 0) == 0;
	buf_release(&behind);
	mem_free(place);
	return so;
}

bool
state_forget(struct state *s, const char *glob, uint64_t *n, struct err *e)
{
	struct buf found = { 0 };
	struct statement *all = state_prepared(s, ALL, e);
	bool ok = true;
	int got = -1;

	if (all == NULL)
		return false;
	/* scope NUL, length, key: gathered first, for dropping changes them. */
	while ((got = statement_step(all, e)) == 1) {
		struct slice scope = statement_text(all, 0),
			     key = statement_blob(all, 1);

		if (!matches(glob, key))
			continue;
		*n += slice_is(scope, "file") || !slice_is(scope, "member");
		buf_add_slice(&found, scope);
		buf_addc(&found, '\0');
		buf_add(&found, &key.n, sizeof(key.n));
		buf_add_slice(&found, key);
	}
	for (size_t at = 0; ok && got == 0 && at < found.n;) {
		const char *scope = found.p + at;
		struct slice key;

		at += strlen(scope) + 1;
		memcpy(&key.n, found.p + at, sizeof(key.n));
		key.p = found.p + at + sizeof(key.n);
		at += sizeof(key.n) + key.n;
		ok = state_drop(s, scope, key, e);
	}
	buf_release(&found);
	return ok && got == 0;
}

/* --- outputs that are numbered ------------------------------------------- */

bool
state_number(struct state *s, const char *pattern, uint64_t *n, struct err *e)
{
	char *whole = absolute(pattern);
	struct buf value = { 0 };
	unsigned long long kept;
	bool found,
	    ok = state_get(s, "output", slice_of(whole), &value, &found, e);

	if (ok && found && slice_number(buf_slice(&value), &kept) && kept > *n)
		*n = kept;
	buf_release(&value);
	mem_free(whole);
	return ok;
}

bool
state_set_number(
    struct state *s, const char *pattern, uint64_t n, struct err *e)
{
	char *whole = absolute(pattern), text[24];
	bool ok;

	snprintf(text, sizeof(text), "%llu", (unsigned long long)n);
	ok = state_put(s, "output", slice_of(whole), slice_of(text), e);
	mem_free(whole);
	return ok;
}
