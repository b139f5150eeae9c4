#include "sources/spill.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "sources/kept.h"

#define MOST  ((uint64_t)256 << 20) /* of one worker: a folder may be small */
#define BLOCK ((size_t)256 << 10)

void
spill_init(struct spill *s, const char *folder)
{
	*s = (struct spill){ .folder = folder, .fd = -1 };
}

void
spill_release(struct spill *s)
{
	if (s->fd >= 0)
		close(s->fd);
	s->fd = -1;
}

static bool
write_all(int fd, const char *p, size_t n, uint64_t at)
{
	while (n > 0) {
		ssize_t done = pwrite(fd, p, n, (off_t)at);

		if (done == 0 || (done < 0 && errno != EINTR))
			return false;
		if (done > 0) {
			p += done;
			n -= (size_t)done;
			at += (uint64_t)done;
		}
	}
	return true;
}

bool
spill_add(struct spill *s, struct slice lines, uint64_t records)
{
	if (lines.n > MOST || s->bytes > MOST - lines.n)
		return false;
	if (s->fd < 0)
		s->fd = kept_open(s->folder);
	if (s->fd < 0 || !write_all(s->fd, lines.p, lines.n, s->bytes))
		return false;
	s->bytes += lines.n;
	s->records += records;
	return true;
}

static bool
read_all(int fd, char *p, size_t n, uint64_t at, struct err *e)
{
	while (n > 0) {
		ssize_t got = pread(fd, p, n, (off_t)at);

		if (got < 0 && errno != EINTR)
			return err_sys(e, ERR_OUTPUT, "temporary file");
		if (got == 0)
			return err_set(e, ERR_OUTPUT,
			    "temporary file: shorter than what was written");
		if (got > 0) {
			p += got;
			n -= (size_t)got;
			at += (uint64_t)got;
		}
	}
	return true;
}

/* What of a block can be written: whole lines, where it holds any. */
static size_t
whole_lines(const char *p, size_t n)
{
	size_t k = n;

	while (k > 0 && p[k - 1] != '\n')
		k--;
	return k > 0 ? k : n;
}

bool
spill_write(struct spill *s, struct run *run, struct err *e)
{
	char *block = s->bytes > 0 ? mem_alloc(BLOCK) : NULL;
	uint64_t at = 0;
	bool ok = true;

	while (at < s->bytes && ok) {
		size_t n =
		    s->bytes - at < BLOCK ? (size_t)(s->bytes - at) : BLOCK;

		ok = read_all(s->fd, block, n, at, e);
		if (ok && at + n < s->bytes)
			n = whole_lines(block, n);
		ok = ok && run_write(run, (struct slice){ block, n }, 0, e);
		at += n;
	}
	mem_free(block);
	ok =
	    ok && (s->records == 0 || run_write(run, SLICE(""), s->records, e));
	s->bytes = s->records = 0;
	return ok;
}
