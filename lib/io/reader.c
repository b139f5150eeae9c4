#include "io/reader.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "io/codec.h"

#define RAW   ((size_t)128 << 10)
#define LIMIT ((size_t)16 << 20)
#define PIPE  (1 << 20)

struct reader {
	int fd;
	const struct stop *stop;
	bool regular, raw_end, stopped, probed;
	bool impatient;
	bool more; /* the decoder may hold bytes that had no room */
	enum codec codec;
	struct decoder *decoder;
	char *raw;         /* compressed bytes, or the probe */
	struct slice rest; /* of raw, not yet used */
	uint64_t bytes, raw_done, raw_size;
	struct digest *digest;
	size_t limit, step; /* step: the most that is asked for at a time */
	/* reader_block: the bytes behind the last line feed */
	char *tail;
	size_t ntail, tail_room;
	uint64_t line, offset;
	bool lines_end;
};

struct reader *
reader_of(int fd, const struct stop *stop)
{
	struct reader *r = mem_zalloc(sizeof(*r));
	struct stat st;

	r->fd = fd;
	r->stop = stop;
	r->limit = LIMIT;
	r->step = RAW;
	r->line = 1;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		r->regular = true;
		r->raw_size = (uint64_t)st.st_size;
#ifdef POSIX_FADV_SEQUENTIAL
		posix_fadvise(fd, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
	}
#ifdef F_SETPIPE_SZ
	if (!r->regular)
		fcntl(fd, F_SETPIPE_SZ, PIPE);
#endif
	return r;
}

struct reader *
reader_open(const char *path, const struct stop *stop, struct err *e)
{
	struct stat st;
	int fd;

	if (strcmp(path, "-") == 0) {
		fd = dup(STDIN_FILENO);
	} else {
		/* Of a pipe without a writer nobody would wake us any more. */
		do {
			errno = EINTR;
			fd = stop != NULL && stop->signal != 0
			    ? -1
			    : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
		} while (fd < 0 && errno == EINTR && stop != NULL &&
		    stop->signal == 0);
	}
	if (fd < 0) {
		err_sys(e, ERR_INPUT, "%s", path);
		return NULL;
	}
	if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		close(fd);
		err_set(e, ERR_INPUT, "%s: is a folder", path);
		return NULL;
	}
	return reader_of(fd, stop);
}

void
reader_free(struct reader *r)
{
	if (r == NULL)
		return;
	close(r->fd);
	decoder_free(r->decoder);
	digest_free(r->digest);
	mem_free(r->raw);
	mem_free(r->tail);
	mem_free(r);
}

void
reader_hash(struct reader *r)
{
	if (r->digest == NULL)
		r->digest = digest_new();
}

void
reader_step(struct reader *r, size_t bytes)
{
	if (!r->regular || r->probed)
		return;
	r->step = bytes < RAW ? bytes : RAW;
#ifdef POSIX_FADV_RANDOM
	posix_fadvise(r->fd, 0, 0, POSIX_FADV_RANDOM);
#endif
}

void
reader_limit(struct reader *r, size_t line)
{
	r->limit = line;
}

static bool
told_to_stop(struct reader *r)
{
	if (r->stop != NULL && r->stop->signal != 0)
		r->stopped = true;
	return r->stopped;
}

/* Until the descriptor has something or a signal comes; whether to read. */
static bool
poll_input(struct reader *r, int ms)
{
	struct pollfd fds[2] = { { r->fd, POLLIN, 0 }, { -1, POLLIN, 0 } };

	if (r->stop != NULL)
		fds[1].fd = r->stop->fd;
	if (poll(fds, 2, ms) < 0 && errno != EINTR)
		return true; /* let read say what is wrong */
	return fds[0].revents != 0;
}

static bool
wait_for_input(struct reader *r)
{
	while (!told_to_stop(r))
		if (poll_input(r, -1))
			return true;
	return false;
}

void
reader_wait(struct reader *r, int ms)
{
	if (!told_to_stop(r))
		poll_input(r, ms);
}

void
reader_impatient(struct reader *r)
{
	r->impatient = true;
}

static ssize_t
raw_read(struct reader *r, char *to, size_t n, struct err *e)
{
	ssize_t got;

	if (r->step < RAW && n > r->step)
		n = r->step;
	do {
		if (r->regular ? told_to_stop(r) : !wait_for_input(r))
			return 0;
		got = read(r->fd, to, n);
	} while (got < 0 && (errno == EINTR || errno == EAGAIN));
	if (got < 0) {
		err_sys(e, ERR_INPUT, "cannot be read");
		return -1;
	}
	if (got == 0)
		r->raw_end = true;
	r->raw_done += (uint64_t)got;
	return got;
}

/* The first bytes, enough of them to tell the compression. */
static bool
probe(struct reader *r, struct err *e)
{
	size_t have = 0;

	r->probed = true;
	r->raw = mem_alloc(r->step);
	while (have < CODEC_MAGIC) {
		ssize_t got = raw_read(r, r->raw + have, r->step - have, e);

		if (got < 0)
			return false;
		if (got == 0)
			break;
		have += (size_t)got;
		/* A live line shorter than the magic must not wait for more. */
		if (codec_detect(r->raw, have) == CODEC_PLAIN &&
		    (unsigned char)r->raw[0] != 0x1F &&
		    (unsigned char)r->raw[0] != 0x28 &&
		    (unsigned char)r->raw[0] != 0xFD && r->raw[0] != 'B')
			break;
	}
	r->rest = (struct slice){ r->raw, have };
	r->codec = codec_detect(r->raw, have);
	if (r->codec != CODEC_PLAIN)
		r->decoder = decoder_new(r->codec);
	return true;
}

static long
read_decoded(struct reader *r, char *to, size_t n, struct err *e)
{
	size_t out = 0;

	while (out == 0) {
		if (r->rest.n == 0 && !r->raw_end && !r->more) {
			ssize_t got = raw_read(r, r->raw, r->step, e);

			if (got < 0)
				return -1;
			r->rest = (struct slice){ r->raw, (size_t)got };
			if (r->stopped)
				return 0;
		}
		if (!decoder_run(r->decoder, &r->rest, to, n, &out, e))
			return -1;
		r->more = out == n;
		if (out == 0 && r->rest.n == 0 && r->raw_end) {
			if (decoder_at_border(r->decoder))
				return 0;
			err_set(e, ERR_INPUT, "%s data is cut off",
			    codec_name(r->codec));
			return -1;
		}
	}
	return (long)out;
}

long
reader_read(struct reader *r, char *to, size_t n, struct err *e)
{
	long got;

	if (!r->probed && !probe(r, e))
		return -1;
	if (r->decoder != NULL) {
		got = read_decoded(r, to, n, e);
	} else if (r->rest.n > 0) {
		got = (long)(r->rest.n < n ? r->rest.n : n);
		memcpy(to, r->rest.p, (size_t)got);
		r->rest.p += got;
		r->rest.n -= (size_t)got;
	} else {
		got = r->raw_end ? 0 : raw_read(r, to, n, e);
	}
	if (got > 0) {
		r->bytes += (uint64_t)got;
		if (r->digest != NULL)
			digest_add(r->digest, to, (size_t)got);
	}
	return got;
}

uint64_t
reader_skip(struct reader *r, uint64_t n)
{
	uint64_t left = r->raw_size - r->raw_done;

	if (!r->regular || !r->probed || r->decoder != NULL || r->rest.n > 0 ||
	    r->raw_done >= r->raw_size)
		return 0;
	if (n > left)
		n = left;
	if (n > INT64_MAX || lseek(r->fd, (off_t)n, SEEK_CUR) < 0)
		return 0;
	r->raw_done += n;
	r->bytes += n;
	return n;
}

bool
reader_pauses(struct reader *r)
{
	struct pollfd fd = { r->fd, POLLIN, 0 };

	if (r->regular || r->raw_end || r->rest.n > 0 || r->more || r->stopped)
		return false;
	return poll(&fd, 1, 0) == 0;
}

void
block_release(struct block *b)
{
	mem_free(b->text);
	memset(b, 0, sizeof(*b));
}

static void
block_room(struct block *b, size_t room)
{
	if (b->room < room) {
		b->room = room;
		b->text = mem_resize(b->text, room + READER_SLACK, 1);
		memset(b->text + room, 0, READER_SLACK);
	}
}

/* Keeps the bytes behind the last line feed for the next block. */
static void
keep_tail(struct reader *r, const struct block *b, size_t from)
{
	r->ntail = b->n - from;
	if (r->tail_room < r->ntail) {
		r->tail_room = 2 * r->ntail;
		r->tail = mem_resize(r->tail, r->tail_room, 1);
	}
	if (r->ntail > 0)
		memcpy(r->tail, b->text + from, r->ntail);
}

static uint64_t
count_lines(const char *p, size_t n)
{
	const char *end = p + n;
	uint64_t lines = 0;

	while ((p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		lines++;
		p++;
	}
	return lines;
}

/*
 * A line that is longer than the limit: the block keeps its first bytes, the
 * rest is read over up to its line feed.
 */
static bool
cut_line(struct reader *r, struct block *b, struct err *e)
{
	char *spare = mem_alloc(RAW);
	bool ok = true;

	b->cut = true;
	b->whole = b->n;
	b->n = r->limit;
	for (;;) {
		long got = reader_read(r, spare, RAW, e);
		char *lf;

		if (got <= 0) {
			ok = got == 0;
			r->lines_end = true;
			break;
		}
		lf = memchr(spare, '\n', (size_t)got);
		if (lf == NULL) {
			b->whole += (uint64_t)got;
			continue;
		}
		b->whole += (uint64_t)(lf - spare);
		r->ntail = 0;
		if (lf + 1 < spare + got) {
			struct block rest = { .text = lf + 1,
				.n = (size_t)(spare + got - lf) - 1 };

			keep_tail(r, &rest, 0);
		}
		break;
	}
	r->offset += b->whole + 1;
	r->line++;
	mem_free(spare);
	return ok;
}

static size_t
last_line_feed(const char *p, size_t from, size_t n)
{
	while (n > from && p[n - 1] != '\n')
		n--;
	return n > from ? n : 0;
}

/* Hands the first `whole` bytes out and keeps what is behind them. */
static bool
hand_out(struct reader *r, struct block *b, size_t whole)
{
	keep_tail(r, b, whole);
	b->n = whole;
	memset(b->text + b->n, 0, READER_SLACK);
	r->offset += whole;
	r->line += count_lines(b->text, whole);
	return true;
}

bool
reader_block(struct reader *r, struct block *b, struct err *e)
{
	size_t seen = 0, whole = 0;

	b->cut = false;
	b->line = r->line;
	b->offset = r->offset;
	block_room(b, READER_BLOCK > r->ntail ? READER_BLOCK : 2 * r->ntail);
	b->n = r->ntail;
	if (r->ntail > 0)
		memcpy(b->text, r->tail, r->ntail);
	r->ntail = 0;
	whole = last_line_feed(b->text, 0, b->n);
	while (!r->lines_end) {
		long got;

		if (whole > 0 && (b->n == b->room || reader_pauses(r)))
			return hand_out(r, b, whole);
		if (r->impatient && b->n <= r->limit && reader_pauses(r))
			return hand_out(r, b, 0);
		if (whole == 0 && b->n > r->limit)
			return cut_line(r, b, e);
		if (b->n == b->room)
			block_room(b, 2 * b->room);
		seen = b->n;
		got = reader_read(r, b->text + b->n, b->room - b->n, e);
		if (got <= 0) {
			r->lines_end = true;
			/* Whole lines before a cut are good; half a one is not. */
			if (got < 0 || r->stopped) {
				hand_out(r, b, whole);
				r->ntail = 0;
				return whole > 0;
			}
			break;
		}
		b->n += (size_t)got;
		seen = last_line_feed(b->text, seen, b->n);
		if (seen > 0)
			whole = seen;
	}
	if (b->n == 0)
		return false;
	if (b->n - whole <= r->limit)
		return hand_out(r, b, b->n);
	if (whole > 0)
		return hand_out(r, b, whole);
	return cut_line(r, b, e);
}

bool
reader_stopped(const struct reader *r)
{
	return r->stopped;
}

uint64_t
reader_bytes(const struct reader *r)
{
	return r->bytes;
}

void
reader_digest(const struct reader *r, uint8_t out[DIGEST_SIZE])
{
	digest_peek(r->digest, out);
}

uint64_t
reader_raw_done(const struct reader *r)
{
	return r->raw_done;
}

uint64_t
reader_raw_size(const struct reader *r)
{
	return r->raw_size;
}

bool
reader_slurp(const char *path, size_t limit, struct buf *to, struct err *e)
{
	struct reader *r = reader_open(path, NULL, e);
	long got = r == NULL ? -1 : 1;
	size_t before = to->n;
	struct stat st;

	/* Room for a plain file at once: what grows is copied. */
	if (got > 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    (uintmax_t)st.st_size <= limit)
		buf_room(to, (size_t)st.st_size + READER_BLOCK);
	while (got > 0) {
		got =
		    reader_read(r, buf_room(to, READER_BLOCK), READER_BLOCK, e);
		if (got > 0)
			to->n += (size_t)got;
		else if (got < 0)
			err_wrap(e, "%s", path);
		if (to->n - before > limit) {
			err_set(e, ERR_INPUT, "%s: holds more than %zu bytes",
			    path, limit);
			got = -1;
		}
	}
	reader_free(r);
	return got == 0;
}
