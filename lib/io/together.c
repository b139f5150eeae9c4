#include "io/together.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "io/lock.h"
#include "io/reader.h"
#include "io/writer.h"

#define HIDDEN       ".new."
#define LARGEST_LIST ((size_t)1 << 20)

struct together {
	struct arena *arena;
	const char *folder;
	struct lock *lock;
	struct index *names;
	bool past; /* the list may be there: hidden files count */
};

/* "approved/x.csv" -> "FOLDER/approved/.new.x.csv" */
static const char *
hidden_path(struct arena *a, const char *folder, const char *name)
{
	const char *slash = strrchr(name, '/');
	int n = slash == NULL ? 0 : (int)(slash - name) + 1;

	return arena_printf(
	    a, "%s/%.*s" HIDDEN "%s", folder, n, name, name + n);
}

static bool
sync_folder(const char *path, struct err *e)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok || err_sys(e, ERR_OUTPUT, "%s", path);
}

static bool
move(struct arena *a, const char *folder, struct slice line, struct err *e)
{
	const char *name = arena_string(a, line.p, line.n);
	const char *to = arena_printf(a, "%s/%s", folder, name);
	const char *slash = strrchr(to, '/');

	if (name[0] == '/' || strstr(name, "..") != NULL)
		return err_set(
		    e, ERR_INPUT, "%s/.commit: names '%s'", folder, name);
	/* One that another process has moved already is not there any more. */
	if (rename(hidden_path(a, folder, name), to) != 0 && errno != ENOENT)
		return err_sys(e, ERR_OUTPUT, "%s", to);
	return sync_folder(arena_string(a, to, (size_t)(slash - to)), e);
}

/* With the lock held: the files of the list take their places. */
static bool
finish(const char *folder, struct err *e)
{
	struct arena *a = arena_new();
	const char *list = arena_printf(a, "%s/.commit", folder);
	struct buf text = { 0 };
	struct slice rest, line;
	bool ok = true;

	if (access(list, F_OK) != 0) {
		arena_free(a);
		return true;
	}
	ok = reader_slurp(list, LARGEST_LIST, &text, e);
	rest = buf_slice(&text);
	while (ok && slice_next(&rest, '\n', &line))
		ok = line.n == 0 || move(a, folder, line, e);
	if (ok && unlink(list) != 0 && errno != ENOENT)
		ok = err_sys(e, ERR_OUTPUT, "%s", list);
	buf_release(&text);
	arena_free(a);
	return ok;
}

/* The temporary file of a writer of a hidden file has one more dot. */
static bool
is_hidden(const char *name)
{
	name += name[0] == '.' && name[1] == '.';
	return strncmp(name, HIDDEN, sizeof(HIDDEN) - 1) == 0 ||
	    strncmp(name, ".commit.", 8) == 0;
}

/* Hidden files that no list names: their process died before the moment. */
static void
sweep(const char *folder, unsigned depth)
{
	DIR *d = opendir(folder);
	struct arena *a;
	const struct dirent *f;

	if (d == NULL)
		return;
	a = arena_new();
	while ((f = readdir(d)) != NULL) {
		const char *path = arena_printf(a, "%s/%s", folder, f->d_name);
		struct stat st;

		if (is_hidden(f->d_name))
			unlink(path);
		else if (depth > 0 && f->d_name[0] != '.' &&
		    lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
			sweep(path, depth - 1);
	}
	closedir(d);
	arena_free(a);
}

static struct lock *
lock_folder(const char *folder, struct err *e)
{
	struct arena *a = arena_new();
	struct lock *l =
	    lock_take(arena_printf(a, "%s/.lock", folder), TOGETHER_WAIT, e);

	arena_free(a);
	return l;
}

struct together *
together_begin(const char *folder, struct err *e)
{
	struct together *t;
	struct lock *l;

	if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
		err_sys(e, ERR_OUTPUT, "%s", folder);
		return NULL;
	}
	l = lock_folder(folder, e);
	if (l == NULL)
		return NULL;
	if (!finish(folder, e)) {
		lock_release(l);
		return NULL;
	}
	sweep(folder, 1);
	t = mem_zalloc(sizeof(*t));
	t->arena = arena_new();
	t->folder = arena_string(t->arena, folder, strlen(folder));
	t->lock = l;
	t->names = index_new();
	return t;
}

void
together_free(struct together *t)
{
	if (t == NULL)
		return;
	for (size_t i = 0; i < index_count(t->names) && !t->past; i++) {
		struct slice name = index_name(t->names, i);

		unlink(hidden_path(t->arena, t->folder,
		    arena_string(t->arena, name.p, name.n)));
	}
	lock_release(t->lock);
	index_free(t->names);
	arena_free(t->arena);
	mem_free(t);
}

bool
together_put(
    struct together *t, const char *name, struct slice text, struct err *e)
{
	const char *slash = strrchr(name, '/');

	if (slash != NULL) {
		const char *sub = arena_printf(
		    t->arena, "%s/%.*s", t->folder, (int)(slash - name), name);

		if (mkdir(sub, 0777) != 0 && errno != EEXIST)
			return err_sys(e, ERR_OUTPUT, "%s", sub);
	}
	index_add(t->names, slice_of(name), NULL);
	return writer_put_file(hidden_path(t->arena, t->folder, name), text, e);
}

bool
together_commit(struct together *t, struct err *e)
{
	const char *path = arena_printf(t->arena, "%s/.commit", t->folder);
	struct buf list = { 0 };
	bool ok;

	for (size_t i = 0; i < index_count(t->names); i++) {
		buf_add_slice(&list, index_name(t->names, i));
		buf_addc(&list, '\n');
	}
	ok = list.n == 0 || writer_put_file(path, buf_slice(&list), e);
	t->past = access(path, F_OK) == 0;
	ok = ok && finish(t->folder, e);
	if (ok) {
		index_free(t->names);
		t->names = index_new();
		t->past = false;
	}
	buf_release(&list);
	return ok;
}

bool
together_settle(const char *folder, struct err *e)
{
	struct arena *a = arena_new();
	bool under_way =
	    access(arena_printf(a, "%s/.commit", folder), F_OK) == 0;
	struct lock *l;
	bool ok;

	arena_free(a);
	if (!under_way)
		return true;
	l = lock_folder(folder, e);
	ok = l != NULL && finish(folder, e);
	lock_release(l);
	return ok;
}
