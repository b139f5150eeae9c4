#include "sources/job_beside.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/mem.h"
#include "sources/charset.h"
#include "sources/format.h"
#include "sources/kept.h"
#include "sources/wfdb.h"

#define RAW   ((size_t)64 << 10) /* of one that is only set aside */
#define GRAIN ((size_t)64 << 10)
#define MOST  65536 /* members that are held, and names of others */

struct held {
	uint64_t at; /* in the temporary file */
	uint64_t kept, size;
	bool header, gone;
};

struct beside {
	const struct place_of *archive;
	struct index *paths; /* of what is held, as in `held` */
	struct held *held;
	size_t room;
	struct index *named; /* paths that headers name */
	FILE *spool;
	uint64_t end; /* of the temporary file */
	bool over;
};

struct beside_file {
	const struct beside *of;
	struct input *input;
	uint64_t at, left;
	char room[GRAIN];
};

struct beside *
beside_new(const struct place_of *archive)
{
	struct beside *b = mem_zalloc(sizeof(*b));

	b->archive = archive;
	b->paths = index_new();
	b->named = index_new();
	return b;
}

void
beside_free(struct beside *b)
{
	if (b == NULL)
		return;
	if (b->spool != NULL)
		fclose(b->spool);
	index_free(b->paths);
	index_free(b->named);
	mem_free(b->held);
	mem_free(b);
}

bool
beside_is_over(const struct beside *b)
{
	return b->over;
}

/* --- the temporary file -------------------------------------------------- */

static bool
put(struct beside *b, const char *folder, const char *p, size_t n,
    struct err *e)
{
	if (b->spool == NULL)
		b->spool = kept_nameless(folder);
	if (b->spool == NULL ||
	    fseeko(b->spool, (off_t)b->end, SEEK_SET) != 0 ||
	    fwrite(p, 1, n, b->spool) != n || fflush(b->spool) != 0)
		return err_sys(e, ERR_OUTPUT,
		    "%s: temporary file (--spool-dir names another folder)",
		    folder == NULL ? "/tmp" : folder);
	b->end += n;
	return true;
}

static ssize_t
file_block(void *ctx, const char **block, struct err *e)
{
	struct beside_file *f = ctx;
	size_t n = f->left < GRAIN ? (size_t)f->left : GRAIN;
	ssize_t got = 0;

	if (n > 0)
		do
			got = pread(
			    fileno(f->of->spool), f->room, n, (off_t)f->at);
		while (got < 0 && errno == EINTR);
	if (got < 0)
		err_sys(e, ERR_INPUT, "temporary file");
	if (got > 0) {
		f->at += (uint64_t)got;
		f->left -= (uint64_t)got;
	}
	*block = f->room;
	return got;
}

static struct beside_file *
open_held(const struct beside *b, const struct held *h)
{
	struct beside_file *f = mem_alloc(sizeof(*f));

	f->of = b;
	f->at = h->at;
	f->left = h->kept;
	f->input = input_new(file_block, f);
	return f;
}

struct beside_file *
beside_open(const struct beside *b, struct slice path)
{
	long i = index_find(b->paths, path);

	return i < 0 || b->held[i].gone ? NULL : open_held(b, &b->held[i]);
}

void
beside_close(struct beside_file *f)
{
	if (f == NULL)
		return;
	input_free(f->input);
	mem_free(f);
}

struct input *
beside_input(struct beside_file *f)
{
	return f->input;
}

/* --- what is held -------------------------------------------------------- */

static bool
ends_in(const char *name, const char *end)
{
	size_t n = strlen(name), k = strlen(end);

	return n > k && strcmp(name + n - k, end) == 0;
}

static void
add_name(struct beside *b, struct slice path)
{
	if (index_count(b->named) < MOST)
		index_add(b->named, path, NULL);
}

/* The signal files that a header names, and its annotations. */
static void
note_names(struct beside *b, const char *header, struct slice head)
{
	const char *slash = strrchr(header, '/');
	struct arena *a = arena_new();
	struct buf text = { 0 }, path = { 0 };
	struct err ignored = { 0 };
	struct wfdb h;

	charset_name_text(head, &text);
	if (!wfdb_parse(buf_slice(&text), a, &h, &ignored))
		h.nsignals = 0;
	for (size_t i = 0; i < h.nsignals; i++) {
		if (!wfdb_is_name(h.signals[i].file))
			continue;
		buf_reset(&path);
		if (slash != NULL)
			buf_add(&path, header, (size_t)(slash + 1 - header));
		buf_add_slice(&path, h.signals[i].file);
		add_name(b, buf_slice(&path));
	}
	if (ends_in(header, ".hea")) {
		buf_reset(&path);
		buf_add(&path, header, strlen(header) - strlen("hea"));
		buf_adds(&path, "atr");
		add_name(b, buf_slice(&path));
	}
	buf_release(&path);
	buf_release(&text);
	arena_free(a);
}

/* A member that the archive cuts off is a reject at once. */
static bool
refuse_cut(struct job *j, const struct place_of *at, struct input *in,
    const char *format, struct err *e)
{
	struct piece p = { .to = input_bytes(in), .bytes = SLICE("") };
	struct member m;

	p.next = p.to;
	job_begin(j, &m, at, in, format);
	if (member_reject_cut(&m, &p, e))
		return member_end(&m, e);
	member_release(&m);
	return false;
}

static bool
hold(struct job *j, const struct place_of *at, struct input *in,
    struct slice path, struct held h, struct err *e)
{
	struct beside *b = j->beside;
	bool all = h.header || j->options->samples_ns > 0 ||
	    ends_in(at->parts[at->nparts - 1], ".atr");
	size_t i = index_add(b->paths, path, NULL);
	struct err ignored = { 0 };
	const char *block;
	ssize_t got;

	h.at = b->end;
	while ((got = input_next(in, &block, &ignored)) > 0) {
		uint64_t more = all || h.kept + (uint64_t)got <= RAW
		    ? (uint64_t)got
		    : RAW - h.kept;

		if (more > 0 &&
		    !put(b, j->options->spool_dir, block, (size_t)more, e))
			return false;
		h.kept += more;
	}
	h.size = input_bytes(in);
	h.gone = input_failed(in, NULL);
	b->held = mem_room(b->held, i, &b->room, sizeof(*b->held));
	b->held[i] = h;
	return !h.gone ||
	    refuse_cut(j, at, in, h.header ? "wfdb" : "unknown", e);
}

bool
beside_takes(struct job *j, const struct place_of *at, struct input *in,
    const struct source_format *f, bool *taken, struct err *e)
{
	struct beside *b = j->beside;
	struct held h = { .header = f != NULL && f->read == wfdb_read };
	struct slice path;
	bool named;

	*taken = false;
	if (b == NULL || b->over || at->nparts != b->archive->nparts + 1)
		return true;
	path = slice_of(at->parts[at->nparts - 1]);
	if (h.header)
		note_names(b, path.p, input_peek(in, RAW));
	named = index_find(b->named, path) >= 0;
	if (!h.header && !named &&
	    (f != NULL ||
		!(ends_in(path.p, ".dat") || ends_in(path.p, ".atr"))))
		return true;
	if (index_count(b->paths) == MOST || index_find(b->paths, path) >= 0)
		return true;
	*taken = true;
	return hold(j, at, in, path, h, e);
}

/* --- the end ------------------------------------------------------------- */

static bool
read_header(struct job *j, const struct place_of *at, const struct held *h,
    struct err *e)
{
	struct beside_file *f = open_held(j->beside, h);
	struct input *in = job_hashed(j, f->input);
	bool ok = job_member(
	    j, at, in, at->parts[at->nparts - 1], input_peek(in, RAW), e);

	beside_close(f);
	return ok;
}

static bool
settle(struct job *j, const struct place_of *at, const struct held *h,
    bool named, struct err *e)
{
	struct beside_file *f = open_held(j->beside, h);
	struct piece p = { .to = h->size, .next = h->size };
	struct err why = { 0 };
	struct member m;
	bool ok = true;

	p.bytes = input_peek(f->input, RAW);
	if (p.bytes.n > RAW)
		p.bytes.n = RAW;
	job_begin(j, &m, at, NULL, named ? "wfdb" : "unknown");
	if (named) {
		member_skip_to(&m, h->size, "with_header");
	} else {
		err_data(&why, "unknown_format",
		    "neither text nor a format that is known, and no header "
		    "of the archive names it (--exclude leaves it out)");
		ok = member_reject(&m, &p, &why, e);
	}
	if (ok)
		ok = member_end(&m, e);
	else
		member_release(&m);
	beside_close(f);
	return ok;
}

/* Headers first: they say what the others are. */
bool
beside_end(struct job *j, struct err *e)
{
	struct beside *b = j->beside;
	size_t n = index_count(b->paths);
	bool ok = true;

	b->over = true;
	for (int round = 0; round < 2; round++)
		for (size_t i = 0; ok && i < n; i++) {
			struct slice path = index_name(b->paths, i);
			struct place_of at = *b->archive;

			if (b->held[i].gone ||
			    b->held[i].header != (round == 0))
				continue;
			at.parts[at.nparts++] =
			    arena_string(j->arena, path.p, path.n);
			ok = round == 0
			    ? read_header(j, &at, &b->held[i], e)
			    : settle(j, &at, &b->held[i],
				  index_find(b->named, path) >= 0, e);
		}
	return ok;
}
