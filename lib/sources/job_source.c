/*
 * The outermost source: opened as what it is, passed over where it is as the
 * state has it, read, and its end accounted for.
 */
#include "sources/job.h"

#include <string.h>

#include "base/mem.h"
#include "io/reader.h"
#include "sources/format.h"
#include "sources/manifest.h"
#include "sources/outer.h"
#include "sources/own.h"
#include "sources/scheme.h"
#include "sources/sqlite.h"
#include "sources/stay.h"

#define BLOCK ((size_t)64 << 10)
#define STEP  ((size_t)16 << 10) /* where a head is all that is read */
#define RATIO 250

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
	got = reader_read(o->reader, o->to, BLOCK, e);
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
	ctx.to = mem_alloc(BLOCK);
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
		.shown = job_path_text(j, w->uri),
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
	if (job_is_excluded(j, &at, true))
		return job_account(j, &at, "unknown", "excluded", NULL, e);
	if (w->rest != NULL && own_is(run_options(j->run), j->options, w->uri))
		return job_account(j, &at, "unknown", "own_output", NULL, e);
	if (w->rest != NULL && job_is_marker(j, w->uri))
		return job_account(j, &at, "unknown", "marker", NULL, e);
	if (w->rest != NULL && job_lacks_twin(j, w->uri))
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
