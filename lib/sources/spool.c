#include "sources/spool.h"

#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "sources/mllp_frame.h"

#define DIGITS  10
#define SUFFIX  ".mllp"
#define LARGE   ((uint64_t)64 << 20) /* a segment that is closed */
#define GRAIN   ((size_t)64 << 10)
#define WAITING ((size_t)1 << 20) /* bytes that wait for their write */

struct spool {
	char *folder;
	int folder_fd;
	uint64_t *segments; /* older ones, in order */
	size_t n, room;
	uint64_t segment; /* of this run; its file is made when first needed */
	int fd;
	uint64_t offset;
	struct buf waiting;
};

static void
segment_name(uint64_t segment, char name[32])
{
	snprintf(
	    name, 32, "%0*llu" SUFFIX, DIGITS, (unsigned long long)segment);
}

static int
by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

static bool
read_folder(struct spool *s, struct err *e)
{
	DIR *dir = opendir(s->folder);
	struct dirent *entry;

	if (dir == NULL)
		return err_sys(e, ERR_OUTPUT, "%s", s->folder);
	while ((entry = readdir(dir)) != NULL) {
		const char *name = entry->d_name;
		unsigned long long n;

		if (strlen(name) != DIGITS + strlen(SUFFIX) ||
		    strcmp(name + DIGITS, SUFFIX) != 0 ||
		    !slice_number((struct slice){ name, DIGITS }, &n))
			continue;
		s->segments =
		    mem_room(s->segments, s->n, &s->room, sizeof(*s->segments));
		s->segments[s->n++] = n;
	}
	closedir(dir);
	if (s->n > 0)
		qsort(s->segments, s->n, sizeof(*s->segments), by_number);
	return true;
}

struct spool *
spool_open(const char *folder, struct err *e)
{
	struct spool *s = mem_zalloc(sizeof(*s));

	s->folder = mem_string(folder, strlen(folder));
	s->fd = -1;
	s->folder_fd = -1;
	if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
		err_sys(e, ERR_OUTPUT, "%s", folder);
		goto fail;
	}
	s->folder_fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s->folder_fd < 0) {
		err_sys(e, ERR_OUTPUT, "%s", folder);
		goto fail;
	}
	if (!read_folder(s, e))
		goto fail;
	s->segment = s->n == 0 ? 1 : s->segments[s->n - 1] + 1;
	return s;

fail:
	spool_free(s);
	return NULL;
}

void
spool_free(struct spool *s)
{
	if (s == NULL)
		return;
	if (s->fd >= 0)
		close(s->fd);
	if (s->folder_fd >= 0)
		close(s->folder_fd);
	buf_release(&s->waiting);
	mem_free(s->segments);
	mem_free(s->folder);
	mem_free(s);
}

static bool
fail_segment(const struct spool *s, struct err *e)
{
	char name[32];

	segment_name(s->segment, name);
	return err_sys(e, ERR_OUTPUT, "%s/%s", s->folder, name);
}

/* The folder is synced too, or a crash could take the new name away. */
static bool
open_segment(struct spool *s, struct err *e)
{
	char name[32];

	segment_name(s->segment, name);
	s->fd = openat(s->folder_fd, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
	s->offset = 0;
	return (s->fd >= 0 && (fsync(s->folder_fd) == 0 || errno == EINVAL)) ||
	    fail_segment(s, e);
}

static bool
write_waiting(struct spool *s, struct err *e)
{
	const char *p = s->waiting.p;
	size_t n = s->waiting.n;

	while (n > 0) {
		ssize_t done = write(s->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return fail_segment(s, e);
		p += done;
		n -= (size_t)done;
	}
	buf_reset(&s->waiting);
	return true;
}

bool
spool_add(struct spool *s, struct slice message, struct err *e)
{
	if (s->fd < 0 && !open_segment(s, e))
		return false;
	buf_addc(&s->waiting, '\x0b');
	buf_add_slice(&s->waiting, message);
	buf_adds(&s->waiting, "\x1c\r");
	s->offset += message.n + 3;
	return s->waiting.n < WAITING || write_waiting(s, e);
}

bool
spool_sync(struct spool *s, struct err *e)
{
	if (s->fd < 0)
		return true;
	if (!write_waiting(s, e))
		return false;
	if (fdatasync(s->fd) != 0)
		return fail_segment(s, e);
	if (s->offset >= LARGE) {
		spool_close(s);
		s->offset = 0;
	}
	return true;
}

struct spool_place
spool_end(const struct spool *s)
{
	return (struct spool_place){ s->segment, s->offset };
}

/* --- what an earlier run left -------------------------------------------- */

static bool
replay_bytes(int fd, struct spool_place at,
    bool (*visit)(void *, struct slice, struct spool_place, struct err *),
    void *ctx, struct err *e)
{
	struct mllp frames = { 0 };
	struct mllp_piece piece;
	char *block = mem_alloc(GRAIN);
	bool ok = true;
	ssize_t got = 0;

	while (ok && (got = read(fd, block, GRAIN)) > 0) {
		mllp_add(&frames, (struct slice){ block, (size_t)got });
		while (ok && mllp_next(&frames, SIZE_MAX, &piece)) {
			at.offset += piece.whole;
			ok = piece.kind != MLLP_MESSAGE ||
			    visit(ctx, piece.bytes, at, e);
		}
	}
	if (ok && got < 0)
		ok = err_sys(e, ERR_INPUT, "spool");
	mllp_release(&frames);
	mem_free(block);
	return ok;
}

bool
spool_replay(struct spool *s, struct spool_place from,
    bool (*visit)(void *, struct slice, struct spool_place, struct err *),
    void *ctx, struct err *e)
{
	for (size_t i = 0; i < s->n; i++) {
		struct spool_place at = { s->segments[i], 0 };
		char name[32];
		int fd;
		bool ok;

		if (s->segments[i] < from.segment)
			continue;
		if (s->segments[i] == from.segment)
			at.offset = from.offset;
		segment_name(s->segments[i], name);
		fd = openat(s->folder_fd, name, O_RDONLY | O_CLOEXEC);
		if (fd < 0 || lseek(fd, (off_t)at.offset, SEEK_SET) < 0) {
			err_sys(e, ERR_INPUT, "%s/%s", s->folder, name);
			if (fd >= 0)
				close(fd);
			return false;
		}
		ok = replay_bytes(fd, at, visit, ctx, e);
		close(fd);
		if (!ok)
			return false;
	}
	return true;
}

bool
spool_holds(const struct spool *s)
{
	return s->n > 0;
}

void
spool_begin_after(struct spool *s, struct spool_place to)
{
	if (s->fd < 0 && s->segment <= to.segment)
		s->segment = to.segment + 1;
}

void
spool_close(struct spool *s)
{
	if (s->fd < 0)
		return;
	close(s->fd);
	s->fd = -1;
	s->segments =
	    mem_room(s->segments, s->n, &s->room, sizeof(*s->segments));
	s->segments[s->n++] = s->segment++;
}

static bool
ends_before(const struct spool *s, uint64_t segment, const char *name,
    struct spool_place to)
{
	struct stat st;

	if (segment != to.segment)
		return segment < to.segment;
	return fstatat(s->folder_fd, name, &st, 0) == 0 &&
	    (uint64_t)st.st_size <= to.offset;
}

void
spool_forget(struct spool *s, struct spool_place to)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->n; i++) {
		char name[32];

		segment_name(s->segments[i], name);
		if (ends_before(s, s->segments[i], name, to) &&
		    unlinkat(s->folder_fd, name, 0) == 0)
			continue;
		s->segments[kept++] = s->segments[i];
	}
	s->n = kept;
}
