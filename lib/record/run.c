#include "record/run.h"

#include <sys/stat.h>

#include <assert.h>
#include <limits.h>
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "json/write.h"
#include "record/numbered.h"

#define NAMED 10 /* set-aside records named on standard error */

struct input {
	const char *uri;
	uint64_t bytes, records;
	char sha256[65];
	bool table;
};

struct run {
	struct run_options options;
	struct writer *output, *rejects, *report;
	struct arena *arena;
	struct input *inputs;
	size_t ninputs, inputs_room;
	struct index *reasons;
	uint64_t *skipped;
	size_t skipped_room;
	uint64_t in, out, set_aside;
	struct buf line; /* a reject, or a message */
	struct slice own;
	struct err refused, failed;
	int status;
	struct timespec began;
	bool closed_pipe, discarded;
	const struct run_delivery *delivery;
	/* the output's files, one after the other */
	uint64_t number, bytes;
	char *path;            /* of the one at hand, where there is a %n */
	struct timespec since; /* its first record */
	struct digest *digest; /* of them all, for the report */
};

const struct run_options *
run_options(const struct run *r)
{
	return &r->options;
}

/* Whether two paths name one file; what is no regular file may be shared. */
static bool
same_file(const char *a, const char *b)
{
	struct stat x, y;

	if (a == NULL || b == NULL)
		return false;
	if (stat(a, &x) != 0 || stat(b, &y) != 0)
		return strcmp(a, b) == 0;
	return S_ISREG(x.st_mode) && x.st_dev == y.st_dev &&
	    x.st_ino == y.st_ino;
}

/* The one that is renamed last would take the place of the other. */
bool
run_two_files(const char *option, const char *path, const char *option2,
    const char *path2, struct err *e)
{
	return !same_file(path, path2) ||
	    err_set(e, ERR_USAGE, "%s: %s and %s are one file; name two", path2,
		option, option2);
}

bool
run_apart(const struct run_options *o, const char *option, const char *path,
    struct err *e)
{
	return run_two_files("--output", o->output, option, path, e) &&
	    run_two_files("--rejects", o->rejects, option, path, e) &&
	    run_two_files("--report", o->report, option, path, e);
}

static bool
check_files(const struct run_options *o, struct err *e)
{
	return run_two_files(
		   "--output", o->output, "--rejects", o->rejects, e) &&
	    run_two_files("--output", o->output, "--report", o->report, e) &&
	    run_two_files("--rejects", o->rejects, "--report", o->report, e);
}

static bool
open_output(struct run *r, struct err *e)
{
	const char *path = r->options.output;

	if (run_rotates(r)) {
		mem_free(r->path);
		r->path = numbered_path(path, ++r->number);
		path = r->path;
	}
	r->output = writer_open(path, e);
	return r->output != NULL;
}

struct run *
run_open(const struct run_options *options, struct err *e)
{
	struct run *r = mem_zalloc(sizeof(*r));

	r->options = *options;
	if (r->options.jobs == 0)
		r->options.jobs = 1;
	if (r->options.max_record == 0)
		r->options.max_record = (size_t)16 << 20;
	r->arena = arena_new();
	r->reasons = index_new();
	clock_gettime(CLOCK_MONOTONIC, &r->began);
	if (!check_files(options, e))
		goto fail;
	if (run_rotates(r) && !numbered_last(options->output, &r->number, e))
		goto fail;
	if (r->number < options->last_number)
		r->number = options->last_number;
	if (!options->no_output && !open_output(r, e))
		goto fail;
	if (options->report != NULL)
		r->digest = digest_new();
	if (options->rejects != NULL) {
		r->rejects = options->append
		    ? writer_open_append(options->rejects, e)
		    : writer_open(options->rejects, e);
		if (r->rejects == NULL)
			goto fail;
	}
	/* Opened now: a missing folder is found before the night's work. */
	if (options->report != NULL) {
		r->report = writer_open(options->report, e);
		if (r->report == NULL)
			goto fail;
	}
	return r;

fail:
	run_free(r);
	return NULL;
}

void
run_free(struct run *r)
{
	if (r == NULL)
		return;
	writer_free(r->output);
	writer_free(r->rejects);
	writer_free(r->report);
	digest_free(r->digest);
	mem_free(r->path);
	arena_free(r->arena);
	index_free(r->reasons);
	mem_free(r->inputs);
	mem_free(r->skipped);
	buf_release(&r->line);
	mem_free(r);
}

bool
run_write(struct run *r, struct slice lines, uint64_t records, struct err *e)
{
	assert(r->output != NULL);
	r->out += records;
	if (lines.n == 0)
		return true;
	if (run_rotates(r) && writer_bytes(r->output) == 0)
		clock_gettime(CLOCK_MONOTONIC, &r->since);
	r->bytes += lines.n;
	if (r->digest != NULL)
		digest_add(r->digest, lines.p, lines.n);
	return writer_add(r->output, lines, e);
}

bool
run_flush(struct run *r, struct err *e)
{
	if (r->output != NULL && !writer_flush(r->output, e))
		return false;
	if (r->rejects == NULL)
		return true;
	return r->options.append && r->delivery != NULL
	    ? writer_sync(r->rejects, e)
	    : writer_flush(r->rejects, e);
}

void
run_deliver(struct run *r, const struct run_delivery *delivery)
{
	r->delivery = delivery;
}

bool
run_renames(const struct run *r)
{
	return r->output != NULL && writer_temporary(r->output) != NULL;
}

bool
run_rejects_safe(const struct run *r)
{
	return r->rejects == NULL || r->set_aside == 0 ||
	    writer_temporary(r->rejects) == NULL;
}

static void
say(struct run *r, struct slice text)
{
	if (r->options.say == NULL)
		return;
	buf_reset(&r->line);
	buf_add_slice(&r->line, text);
	r->options.say(buf_string(&r->line));
}

/*
 * Paths are bytes, and a long message may be cut: what is not UTF-8 is shown
 * as U+FFFD, so that rejects and reports are JSON whatever a file is called.
 */
static void
put_text(struct buf *b, const char *text)
{
	struct slice rest = slice_of(text);
	struct buf clean = { 0 };

	for (;;) {
		size_t n = utf8_valid_prefix(rest.p, rest.n);

		buf_add(&clean, rest.p, n);
		if (n == rest.n)
			break;
		buf_adds(&clean, "\xEF\xBF\xBD");
		rest = slice_span(rest.p + n + 1, rest.p + rest.n);
	}
	json_put_string(b, buf_slice(&clean));
	buf_release(&clean);
}

static void
put_place(struct buf *b, const struct place *at)
{
	if (at->src.n > 0) {
		buf_add_slice(b, at->src);
		return;
	}
	buf_addc(b, '{');
	json_put_key(b, "uri");
	put_text(b, at->uri == NULL ? "-" : at->uri);
	if (at->line > 0) {
		json_put_key(b, "line");
		json_put_uint(b, at->line);
	}
	if (at->to > at->from)
		buf_addf(b, ",\"offset\":[%llu,%llu]",
		    (unsigned long long)at->from, (unsigned long long)at->to);
	buf_addc(b, '}');
}

static void
put_raw(struct buf *b, struct slice raw)
{
	char *to;

	if (utf8_valid(raw.p, raw.n)) {
		json_put_key(b, "raw");
		json_put_string(b, raw);
		return;
	}
	json_put_key(b, "raw_b64");
	buf_addc(b, '"');
	to = buf_room(b, (raw.n + 2) / 3 * 4 + 1);
	b->n += digest_base64(raw.p, raw.n, to);
	buf_addc(b, '"');
}

bool
run_set_aside(struct run *r, const struct place *at, struct slice raw,
    const struct err *why, struct err *e)
{
	struct buf *b = &r->line;

	r->set_aside++;
	if (r->rejects == NULL) {
		if (r->set_aside > NAMED)
			return true;
		buf_reset(b);
		buf_addf(b, "%s:", at->uri == NULL ? "-" : at->uri);
		if (at->line > 0)
			buf_addf(b, "%llu:", (unsigned long long)at->line);
		buf_addf(b, " %s", why->text);
		if (r->options.say != NULL)
			r->options.say(buf_string(b));
		return true;
	}
	buf_reset(b);
	buf_adds(b, "{\"error\":{\"code\":");
	json_put_cstring(b, why->code);
	buf_adds(b, ",\"message\":");
	put_text(b, why->text);
	buf_adds(b, "},\"src\":");
	put_place(b, at);
	if (!r->options.no_raw) {
		put_raw(b, raw);
		if (at->cut)
			buf_adds(b, ",\"raw_truncated\":true");
	} else if (r->options.seal != NULL) {
		r->options.seal(r->options.seal_ctx, raw, b);
	}
	buf_adds(b, "}\n");
	return writer_add(r->rejects, buf_slice(b), e);
}

void
run_skip(struct run *r, const char *reason, uint64_t n)
{
	bool fresh;
	size_t i, room = r->skipped_room;

	if (n == 0)
		return;
	i = index_add(r->reasons, slice_of(reason), &fresh);
	if (fresh) {
		r->skipped =
		    mem_room(r->skipped, i, &room, sizeof(*r->skipped));
		r->skipped_room = room;
		r->skipped[i] = 0;
	}
	r->skipped[i] += n;
}

void
run_count(struct run *r, uint64_t records)
{
	r->in += records;
}

void
run_fail(struct run *r, const struct err *why)
{
	/* A full disk is met again when the output is closed. */
	bool again = strcmp(r->failed.text, why->text) == 0;

	if (r->failed.kind == ERR_NONE || why->kind > r->failed.kind)
		r->failed = *why;
	r->status = err_worse(r->status, (int)why->kind);
	if (strcmp(why->code, "closed_pipe") == 0)
		r->closed_pipe = true;
	else if (!again)
		say(r, slice_of(why->text));
}

void
run_progress(struct run *r, const struct run_progress *p)
{
	if (r->options.progress != NULL)
		r->options.progress(p);
}

static void
add_line(struct run *r, const char *uri, uint64_t bytes, uint64_t records,
    const uint8_t *digest, bool table)
{
	struct input *i;

	/* Without a report nobody asks, and an endless run has many. */
	if (r->options.report == NULL)
		return;
	r->inputs = mem_room(
	    r->inputs, r->ninputs, &r->inputs_room, sizeof(*r->inputs));
	i = &r->inputs[r->ninputs++];
	*i = (struct input){ .uri = arena_string(r->arena, uri, strlen(uri)),
		.bytes = bytes,
		.records = records,
		.table = table };
	if (digest != NULL)
		digest_hex(digest, i->sha256);
}

void
run_input(struct run *r, const char *uri, uint64_t bytes, uint64_t records,
    const uint8_t *digest)
{
	add_line(r, uri, bytes, records, digest, false);
}

void
run_table(struct run *r, const char *path, const uint8_t *digest)
{
	add_line(r, path, 0, 0, digest, true);
}

void
run_own(struct run *r, struct slice json)
{
	r->own = arena_slice(r->arena, json);
}

void
run_refuse(struct run *r, const struct err *why)
{
	r->refused = *why;
	r->status = err_worse(r->status, (int)ERR_DATA);
}

void
run_discard(struct run *r)
{
	r->discarded = true;
}

int
run_status(const struct run *r)
{
	return r->status;
}

uint64_t
run_in_count(const struct run *r)
{
	return r->in;
}

uint64_t
run_set_aside_count(const struct run *r)
{
	return r->set_aside;
}

uint64_t
run_skip_count(const struct run *r, const char *reason)
{
	long i = index_find(r->reasons, slice_of(reason));

	return i < 0 ? 0 : r->skipped[i];
}

uint64_t
run_out_count(const struct run *r)
{
	return r->out;
}

/* --- the report (mdx-report(5)) ------------------------------------------ */

static void
put_inputs(struct run *r, struct buf *b, bool tables)
{
	buf_addc(b, '[');
	for (size_t i = 0; i < r->ninputs; i++) {
		const struct input *in = &r->inputs[i];

		if (in->table != tables)
			continue;
		json_put_comma(b);
		buf_addc(b, '{');
		json_put_key(b, tables ? "path" : "uri");
		put_text(b, in->uri);
		if (in->sha256[0] != '\0') {
			json_put_key(b, "sha256");
			json_put_cstring(b, in->sha256);
		}
		if (!tables) {
			json_put_key(b, "bytes");
			json_put_uint(b, in->bytes);
			json_put_key(b, "records");
			json_put_uint(b, in->records);
		}
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

static void
put_out(struct run *r, struct buf *b)
{
	uint8_t digest[DIGEST_SIZE];
	char hex[65];

	buf_adds(b, "{\"records\":");
	json_put_uint(b, r->out);
	if (r->output != NULL) {
		json_put_key(b, "bytes");
		json_put_uint(b, r->bytes);
		digest_peek(r->digest, digest);
		digest_hex(digest, hex);
		json_put_key(b, "sha256");
		json_put_cstring(b, hex);
	}
	buf_addc(b, '}');
}

static void
put_skipped(struct run *r, struct buf *b)
{
	buf_addc(b, '{');
	for (size_t i = 0; i < index_count(r->reasons); i++) {
		json_put_key_slice(b, index_name(r->reasons, i));
		json_put_uint(b, r->skipped[i]);
	}
	buf_addc(b, '}');
}

static void
put_error(struct buf *b, const struct err *e)
{
	json_put_key(b, "error");
	buf_adds(b, "{\"code\":");
	json_put_cstring(b, e->code);
	buf_adds(b, ",\"message\":");
	put_text(b, e->text);
	buf_addc(b, '}');
}

static bool
write_report(struct run *r, int status, struct err *e)
{
	const char *name = r->options.tool;
	struct buf *b = &r->line;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	buf_reset(b);
	buf_addc(b, '{');
	json_put_key(b, "tool");
	json_put_cstring(b, name);
	json_put_key(b, "version");
	json_put_cstring(b, r->options.version);
	buf_addf(b, ",\"status\":%d,\"seconds\":%.3f,\"inputs\":", status,
	    (double)(now.tv_sec - r->began.tv_sec) +
		(double)(now.tv_nsec - r->began.tv_nsec) / 1e9);
	put_inputs(r, b, false);
	json_put_key(b, "tables");
	put_inputs(r, b, true);
	json_put_key(b, "in");
	buf_adds(b, "{\"records\":");
	json_put_uint(b, r->in);
	buf_adds(b, "},\"out\":");
	put_out(r, b);
	json_put_key(b, "set_aside");
	json_put_uint(b, r->set_aside);
	json_put_key(b, "skipped");
	put_skipped(r, b);
	if (r->failed.kind != ERR_NONE)
		put_error(b, &r->failed);
	else if (r->refused.kind != ERR_NONE)
		put_error(b, &r->refused);
	if (r->own.n > 0) {
		json_put_key(b,
		    strchr(name, '-') == NULL ? name : strchr(name, '-') + 1);
		buf_add_slice(b, r->own);
	}
	buf_adds(b, "}\n");
	return writer_add(r->report, buf_slice(b), e) &&
	    writer_commit(r->report, e);
}

static bool
too_many_rejects(const struct run *r)
{
	if (!r->options.percent)
		return r->set_aside > r->options.max_rejects;
	return r->set_aside * 100 > r->options.max_rejects * r->in;
}

static void
name_rest(struct run *r)
{
	struct buf b = { 0 };

	if (r->set_aside == 0 || (r->rejects != NULL && !too_many_rejects(r)))
		return;
	if (r->rejects != NULL)
		buf_addf(&b, "%llu of %llu set aside, see %s",
		    (unsigned long long)r->set_aside, (unsigned long long)r->in,
		    r->options.rejects);
	else
		buf_addf(&b,
		    "%llu of %llu set aside (--rejects FILE keeps "
		    "them)",
		    (unsigned long long)r->set_aside,
		    (unsigned long long)r->in);
	say(r, buf_slice(&b));
	buf_release(&b);
}

/* The status that a signal asks for; for endless inputs SIGTERM is the end. */
static int
signal_status(const struct run *r)
{
	return r->options.stop == NULL || r->options.stop->signal == 0
	    ? 0
	    : 128 + r->options.stop->signal;
}

/*
 * The account of what was delivered moves on with the output.  An output that
 * failed in any part (a full disk under the rejects) is not delivered; nor is
 * an empty file of a row of them.
 */
static bool
commit_output(struct run *r, struct err *e)
{
	const struct run_delivery *d = r->delivery;
	bool empty = run_rotates(r) && writer_bytes(r->output) == 0;
	const char *path = r->path == NULL ? r->options.output : r->path;

	if (d != NULL && run_renames(r) && !empty &&
	    (!writer_settle(r->output, e) ||
		(r->path != NULL && d->number != NULL &&
		    !d->number(d->ctx, r->number, e)) ||
		!d->before(d->ctx, writer_temporary(r->output), path, e)))
		return false;
	return (empty || writer_commit(r->output, e)) &&
	    (d == NULL || r->status == (int)ERR_OUTPUT || d->after(d->ctx, e));
}

/* --- rotation ------------------------------------------------------------ */

bool
run_rotates(const struct run *r)
{
	return r->options.rotate_bytes > 0 || r->options.rotate_seconds > 0;
}

int
run_rotation_wait(const struct run *r)
{
	struct timespec now;
	int64_t age, most = (int64_t)r->options.rotate_seconds * 1000;

	if (most == 0 || writer_bytes(r->output) == 0)
		return -1;
	clock_gettime(CLOCK_MONOTONIC, &now);
	age = (int64_t)(now.tv_sec - r->since.tv_sec) * 1000 +
	    (now.tv_nsec - r->since.tv_nsec) / 1000000;
	if (age >= most)
		return 0;
	return most - age > INT_MAX ? INT_MAX : (int)(most - age);
}

bool
run_rotation_due(const struct run *r)
{
	uint64_t most = r->options.rotate_bytes;

	return (most > 0 && writer_bytes(r->output) >= most) ||
	    run_rotation_wait(r) == 0;
}

bool
run_rotate(struct run *r, struct err *e)
{
	if (writer_bytes(r->output) == 0)
		return true;
	if ((r->rejects != NULL && !writer_sync(r->rejects, e)) ||
	    !commit_output(r, e))
		return false;
	writer_free(r->output);
	return open_output(r, e);
}

int
run_end(struct run *r, struct err *e)
{
	struct err first = { 0 };
	bool whole;
	int status;

	if (too_many_rejects(r))
		r->status = err_worse(r->status, (int)ERR_DATA);
	name_rest(r);
	whole = !r->discarded && r->status < 4 && r->status != (int)ERR_USAGE &&
	    (signal_status(r) == 0 || r->options.stream);
	if (r->rejects != NULL && !writer_commit(r->rejects, &first))
		run_fail(r, &first);
	if (r->output != NULL && !r->closed_pipe) {
		if (r->options.output == NULL || whole) {
			if (!commit_output(r, &first))
				run_fail(r, &first);
		}
	}
	status = signal_status(r) != 0 ? signal_status(r) : r->status;
	if (r->closed_pipe)
		status = 128 + SIGPIPE;
	if (r->options.report != NULL && !write_report(r, status, &first)) {
		run_fail(r, &first);
		status = err_worse(status, r->status);
	}
	if (e != NULL && r->refused.kind != ERR_NONE)
		*e = r->refused;
	return status;
}
