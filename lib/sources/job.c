#include "sources/job.h"

#include <sys/stat.h>

#include <fcntl.h>
#include <fnmatch.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "io/archive.h"
#include "io/reader.h"
#include "sources/charset.h"
#include "sources/format.h"
#include "sources/helper.h"
#include "sources/job_beside.h"
#include "sources/manifest.h"
#include "sources/outer.h"
#include "sources/own.h"
#include "sources/scheme.h"
#include "sources/sqlite.h"
#include "sources/stay.h"
#include "sources/wfdb_beside.h"

#define STEP    ((size_t)16 << 10) /* where a head is all that is read */
#define HEAD    ((size_t)64 << 10)
#define NESTING 8
#define RATIO   250

unsigned
job_nesting(const struct source_options *o)
{
	return o->max_nesting == 0 ? NESTING : o->max_nesting;
}

/* The manifest has the digest of every member. */
struct input *
job_hashed(const struct job *j, struct input *in)
{
	if (j->sink.manifest != NULL)
		input_hash(in);
	return in;
}

/* --- the state ----------------------------------------------------------- */

bool
job_keep(struct job *j, const char *scope, struct slice key, struct slice value,
    struct err *e)
{
	return j->state == NULL ||
	    (sink_write(&j->sink, e) &&
		state_put(j->state, scope, key, value, e));
}

bool
job_settle(struct job *j, bool now, struct err *e)
{
	return sink_settle(&j->sink, now, e);
}

/* --- one member ---------------------------------------------------------- */

void
job_begin(struct job *j, struct member *m, const struct place_of *at,
    struct input *in, const char *format)
{
	member_begin(m, j->options, &j->sink, j->totals, at, in, format);
	m->live = j->live && j->depth == 0;
	m->spare_core = j->spare_core && !m->live;
	m->judged = j->judged && at->nparts == 0;
	m->judged_gb = j->judged_gb;
	m->judged_cr = j->judged_cr;
	m->size = at->nparts == 0 && j->depth == 0 ? j->size : 0;
	m->file = at->nparts == 0 && j->depth == 0 && j->file;
	m->beside =
	    j->beside != NULL && beside_is_over(j->beside) ? j->beside : NULL;
	j->members++;
}

bool
job_account(struct job *j, const struct place_of *at, const char *format,
    const char *reason, const struct err *why, struct err *e)
{
	struct piece nothing = { .bytes = SLICE("") };
	struct member m;

	job_begin(j, &m, at, NULL, format);
	if (why == NULL) {
		member_skip(&m, &nothing, reason);
	} else if (!member_reject(&m, &nothing, why, e) && !m.enough) {
		member_release(&m);
		return false;
	}
	return member_end(&m, e);
}

/* Bytes that no reader knows: one reject with the beginning of them. */
static bool
set_unknown_aside(struct member *m, const struct helper *h, struct err *e)
{
	struct slice head = input_peek(m->input, HEAD);
	struct piece p = { 0 };
	struct err why = { 0 }, ignored = { 0 };
	const char *block;
	char *kept;
	bool ok;

	if (head.n > HEAD)
		head.n = HEAD;
	kept = mem_dup(head.p, head.n);
	p.bytes = (struct slice){ kept, head.n };
	while (input_next(m->input, &block, &ignored) > 0)
		continue;
	p.to = p.next = input_bytes(m->input);
	if (h != NULL)
		err_data(&why, "needs_helper",
		    "is read by another program only (--helper %s allows it)",
		    h->name);
	else
		err_data(&why, "unknown_format",
		    "neither text nor a format that is known (--format names "
		    "one, --exclude leaves it out)");
	ok = input_failed(m->input, NULL) ? member_reject_cut(m, &p, e)
					  : member_reject(m, &p, &why, e);
	mem_free(kept);
	return ok;
}

/* A file that says of another one that it is finished. */
static bool
is_marker(const struct job *j, const char *name)
{
	const char *done = j->options->done;
	size_t n = strlen(name), suffix = done == NULL ? 0 : strlen(done);

	return suffix > 0 && n > suffix && strcmp(name + n - suffix, done) == 0;
}

static bool
lacks_twin(const struct job *j, const char *path)
{
	struct buf twin = { 0 };
	bool lacks;

	if (j->options->done == NULL)
		return false;
	buf_addf(&twin, "%s%s", path, j->options->done);
	lacks = access(buf_string(&twin), F_OK) != 0;
	buf_release(&twin);
	return lacks;
}

/* An export that wrote nothing is the commonest silent failure. */
static bool
account_empty(struct job *j, struct member *m, const char *name, struct err *e)
{
	struct piece nothing = { .bytes = SLICE("") };
	const char *base = strrchr(name, '/');
	struct err why = { 0 };

	if (input_failed(m->input, NULL) || j->live)
		return true;
	if (strcmp(base == NULL ? name : base + 1, "_SUCCESS") == 0 ||
	    is_marker(j, name)) {
		member_skip(m, &nothing, "marker");
		return true;
	}
	err_data(&why, "empty", "has no bytes at all");
	return member_reject(m, &nothing, &why, e);
}

/*
 * What tells the format.  Standard input that may be live shows its first
 * line, however its writer cuts it up; other bytes are there for the asking.
 */
static struct slice
head_of(struct job *j, struct input *in)
{
	bool step = j->live || j->head_only;
	struct slice s = input_peek(in, step && j->depth == 0 ? 1 : HEAD);
	const char *lf;

	if (!j->live || j->depth > 0)
		return s;
	while ((lf = memchr(s.p, '\n', s.n)) == NULL && s.n < HEAD &&
	    memchr(s.p, '\r', s.n) == NULL) {
		size_t had = s.n;

		s = input_peek(in, had + 1);
		if (s.n == had)
			return s;
	}
	if (unpack_looks_like(s) || memchr(s.p, '\0', s.n) != NULL)
		return input_peek(in, HEAD);
	if (lf != NULL)
		s.n = (size_t)(lf + 1 - s.p);
	return s;
}

/* What a member looks like that --format says is something else. */
static const char *
unlike(const struct source_options *o, const struct source_format *forced,
    struct slice head, const char *name)
{
	const struct source_format *told;

	if (o->format == NULL || forced->is == NULL || forced->is(head))
		return NULL;
	told = format_of(head, name, o->encoding);
	return told == NULL ? "" : told == forced ? NULL : told->name;
}

bool
job_member(struct job *j, const struct place_of *at, struct input *in,
    const char *name, struct slice head, struct err *e)
{
	const struct source_options *o = j->options;
	const struct source_format *f = NULL;
	const struct helper *h = NULL;
	struct member m;
	bool ok, taken = false;

	if (o->format != NULL)
		f = source_format_find(o->format);
	else if ((h = helpers_find(o->helpers, head, name, true)) == NULL &&
	    (f = format_of(head, name, o->encoding)) == NULL)
		h = helpers_find(o->helpers, head, name, false);
	/* Who names a delimiter means a table, whatever it looks like. */
	if (o->tabular && f != NULL && f->read == text_read &&
	    at->nparts == 0 && at->walked == NULL)
		f = source_format_find("csv");
	if (h != NULL && h->allowed)
		return job_helper(j, at, in, h, e);
	if (o->format == NULL && j->file && at->nparts == 0 &&
	    wfdb_claims(at->uri))
		f = &wfdb_beside;
	if (head.n > 0 && !beside_takes(j, at, in, f, &taken, e))
		return false;
	if (taken)
		return true;
	job_begin(
	    j, &m, at, in, head.n == 0 || f == NULL ? "unknown" : f->name);
	m.unlike = unlike(o, f, head, name);
	if (!charset_init(&m.charset, j->options->encoding, e))
		return false;
	if (head.n == 0)
		ok = account_empty(j, &m, name, e);
	else if (f == NULL)
		ok = set_unknown_aside(&m, h, e);
	else
		ok = f->read(&m, e);
	input_alone(in);
	if (ok || m.enough)
		return member_end(&m, e);
	member_release(&m);
	return false;
}

/* --- whatever it is ------------------------------------------------------ */

/* The path as it is written, and as patterns are held against it. */
static const char *
text_of_path(const struct job *j, const char *path)
{
	struct buf text = { 0 };

	if (utf8_valid(path, strlen(path)))
		return path;
	charset_path_text(path, &text);
	path = arena_string(j->arena, text.p, text.n);
	buf_release(&text);
	return path;
}

static bool
matches(
    const struct job *j, const char *const *globs, const struct place_of *at)
{
	for (; *globs != NULL; globs++) {
		const char *whole[MEMBER_PARTS + 1];
		size_t n = 0;

		if (at->walked != NULL)
			whole[n++] = text_of_path(j, at->walked);
		for (size_t i = at->unchained; i < at->nparts; i++)
			whole[n++] = at->parts[i];
		for (size_t i = 0; i < n; i++) {
			const char *base = strrchr(whole[i], '/');

			if (fnmatch(*globs, whole[i], 0) == 0 ||
			    (base != NULL && fnmatch(*globs, base + 1, 0) == 0))
				return true;
		}
	}
	return false;
}

/* What is named itself is always read. */
static bool
is_excluded(const struct job *j, const struct place_of *at, bool container)
{
	const struct source_options *o = j->options;

	if (at->walked == NULL && at->nparts == at->unchained)
		return false;
	if (o->exclude != NULL && matches(j, o->exclude, at))
		return true;
	return !container && o->include != NULL && !matches(j, o->include, at);
}

bool
job_bytes(struct job *j, const struct place_of *at, struct input *in,
    const char *name, struct err *e)
{
	unsigned ratio =
	    j->options->max_ratio == 0 ? RATIO : j->options->max_ratio;
	struct slice head;
	enum codec codec;
	bool ok;

	if (is_excluded(j, at, true))
		return job_account(j, at, "unknown", "excluded", NULL, e);
	head = input_peek(in, j->growing != NULL ? 1 : CODEC_MAGIC);
	codec = codec_detect(head.p, head.n);
	if (codec != CODEC_PLAIN) {
		struct input *inner;

		if (j->depth >= job_nesting(j->options))
			return job_refuse_nesting(j, at, e);
		inner = job_hashed(j, input_decoded(in, codec, ratio));
		j->depth++;
		ok = job_bytes(j, at, inner, name, e);
		j->depth--;
		input_free(inner);
		return ok;
	}
	if (j->options->max_member > 0)
		input_limit(in, j->options->max_member);
	head = head_of(j, in);
	if (format_is_archive(head, j->options))
		return job_archive(j, at, in, NULL, 0, e);
	if (is_excluded(j, at, false))
		return job_account(j, at, "unknown", "excluded", NULL, e);
	return job_member(j, at, in, name, head, e);
}

/* --- the outermost source ------------------------------------------------ */

struct outer_read {
	struct job *job;
	struct reader *reader;
	char *to;
	unsigned ratio;
};

/* When the input pauses, what is finished leaves before we wait. */
static ssize_t
outer_block(void *ctx, const char **block, struct err *e)
{
	struct outer_read *o = ctx;
	long got;

	if (o->job->live && reader_pauses(o->reader) &&
	    !sink_flush(&o->job->sink, &o->job->broken)) {
		*e = o->job->broken;
		return -1;
	}
	got = reader_read(o->reader, o->to, HEAD, e);
	*block = o->to;
	if (got == 0 && reader_stopped(o->reader)) {
		err_set(e, ERR_INPUT, "interrupted");
		return -1;
	}
	if (reader_bytes(o->reader) > ((uint64_t)1 << 20) &&
	    reader_bytes(o->reader) / o->ratio > reader_raw_done(o->reader)) {
		err_data(e, "limit_ratio",
		    "grows to more than %u times its size (--max-ratio "
		    "raises the limit)",
		    o->ratio);
		return -1;
	}
	return (ssize_t)got;
}

static uint64_t
outer_jump(void *ctx, uint64_t n)
{
	struct outer_read *o = ctx;

	return reader_skip(o->reader, n);
}

static bool
note_input(struct job *j, const char *uri, const struct outer *o,
    struct input *in, struct reader *r, struct err *e)
{
	uint8_t digest[DIGEST_SIZE];
	bool hashed =
	    r != NULL && input_ended(in) && run_options(j->run)->report != NULL;

	if (hashed)
		reader_digest(r, digest);
	else if (in == NULL && o->hashed)
		memcpy(digest, o->digest, sizeof(digest));
	return totals_input(j->totals, &j->sink, uri,
	    in != NULL ? input_bytes(in) : o->size,
	    hashed || (in == NULL && o->hashed) ? digest : NULL, e);
}

/* A regular file that is an archive: opened by path, so that it can seek. */
static bool
read_archive_file(struct job *j, const struct place_of *at,
    const struct outer *o, struct err *e)
{
	if (!job_archive(j, at, NULL, at->uri, o->size, e))
		return false;
	return j->keep.again || note_input(j, at->uri, o, NULL, NULL, e);
}

/* An SQLite file is opened by path: it is read where it is needed. */
static bool
read_database_file(struct job *j, const struct place_of *at,
    const struct outer *o, struct err *e)
{
	return sqlite_file(j, at, o->size, e) &&
	    note_input(j, at->uri, o, NULL, NULL, e);
}

static bool
read_stream(struct job *j, const struct place_of *at, const struct outer *o,
    struct err *e)
{
	struct outer_read ctx = { .job = j,
		.ratio = j->options->max_ratio == 0 ? RATIO
						    : j->options->max_ratio };
	struct err why = { 0 };
	struct input *in;
	bool ok;

	ctx.reader = reader_open(at->uri, run_options(j->run)->stop, &why);
	if (ctx.reader == NULL)
		return sink_fail(&j->sink, &why, e);
	if (run_options(j->run)->report != NULL)
		reader_hash(ctx.reader);
	if (o->head_only)
		reader_step(ctx.reader, STEP);
	ctx.to = mem_alloc(HEAD);
	in = job_hashed(j, input_new(outer_block, &ctx));
	input_can_jump(in, outer_jump);
	ok = job_bytes(j, at, in, at->uri, e);
	if (ok && j->broken.kind != ERR_NONE) {
		*e = j->broken;
		ok = false;
	}
	if (ok && !j->keep.again)
		ok = note_input(j, at->uri, o, in, ctx.reader, e);
	input_free(in);
	reader_free(ctx.reader);
	mem_free(ctx.to);
	return ok;
}

/* As often as it takes: a member that was rewritten is read anew. */
static bool
read_file(struct job *j, const struct place_of *at, const struct outer *o,
    struct err *e)
{
	unsigned failures = j->sink.failures;

	do {
		j->depth = 0;
		j->members = 0;
		if (!(j->options->follow ? stay_read(j, at, e)
			    : o->archive ? read_archive_file(j, at, o, e)
			    : o->sqlite  ? read_database_file(j, at, o, e)
					 : read_stream(j, at, o, e)))
			return false;
	} while (keep_once_more(&j->keep));
	return j->options->follow || j->sink.failures > failures ||
	    sink_stopped(&j->sink) ||
	    keep_source_end(&j->keep, o->known ? o->digest : NULL, e);
}

/* What follows a file asks for lines as they come, and has seen no end. */
static void
look(
    struct job *j, const struct walked *w, struct outer *o, struct place_of *at)
{
	bool follow = j->options->follow;

	outer_look(o, w->uri, j->options, run_options(j->run)->report != NULL,
	    j->spare_core);
	j->live = o->live || follow;
	j->judged = o->judged && (!follow || o->size > 0);
	j->judged_gb = o->gb;
	j->judged_cr = o->cr;
	j->size = o->plain && !follow ? o->size : 0;
	j->file = o->file && !follow;
	j->head_only = o->head_only;
	if (o->hashed && j->options->hash != HASH_NEVER && !follow)
		digest_hex(o->digest, at->sha256);
}

/* *unchanged: nothing of it is new. */
static bool
look_and_read(struct job *j, const struct walked *w, struct place_of *at,
    bool *unchanged, struct err *e)
{
	struct outer o;
	bool kept = !sqlite_is_asked(j->options, w->uri);

	*unchanged = false;

	if (kept && !keep_source(&j->keep, w, unchanged, e))
		return false;
	if (*unchanged && !j->options->follow)
		return true;
	look(j, w, &o, at);
	*unchanged = false;
	if (j->options->follow)
		return read_file(j, at, &o, e);
	if (!keep_same(&j->keep, o.known ? o.digest : NULL, unchanged, e))
		return false;
	if (!*unchanged)
		return read_file(j, at, &o, e);
	return sink_write(&j->sink, e) &&
	    keep_source_end(&j->keep, o.digest, e);
}

bool
job_source(struct job *j, const struct walked *w, struct err *e)
{
	struct place_of at = { .uri = w->uri,
		.shown = text_of_path(j, w->uri),
		.walked = w->rest };
	const struct source_scheme *scheme =
	    w->rest == NULL ? scheme_of(w->uri) : NULL;
	struct err why = w->why;
	bool ok, unchanged;

	j->depth = 0;
	j->members = 0;
	j->sink.at_will = scheme == NULL;
	if (scheme != NULL) {
		j->live = j->judged = j->file = j->head_only = false;
		j->size = 0;
		return scheme->read(j, w->uri, e);
	}
	if (w->kind == WALKED_FAILED)
		return sink_fail(&j->sink, &why, e);
	if (w->kind == WALKED_EMPTY)
		return job_account(j, &at, "unknown", "folder", NULL, e);
	if (w->kind != WALKED_FILE)
		return job_account(j, &at, "unknown",
		    w->kind == WALKED_LINK ? "link" : "special", NULL, e);
	if (is_excluded(j, &at, true))
		return job_account(j, &at, "unknown", "excluded", NULL, e);
	if (w->rest != NULL && own_is(run_options(j->run), j->options, w->uri))
		return job_account(j, &at, "unknown", "own_output", NULL, e);
	if (w->rest != NULL && is_marker(j, w->uri))
		return job_account(j, &at, "unknown", "marker", NULL, e);
	if (w->rest != NULL && lacks_twin(j, w->uri))
		return job_account(j, &at, "unknown", "unfinished", NULL, e);
	ok = look_and_read(j, w, &at, &unchanged, e);
	keep_nothing(&j->keep);
	if (ok && j->keep.broken.kind != ERR_NONE) {
		*e = j->keep.broken;
		return false;
	}
	return ok &&
	    (!unchanged || j->again ||
		job_account(j, &at, "unknown", "unchanged", NULL, e));
}
