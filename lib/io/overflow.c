#include "io/overflow.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"

#define WINDOW (64u << 10)

struct overflow {
	uint64_t memory;
	char *folder;
	struct buf first; /* what is in memory */
	int fd;           /* -1: all of it is */
	struct buf last;  /* not yet in the file */
	uint64_t start, written;
};

static bool
fail_folder(const char *folder, struct err *e)
{
	return err_sys(
	    e, ERR_OUTPUT, "keys beyond the memory, in '%s'", folder);
}

int
overflow_open(const char *folder, struct err *e)
{
	struct buf path = { 0 };
	int fd;

	buf_addf(&path, "%s/mdx-overflow-XXXXXX", folder);
	buf_addc(&path, '\0');
	fd = mkstemp(path.p);
	if (fd < 0)
		fail_folder(folder, e);
	else
		unlink(path.p);
	buf_release(&path);
	return fd;
}

bool
overflow_put(
    const char *folder, int fd, const void *from, size_t n, struct err *e)
{
	const char *p = from;

	while (n > 0) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return fail_folder(folder, e);
		p += done;
		n -= (size_t)done;
	}
	return true;
}

bool
overflow_get(int fd, void *to, size_t n, uint64_t offset, struct err *e)
{
	char *p = to;

	while (n > 0) {
		ssize_t got = pread(fd, p, n, (off_t)offset);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_sys(e, ERR_INPUT, "keys beyond the memory");
		if (got == 0)
			return err_set(
			    e, ERR_INPUT, "the file of keys is cut off");
		p += got;
		n -= (size_t)got;
		offset += (uint64_t)got;
	}
	return true;
}

struct overflow *
overflow_new(uint64_t memory, const char *folder)
{
	struct overflow *s = mem_zalloc(sizeof(*s));

	s->memory = memory;
	s->folder = mem_string(folder, strlen(folder));
	s->fd = -1;
	return s;
}

struct overflow *
overflow_of_file(int fd, uint64_t offset)
{
	struct overflow *s = overflow_new(0, "");

	s->fd = fd;
	s->start = offset;
	return s;
}

void
overflow_free(struct overflow *s)
{
	if (s == NULL)
		return;
	if (s->fd >= 0)
		close(s->fd);
	buf_release(&s->first);
	buf_release(&s->last);
	mem_free(s->folder);
	mem_free(s);
}

bool
overflow_add(
    struct overflow *s, struct slice text, uint64_t *offset, struct err *e)
{
	if (s->fd < 0 && s->first.n + text.n <= s->memory) {
		*offset = s->first.n;
		buf_add_slice(&s->first, text);
		return true;
	}
	if (s->fd < 0 && (s->fd = overflow_open(s->folder, e)) < 0)
		return false;
	*offset = s->first.n + s->written + s->last.n;
	buf_add_slice(&s->last, text);
	return s->last.n < WINDOW || overflow_flush(s, e);
}

bool
overflow_flush(struct overflow *s, struct err *e)
{
	if (s->last.n == 0)
		return true;
	if (!overflow_put(s->folder, s->fd, s->last.p, s->last.n, e))
		return false;
	s->written += s->last.n;
	buf_reset(&s->last);
	return true;
}

bool
overflow_read(const struct overflow *s, uint64_t offset, void *to, size_t n,
    struct err *e)
{
	if (offset >= s->first.n)
		return overflow_get(
		    s->fd, to, n, s->start + offset - s->first.n, e);
	memcpy(to, s->first.p + offset, n);
	return true;
}
