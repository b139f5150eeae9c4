#include "io/writer.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "io/codec.h"

#define FULL ((size_t)256 << 10)
#define PIPE (1 << 20)

struct writer {
	int fd;
	char *path, *temporary; /* NULL: standard output */
	struct buf pending;     /* not yet written */
	struct encoder *encoder;
	struct digest *digest;
	uint64_t bytes;
	bool settled, done, unsynced;
};

/*
 * A name in the same folder that no other process has: the rename stays
 * within one file system.  The leading dot keeps it from watched folders.
 */
static bool
open_temporary(struct writer *w, unsigned mode, struct err *e)
{
	const char *slash = strrchr(w->path, '/');
	int folder = slash == NULL ? 0 : (int)(slash - w->path) + 1;
	size_t room = strlen(w->path) + 64;

	w->temporary = mem_alloc(room);
	for (unsigned i = 0; i < 1000; i++) {
		snprintf(w->temporary, room, "%.*s.%s.%ld-%u", folder, w->path,
		    w->path + folder, (long)getpid(), i);
		w->fd = open(w->temporary,
		    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
		if (w->fd >= 0)
			return true;
		if (errno != EEXIST)
			break;
	}
	err_sys(e, ERR_OUTPUT, "%s", w->path);
	mem_free(w->temporary);
	w->temporary = NULL;
	return false;
}

/*
 * A pipe or device is written as it is: there is nothing to rename there.  Nor
 * is there in /dev, where /dev/stdout may lead to a plain file: a rename by
 * root would put a file in the place of the name.
 */
static bool
is_special(const char *path)
{
	struct stat st;

	if (strncmp(path, "/dev/", 5) == 0 || strncmp(path, "/proc/", 6) == 0)
		return true;
	return stat(path, &st) == 0 && !S_ISREG(st.st_mode) &&
	    !S_ISDIR(st.st_mode);
}

struct writer *
writer_open_mode(const char *path, unsigned mode, struct err *e)
{
	struct writer *w = mem_zalloc(sizeof(*w));
	enum codec codec;

	w->fd = STDOUT_FILENO;
	if (path == NULL || strcmp(path, "-") == 0) {
#ifdef F_SETPIPE_SZ
		fcntl(w->fd, F_SETPIPE_SZ, PIPE);
#endif
		return w;
	}
	w->path = mem_string(path, strlen(path));
	if (is_special(path)) {
		w->fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
		if (w->fd < 0) {
			err_sys(e, ERR_OUTPUT, "%s", path);
			goto fail;
		}
	} else if (!open_temporary(w, mode, e)) {
		goto fail;
	}
	codec = codec_of_name(path);
	if (codec != CODEC_PLAIN)
		w->encoder = encoder_new(codec);
	return w;

fail:
	mem_free(w->path);
	mem_free(w);
	return NULL;
}

struct writer *
writer_open(const char *path, struct err *e)
{
	return writer_open_mode(path, 0666, e);
}

struct writer *
writer_open_append(const char *path, struct err *e)
{
	struct writer *w;

	if (strcmp(path, "-") == 0 || is_special(path))
		return writer_open(path, e);
	w = mem_zalloc(sizeof(*w));
	w->path = mem_string(path, strlen(path));
	w->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
	if (w->fd >= 0)
		return w;
	err_sys(e, ERR_OUTPUT, "%s", path);
	writer_free(w);
	return NULL;
}

void
writer_withdraw(struct writer *w)
{
	if (w->temporary != NULL && w->done)
		unlink(w->path);
}

void
writer_free(struct writer *w)
{
	if (w == NULL)
		return;
	if (w->path != NULL && w->fd >= 0)
		close(w->fd);
	if (w->temporary != NULL && !w->done)
		unlink(w->temporary);
	encoder_free(w->encoder);
	digest_free(w->digest);
	buf_release(&w->pending);
	mem_free(w->path);
	mem_free(w->temporary);
	mem_free(w);
}

void
writer_hash(struct writer *w)
{
	if (w->digest == NULL)
		w->digest = digest_new();
}

static const char *
name_of(const struct writer *w)
{
	return w->path == NULL ? "standard output" : w->path;
}

static bool
write_all(struct writer *w, const char *p, size_t n, struct err *e)
{
	while (n > 0) {
		ssize_t done = write(w->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0 && errno == EAGAIN) {
			struct pollfd fd = { w->fd, POLLOUT, 0 };

			poll(&fd, 1, -1);
			continue;
		}
		if (done < 0) {
			bool gone = errno == EPIPE;

			err_sys(e, ERR_OUTPUT, "%s", name_of(w));
			if (gone && e != NULL)
				snprintf(
				    e->code, sizeof(e->code), "closed_pipe");
			return false;
		}
		p += done;
		n -= (size_t)done;
	}
	return true;
}

static bool
write_pending(struct writer *w, struct err *e)
{
	bool ok = write_all(w, w->pending.p, w->pending.n, e);

	w->unsynced |= w->pending.n > 0;
	buf_reset(&w->pending);
	return ok;
}

bool
writer_add(struct writer *w, struct slice s, struct err *e)
{
	w->bytes += s.n;
	if (w->digest != NULL)
		digest_add(w->digest, s.p, s.n);
	if (w->encoder != NULL)
		encoder_add(w->encoder, s, &w->pending);
	else if (s.n >= FULL)
		return write_pending(w, e) && write_all(w, s.p, s.n, e);
	else
		buf_add_slice(&w->pending, s);
	return w->pending.n < FULL || write_pending(w, e);
}

bool
writer_flush(struct writer *w, struct err *e)
{
	if (w->encoder != NULL)
		encoder_flush(w->encoder, &w->pending);
	return write_pending(w, e);
}

bool
writer_sync(struct writer *w, struct err *e)
{
	if (!writer_flush(w, e))
		return false;
	/* A pipe cannot be synced and need not. */
	if (w->unsynced && fdatasync(w->fd) != 0 && errno != EINVAL &&
	    errno != EROFS)
		return err_sys(e, ERR_OUTPUT, "%s", name_of(w));
	w->unsynced = false;
	return true;
}

static bool
sync_folder(const struct writer *w, struct err *e)
{
	char *folder = mem_string(w->path, strlen(w->path));
	char *slash = strrchr(folder, '/');
	int fd;
	bool ok;

	if (slash == folder)
		slash[1] = '\0';
	else if (slash != NULL)
		*slash = '\0';
	fd = open(slash == NULL ? "." : folder, O_RDONLY | O_CLOEXEC);
	/* Some network file systems cannot sync a folder and need not. */
	ok = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
	if (!ok)
		err_sys(e, ERR_OUTPUT, "%s: its folder", w->path);
	if (fd >= 0)
		close(fd);
	mem_free(folder);
	return ok;
}

bool
writer_settle(struct writer *w, struct err *e)
{
	int fd = w->fd;

	if (w->settled)
		return true;
	if (w->encoder != NULL)
		encoder_end(w->encoder, &w->pending);
	if (!write_pending(w, e))
		return false;
	w->settled = true;
	if (w->temporary == NULL)
		return true;
	w->fd = -1;
	if (fsync(fd) != 0) {
		err_sys(e, ERR_OUTPUT, "%s", w->path);
		close(fd);
		return false;
	}
	return close(fd) == 0 || err_sys(e, ERR_OUTPUT, "%s", w->path);
}

const char *
writer_temporary(const struct writer *w)
{
	return w->temporary;
}

bool
writer_commit(struct writer *w, struct err *e)
{
	if (!writer_settle(w, e))
		return false;
	if (w->temporary == NULL)
		return true;
	if (rename(w->temporary, w->path) != 0)
		return err_sys(e, ERR_OUTPUT, "%s", w->path);
	w->done = true;
	return sync_folder(w, e);
}

uint64_t
writer_bytes(const struct writer *w)
{
	return w->bytes;
}

void
writer_digest(const struct writer *w, uint8_t out[DIGEST_SIZE])
{
	digest_peek(w->digest, out);
}

bool
writer_put_file(const char *path, struct slice text, struct err *e)
{
	struct writer *w = writer_open(path, e);
	bool ok = w != NULL && writer_add(w, text, e) && writer_commit(w, e);

	writer_free(w);
	return ok;
}
