#include "sources/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

struct kept {
	int fd;
	char block[64 << 10];
};

/* It loses its name at once. */
int
kept_open(const char *folder)
{
	size_t room;
	char *path;
	int fd;

	if (folder == NULL)
		folder = "/tmp";
	room = strlen(folder) + sizeof("/.mdx-XXXXXX");
	path = mem_alloc(room);
	snprintf(path, room, "%s/.mdx-XXXXXX", folder);
	fd = mkstemp(path);
	if (fd >= 0) {
		fcntl(fd, F_SETFD, FD_CLOEXEC);
		unlink(path);
	}
	mem_free(path);
	return fd;
}

FILE *
kept_nameless(const char *folder)
{
	int fd = kept_open(folder);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w+");

	if (f == NULL && fd >= 0)
		close(fd);
	return f;
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno != EINTR)
			return false;
		if (done > 0) {
			p += done;
			n -= (size_t)done;
		}
	}
	return true;
}

struct kept *
kept_take(struct input *in, const char *folder, struct err *e)
{
	struct kept *k = mem_alloc(sizeof(*k));
	struct err ignored = { 0 };
	const char *block;
	ssize_t got;

	if (folder == NULL)
		folder = "/tmp";
	k->fd = kept_open(folder);
	if (k->fd < 0) {
		err_sys(e, ERR_OUTPUT, "%s: temporary file", folder);
		kept_free(k);
		return NULL;
	}
	while ((got = input_next(in, &block, &ignored)) > 0)
		if (!write_all(k->fd, block, (size_t)got)) {
			err_sys(e, ERR_OUTPUT,
			    "%s: temporary file (--spool-dir names another "
			    "folder)",
			    folder);
			kept_free(k);
			return NULL;
		}
	return k;
}

void
kept_free(struct kept *k)
{
	if (k == NULL)
		return;
	if (k->fd >= 0)
		close(k->fd);
	mem_free(k);
}

int
kept_fd(const struct kept *k)
{
	return k->fd;
}

static ssize_t
read_block(void *ctx, const char **block, struct err *e)
{
	struct kept *k = ctx;
	ssize_t got;

	do
		got = read(k->fd, k->block, sizeof(k->block));
	while (got < 0 && errno == EINTR);
	if (got < 0)
		err_sys(e, ERR_INPUT, "temporary file");
	*block = k->block;
	return got;
}

static int64_t
seek_block(void *ctx, int64_t to, int whence)
{
	struct kept *k = ctx;

	return lseek(k->fd, (off_t)to, whence);
}

struct unpack *
kept_unpack(struct kept *k, const struct unpack_limits *limits, struct err *e)
{
	struct unpack_source source = { read_block, seek_block, k };

	if (lseek(k->fd, 0, SEEK_SET) != 0) {
		err_sys(e, ERR_INPUT, "temporary file");
		return NULL;
	}
	return unpack_open(&source, limits, e);
}
