#include "sources/growing.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "sources/notice.h"

#define GRAIN  ((size_t)64 << 10)
#define MUTE   20  /* ms between two looks where no event comes */
#define LOOK   250 /* ... and where they do */
#define ABSENT 100 /* ... for a file that is not there */

struct growing {
	char *path;
	int fd;
	const struct stop *stop;
	struct notice *notice;
	size_t most;
	off_t read; /* of the file */
	char *held; /* [given, n) is not handed out */
	size_t given, n, room;
	bool mute;
	enum growing_end ended;
};

struct growing *
growing_open(
    const char *path, size_t most, const struct stop *stop, struct err *e)
{
	struct notice *notice = notice_new();
	struct growing *g;
	int fd;

	while ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)) < 0 &&
	    (errno == ENOENT || errno == EINTR) &&
	    (stop == NULL || stop->signal == 0))
		notice_wait(notice, stop, ABSENT);
	if (fd < 0) {
		err_sys(e, ERR_INPUT, "%s", path);
		notice_free(notice);
		return NULL;
	}
	g = mem_zalloc(sizeof(*g));
	g->path = mem_string(path, strlen(path));
	g->fd = fd;
	g->stop = stop;
	g->most = most;
	g->notice = notice;
	notice_file(notice, path);
	g->mute = notice_is_mute(path);
	return g;
}

void
growing_free(struct growing *g)
{
	if (g == NULL)
		return;
	close(g->fd);
	notice_free(g->notice);
	mem_free(g->held);
	mem_free(g->path);
	mem_free(g);
}

/* Behind the last of a byte; 0 where there is none. */
static size_t
behind_last(const char *p, size_t n, char c)
{
	while (n > 0 && p[n - 1] != c)
		n--;
	return n;
}

/* Behind the last line end: an LF, or in a file without, a CR. */
static size_t
whole_lines(const struct growing *g)
{
	const char *from = g->held + g->given;
	size_t n = g->n - g->given, whole = behind_last(from, n, '\n');

	/* The last byte may be the first half of a CRLF. */
	if (whole == 0 && n > 1)
		whole = behind_last(from, n - 1, '\r');
	return whole > 0 ? whole : n > g->most ? n : 0;
}

static ssize_t
fill(struct growing *g, struct err *e)
{
	ssize_t got;

	if (g->given > 0)
		memmove(g->held, g->held + g->given, g->n - g->given);
	g->n -= g->given;
	g->given = 0;
	if (g->room - g->n < GRAIN) {
		g->room = 2 * g->n + 2 * GRAIN;
		g->held = mem_resize(g->held, g->room, 1);
	}
	do
		got = pread(g->fd, g->held + g->n, GRAIN, g->read);
	while (got < 0 && errno == EINTR);
	if (got < 0) {
		err_sys(e, ERR_INPUT, "cannot be read");
		return -1;
	}
	g->n += (size_t)got;
	g->read += got;
	return got;
}

/*
 * At its end for now: is it still the file of this name?  A new one without a
 * byte in it may have been made before the writer lets go of the old one.
 */
static enum growing_end
look_around(const struct growing *g)
{
	struct stat own, named;

	if (fstat(g->fd, &own) != 0)
		return GROWING_ON;
	if (own.st_size < g->read)
		return GROWING_CUT;
	if (own.st_size > g->read || stat(g->path, &named) != 0 ||
	    (named.st_ino == own.st_ino && named.st_dev == own.st_dev) ||
	    named.st_size == 0)
		return GROWING_ON;
	return GROWING_REPLACED;
}

ssize_t
growing_next(struct growing *g, const char **lines, struct err *e)
{
	size_t n = 0;
	ssize_t got = 1;

	while (g->ended == GROWING_ON && n == 0 && got > 0) {
		got = fill(g, e);
		if (got < 0)
			return -1;
		n = got == 0 ? 0 : whole_lines(g);
		if (got == 0)
			g->ended = look_around(g);
	}
	if (g->ended == GROWING_REPLACED)
		n = g->n - g->given;
	*lines = g->held + g->given;
	g->given += n;
	return (ssize_t)n;
}

enum growing_end
growing_ended(const struct growing *g)
{
	return g->ended;
}

void
growing_wait(struct growing *g, int ms)
{
	enum notice_what what;
	const char *folder, *name;
	int look = g->mute ? MUTE : LOOK;

	notice_wait(g->notice, g->stop, ms >= 0 && ms < look ? ms : look);
	while (notice_next(g->notice, &what, &folder, &name))
		continue;
}
