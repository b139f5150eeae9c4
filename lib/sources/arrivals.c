#include "sources/arrivals.h"

#include <sys/stat.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/mem.h"
#include "sources/notice.h"

#define RECHECK 2000 /* ms: the coarsest clock of a file system */
#define SHARE   20   /* looking takes one part in so many of the time */
#define SOON    10   /* ms between an event and a look */

struct file {
	int64_t size, mtime, ctime;
	uint64_t inode;
	int64_t since; /* when it was first seen so */
	unsigned seen; /* the last look that found it */
	bool moved, taken, fresh, was_taken;
};

struct arrivals {
	char *const *operands;
	const char *done;
	int64_t settle;
	struct notice *notice;
	struct index *paths;
	struct file *files;
	size_t room;
	/* the look under way, and when the next is due */
	struct walk *walk;
	unsigned look;
	int64_t began, next, due; /* due: when the first file may be ready */
	size_t at;                /* the file that was handed out, plus one */
	struct index *moved;      /* renamed in and not yet taken */
	size_t nmoved;
};

struct arrivals *
arrivals_new(char *const *operands, int64_t settle_ms, const char *done)
{
	struct arrivals *a = mem_zalloc(sizeof(*a));

	a->operands = operands;
	a->settle = settle_ms;
	a->done = done;
	a->notice = notice_new();
	a->paths = index_new();
	a->moved = index_new();
	return a;
}

void
arrivals_free(struct arrivals *a)
{
	if (a == NULL)
		return;
	walk_free(a->walk);
	notice_free(a->notice);
	index_free(a->paths);
	index_free(a->moved);
	mem_free(a->files);
	mem_free(a);
}

/* --- one file ------------------------------------------------------------ */

static bool
is_as_before(const struct file *f, const struct stat *st)
{
	return f->size == st->st_size && f->inode == st->st_ino &&
	    f->mtime ==
	    (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec &&
	    f->ctime ==
	    (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec;
}

static void
remember(struct file *f, const struct stat *st, int64_t now)
{
	f->size = st->st_size;
	f->inode = st->st_ino;
	f->mtime =
	    (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
	f->ctime =
	    (int64_t)st->st_ctim.tv_sec * 1000000000 + st->st_ctim.tv_nsec;
	f->since = now;
	f->taken = f->moved = f->fresh = false;
}

static struct file *
file_of(struct arrivals *a, const char *path)
{
	bool fresh;
	size_t i = index_add(a->paths, slice_of(path), &fresh);

	if (fresh) {
		a->files = mem_room(a->files, i, &a->room, sizeof(*a->files));
		memset(&a->files[i], 0, sizeof(a->files[i]));
		a->files[i].size = -1;
	}
	return &a->files[i];
}

static bool
has_twin(const struct arrivals *a, const char *path)
{
	struct buf twin = { 0 };
	bool there;

	buf_addf(&twin, "%s%s", path, a->done);
	there = access(buf_string(&twin), F_OK) == 0;
	buf_release(&twin);
	return there;
}

static bool
is_marker(const struct arrivals *a, const char *path)
{
	size_t n = strlen(path), suffix = a->done == NULL ? 0 : strlen(a->done);

	return suffix > 0 && n > suffix &&
	    strcmp(path + n - suffix, a->done) == 0;
}

/* Whether it is ready now; else says when it may be. */
static bool
is_ready(struct arrivals *a, struct file *f, const char *path, int64_t now)
{
	int64_t due;

	if (f->taken && !f->fresh)
		return false;
	due = f->since + (f->taken ? RECHECK : a->settle);
	if (!f->taken && (f->moved || is_marker(a, path)))
		return true;
	/* One that changed behind its twin must settle all the same. */
	if (!f->taken && a->done != NULL) {
		if (!has_twin(a, path))
			return false;
		if (!f->was_taken)
			return true;
	}
	if (now >= due)
		return true;
	if (due < a->due)
		a->due = due;
	return false;
}

static bool
look_at(struct arrivals *a, const struct walked *w, bool moved, bool *again)
{
	struct file *f = file_of(a, w->uri);
	int64_t now = clock_ms();
	struct stat st = { 0 };

	/* A folder that is not there is handed out once, to be said. */
	if (w->kind != WALKED_FAILED && lstat(w->uri, &st) != 0 &&
	    w->rest != NULL)
		return false;
	f->seen = a->look;
	if (!is_as_before(f, &st))
		remember(f, &st, now);
	f->moved |= moved && a->done == NULL;
	if (!is_ready(a, f, w->uri, now))
		return false;
	*again = f->taken;
	a->at = (size_t)(f - a->files) + 1;
	return true;
}

void
arrivals_done(struct arrivals *a, bool fresh)
{
	struct file *f = &a->files[a->at - 1];
	struct slice path = index_name(a->paths, a->at - 1);
	char *name = mem_string(path.p, path.n);
	int64_t now = clock_ms();
	struct stat st = { 0 };

	f->was_taken = true;
	if (lstat(name, &st) == 0 && !is_as_before(f, &st)) {
		remember(f, &st, now);
		a->due = now + a->settle < a->due ? now + a->settle : a->due;
	} else {
		f->taken = true;
		f->moved = false;
		f->fresh = fresh && !f->fresh;
		if (f->fresh && f->since + RECHECK < a->due)
			a->due = f->since + RECHECK;
	}
	mem_free(name);
}

/* --- events -------------------------------------------------------------- */

static void
enter(void *ctx, const char *path)
{
	struct arrivals *a = ctx;

	notice_folder(a->notice, path);
}

static void
take_events(struct arrivals *a)
{
	enum notice_what what;
	const char *folder, *name;
	int64_t soon = clock_ms() + SOON;

	while (notice_next(a->notice, &what, &folder, &name)) {
		struct buf path = { 0 };

		if (soon < a->next)
			a->next = soon;
		if (what != NOTICE_MOVED_IN || folder == NULL || name[0] == '.')
			continue;
		buf_addf(&path, "%s%s", folder, name);
		index_add(a->moved, buf_slice(&path), NULL);
		buf_release(&path);
	}
}

/* A path below one of the operands, as the walk would give it. */
static bool
as_walked(const struct arrivals *a, struct slice path, struct arena *arena,
    struct walked *to)
{
	struct stat st;

	memset(to, 0, sizeof(*to));
	to->uri = arena_string(arena, path.p, path.n);
	if (lstat(to->uri, &st) != 0 || !S_ISREG(st.st_mode))
		return false;
	for (char *const *o = a->operands; *o != NULL; o++) {
		size_t n = strlen(*o);

		if (strncmp(to->uri, *o, n) != 0)
			continue;
		n += n == 0 || (*o)[n - 1] != '/';
		to->rest = to->uri + n;
		return true;
	}
	return false;
}

static bool
next_moved(struct arrivals *a, struct arena *arena, struct walked *to)
{
	while (a->nmoved < index_count(a->moved)) {
		struct slice path = index_name(a->moved, a->nmoved++);

		if (as_walked(a, path, arena, to))
			return true;
	}
	if (a->nmoved > 0) {
		index_free(a->moved);
		a->moved = index_new();
		a->nmoved = 0;
	}
	return false;
}

/* --- looking at all ------------------------------------------------------ */

/* Files that are gone are forgotten when they are many. */
static void
forget_gone(struct arrivals *a)
{
	size_t n = index_count(a->paths), there = 0;
	struct index *paths;

	for (size_t i = 0; i < n; i++)
		there += a->files[i].seen == a->look;
	if (n - there < 1000 || n - there < there)
		return;
	paths = index_new();
	for (size_t i = 0; i < n; i++)
		if (a->files[i].seen == a->look)
			a->files[index_add(paths, index_name(a->paths, i),
			    NULL)] = a->files[i];
	index_free(a->paths);
	a->paths = paths;
}

static void
begin_look(struct arrivals *a, int64_t now)
{
	a->look++;
	a->began = now;
	a->due = INT64_MAX;
	a->walk = walk_new(a->operands);
	walk_watch(a->walk, enter, a);
}

static void
end_look(struct arrivals *a)
{
	int64_t now = clock_ms(), took = now - a->began, pause = a->settle;

	walk_free(a->walk);
	a->walk = NULL;
	forget_gone(a);
	pause = pause < 200 ? 200 : pause > 10000 ? 10000 : pause;
	a->next = now + (took * SHARE > pause ? took * SHARE : pause);
}

bool
arrivals_next(
    struct arrivals *a, struct arena *arena, struct walked *to, bool *again)
{
	int64_t now;

	take_events(a);
	while (next_moved(a, arena, to))
		if (look_at(a, to, true, again))
			return true;
	now = clock_ms();
	if (a->walk == NULL && now < a->next && now < a->due)
		return false;
	if (a->walk == NULL)
		begin_look(a, now);
	while (walk_next(a->walk, arena, to)) {
		if (look_at(a, to, false, again))
			return true;
		arena_reset(arena);
	}
	end_look(a);
	return false;
}

void
arrivals_wait(struct arrivals *a, const struct stop *stop, int ms)
{
	int64_t next = a->next < a->due ? a->next : a->due;
	int64_t left = next - clock_ms();

	if (left < 0)
		left = 0;
	notice_wait(a->notice, stop, ms >= 0 && ms < left ? ms : (int)left);
}
