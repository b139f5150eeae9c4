#include "sources/outer.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "io/ahead.h"
#include "io/archive.h"
#include "io/codec.h"
#include "io/encoding.h"
#include "sources/format.h"

#define GRAIN   ((size_t)256 << 10)
#define SMALL   ((uint64_t)256 << 20) /* --sha256 auto */
#define WORTH   ((uint64_t)1 << 20)   /* of a second thread */
#define INSIDE  ((size_t)16 << 10)
#define CARRIED 3 /* bytes of a character that a block may cut off */

/* Validity of a text that comes in blocks. */
struct validity {
	size_t (*prefix)(const char *, size_t);
	char carried[CARRIED];
	size_t ncarried;
	uint64_t good; /* bytes */
	bool broken;
};

/* text has CARRIED bytes of room in front. */
static void
check_block(struct validity *v, char *text, size_t n)
{
	size_t good;

	if (v->broken)
		return;
	text -= v->ncarried;
	n += v->ncarried;
	memcpy(text, v->carried, v->ncarried);
	good = v->prefix(text, n);
	v->good += good;
	v->ncarried = n - good;
	v->broken = v->ncarried > CARRIED;
	if (!v->broken)
		memcpy(v->carried, text + good, v->ncarried);
}

/* Whether as GB18030 the file is valid beyond the bytes that are UTF-8. */
static bool
is_gb_beyond(int fd, char *text, uint64_t utf8)
{
	struct validity gb = { .prefix = encoding_gb18030_prefix };
	uint64_t at = 0;
	ssize_t got;

	while (!gb.broken && gb.good <= utf8 &&
	    (got = pread(fd, text, GRAIN, (off_t)at)) > 0) {
		check_block(&gb, text, (size_t)got);
		at += (uint64_t)got;
	}
	return gb.good > utf8;
}

/* A file that is read and looked at, block by block. */
struct looking {
	int fd;
	struct validity utf8;
	bool cr;
	char *text; /* CARRIED bytes of room in front */
};

static ssize_t
look_on(void *ctx, const char **block, struct err *e)
{
	struct looking *l = ctx;
	ssize_t got = read(l->fd, l->text, GRAIN);

	if (got < 0)
		err_set(e, ERR_INPUT, "cannot be read");
	if (got <= 0)
		return got;
	*block = l->text;
	check_block(&l->utf8, l->text, (size_t)got);
	l->cr = l->cr || memchr(l->text, '\r', (size_t)got) != NULL;
	return got;
}

/* The digest of all blocks, which a second thread reads where one may. */
static bool
hash_all(struct looking *l, bool second, struct digest *d)
{
	struct ahead *ahead = second ? ahead_new(look_on, l) : NULL;
	struct err ignored = { 0 };
	const char *block;
	ssize_t got;

	while ((got = ahead != NULL ? ahead_next(ahead, &block, &ignored)
				    : look_on(l, &block, &ignored)) > 0)
		if (d != NULL)
			digest_add(d, block, (size_t)got);
	ahead_free(ahead);
	return got == 0;
}

/*
 * Digest and encoding in one pass; only a file that turns out not to be UTF-8
 * is looked at a second time, from its start to the place where it was not.
 */
static void
read_whole(struct outer *o, int fd, bool hash, bool second)
{
	char *room = mem_alloc(CARRIED + GRAIN);
	struct looking l = { .fd = fd,
		.utf8 = { .prefix = utf8_valid_prefix },
		.text = room + CARRIED };
	struct digest *d = hash ? digest_new() : NULL;

	o->judged = hash_all(&l, hash && second && o->size >= WORTH, d);
	o->hashed = o->known = o->judged && hash;
	o->cr = l.cr;
	o->gb = (l.utf8.broken || l.utf8.ncarried > 0) &&
	    is_gb_beyond(fd, l.text, l.utf8.good);
	if (hash)
		digest_peek(d, o->digest);
	digest_free(d);
	mem_free(room);
}

/* Of a compressed file the first bytes say what is in it. */
static bool
is_head_only(struct slice seen, const struct source_options *options)
{
	enum codec codec = codec_detect(seen.p, seen.n);
	char *inside = NULL;
	struct decoder *d;
	struct err ignored = { 0 };
	bool so;

	if (codec != CODEC_PLAIN) {
		size_t n = 0, more = 1;

		inside = mem_alloc(INSIDE);
		d = decoder_new(codec);
		while (n < INSIDE && more > 0 &&
		    decoder_run(
			d, &seen, inside + n, INSIDE - n, &more, &ignored))
			n += more;
		decoder_free(d);
		seen = (struct slice){ inside, n };
	}
	so = format_is_head_only(seen, options);
	mem_free(inside);
	return so;
}

void
outer_look(struct outer *o, const char *path,
    const struct source_options *options, bool report, bool second)
{
	char head[4096];
	struct stat st;
	struct slice seen;
	ssize_t got;
	bool small, wanted;
	int fd;

	memset(o, 0, sizeof(*o));
	if (strcmp(path, "-") == 0) {
		o->live = fstat(STDIN_FILENO, &st) != 0 || !S_ISREG(st.st_mode);
		return;
	}
	/* Who writes to a FIFO would take an open that is closed again for the
	   reader, and what it writes meanwhile would be lost. */
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		o->live = true;
		return;
	}
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    (got = read(fd, head, sizeof(head))) < 0) {
		o->live = fd >= 0 && !S_ISREG(st.st_mode);
		if (fd >= 0)
			close(fd);
		return;
	}
	seen = (struct slice){ head, (size_t)got };
	o->size = (uint64_t)st.st_size;
	o->file = true;
	o->head_only = is_head_only(seen, options);
	small = o->size <= SMALL && options->hash == HASH_AUTO;
	o->plain = codec_detect(head, seen.n) == CODEC_PLAIN;
	o->archive = o->plain && format_is_archive(seen, options) &&
	    !unpack_is_compressed(seen);
	o->sqlite = o->plain && sqlite_is(seen) &&
	    (options->format == NULL || strcmp(options->format, "sqlite") == 0);
	wanted = small || options->hash == HASH_ALWAYS ||
	    options->state != NULL || (o->archive && report);
	if (small || options->hash == HASH_ALWAYS || (o->archive && report) ||
	    (o->plain && !o->archive && !o->sqlite)) {
		bool whole = !o->head_only || options->hash == HASH_ALWAYS;

		if (whole && lseek(fd, 0, SEEK_SET) == 0)
			read_whole(o, fd, wanted, second);
		o->hashed = o->hashed &&
		    (small || options->hash == HASH_ALWAYS || o->archive);
		o->judged = o->judged && o->plain && !o->archive;
	}
	close(fd);
}
